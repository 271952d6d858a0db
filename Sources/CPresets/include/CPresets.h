#pragma once
#include <stddef.h>

/// A preset of mappings, compiled in so that the program can be moved anywhere: a file of `presets/` and its name.
typedef struct {
    const char *name;
    const unsigned char *bytes;
    size_t size;
} kpi_preset;

size_t kpi_preset_count(void);

/// `index` is below `kpi_preset_count()`.
kpi_preset kpi_preset_at(size_t index);
