#pragma once
#include <stddef.h>

/// A language of the pages, compiled in so that the program can be moved anywhere: a file of `languages/`.
typedef struct {
    const char *name;
    const unsigned char *bytes;
    size_t size;
} kpi_language;

size_t kpi_language_count(void);

/// `index` is below `kpi_language_count()`.
kpi_language kpi_language_at(size_t index);
