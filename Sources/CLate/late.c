#include "late.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

void *kpi_late_function(void *library, const char *name) {
    void *function = library ? dlsym(library, name) : NULL;
    if (!function) {
        // Whoever calls has asked first whether the library is there.
        fprintf(stderr, "kpi: a library lacks the function %s; is it of another version?\n", name);
        abort();
    }
    return function;
}
