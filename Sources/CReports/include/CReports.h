#pragma once
#include <stddef.h>

/// A report's definition, compiled in so that the program can be moved anywhere: a file of `reports/` and its name.
typedef struct {
    const char *name;
    const unsigned char *bytes;
    size_t size;
} kpi_report;

size_t kpi_report_count(void);

/// `index` is below `kpi_report_count()`.
kpi_report kpi_report_at(size_t index);
