#pragma once
#include <libdeflate.h>
#include <stddef.h>
#include <stdint.h>

/// Packs the rows of a picture of a page as a zlib stream (RFC 1950): half the time of a general search, a tenth larger.
///
/// `row` is the bytes from one row to the next. Answers the bytes written to `packed`, or 0 when `room` is too small or
/// memory is short; twice `count` and 1,000 bytes are enough for any picture.
size_t kpi_deflate_pixels(const uint8_t *raw, size_t count, size_t row, uint8_t *packed, size_t room);
