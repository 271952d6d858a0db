#pragma once
#include <stddef.h>
#include <stdint.h>
#include "CSVG.h"

/// One of the font files built into the library.
typedef struct {
    const char *name;
    const uint8_t *bytes;
    size_t count;
} kpi_font;

size_t kpi_font_count(void);
/// `index` below `kpi_font_count()`; anything else answers an empty font.
kpi_font kpi_font_at(size_t index);

/// A file descriptor whose content is `bytes`, or -1 when the system has none left (`errno` says why).
///
/// The same bytes answer the same descriptor, from any thread, and it stays open as long as the process lives: Cairo
/// keeps faces by path, so a path such as /proc/self/fd/7 must never come to mean another font.
int kpi_font_descriptor(const char *name, const uint8_t *bytes, size_t count);
