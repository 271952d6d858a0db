#pragma once
#include <stddef.h>
#include <stdint.h>

// librsvg, opened when an SVG is to be drawn: whoever has none need not have the library, and nobody's start waits for it.
// https://gnome.pages.gitlab.gnome.org/librsvg/Rsvg-2.0/, 2.46 or later.

/// Whether the library is there and new enough.
int kpi_svg_is_there(void);

/// A drawing, or NULL when the bytes are no SVG. They are read without a base: nothing else is loaded.
void *kpi_svg_open(const uint8_t *bytes, size_t count);

/// Width through height, of its size or else its view box; 0 when it has neither.
double kpi_svg_ratio(void *drawing);

/// Draws it on a `cairo_t`, as large as told. Answers whether it could.
int kpi_svg_draw(void *drawing, void *cairo, double width, double height);

void kpi_svg_close(void *drawing);
