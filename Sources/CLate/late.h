#ifndef KPI_LATE_PRIVATE_H
#define KPI_LATE_PRIVATE_H

/// A function of an open library; ends the program if it has none of this name: it is another library then.
void *kpi_late_function(void *library, const char *name);

/// `result name(parameters)` of the library that `open` answers.
#define LATE(open, result, name, parameters, arguments) \
    __attribute__((visibility("hidden"))) result name parameters { \
        static result(*_Atomic found) parameters; \
        result(*function) parameters = found; \
        if (!function) found = function = (result(*) parameters)kpi_late_function(open(), #name); \
        return function arguments; \
    }

#endif
