#ifndef KPI_BYTES_H
#define KPI_BYTES_H

#include <stdint.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// Of the 64 bytes at `bytes`, bit i is set where byte i is one of the three. Eight bytes at a time, on every machine.
static inline uint64_t kpi_marks_by_words(const uint8_t *bytes, uint8_t a, uint8_t b, uint8_t c) {
    const uint64_t ones = 0x0101010101010101u, low = 0x7F7F7F7F7F7F7F7Fu;
    uint64_t marks = 0;
    for (int i = 0; i < 8; i++) {
        uint64_t word;
        memcpy(&word, bytes + 8 * i, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        word = __builtin_bswap64(word);
#endif
        const uint64_t x = word ^ ones * a, y = word ^ ones * b, z = word ^ ones * c;
        // The high bit of every byte that is zero, exact in each byte; then these bits side by side.
        const uint64_t hits = ~((((x & low) + low) | x | low) & (((y & low) + low) | y | low) & (((z & low) + low) | z | low));
        marks |= ((hits >> 7) * 0x0102040810204080u >> 56) << 8 * i;
    }
    return marks;
}

/// The same with the processor's vectors where every one of its kind has them.
__attribute__((always_inline)) static inline uint64_t kpi_marks(const uint8_t *bytes, uint8_t a, uint8_t b, uint8_t c) {
#if defined(__SSE2__)
    const __m128i x = _mm_set1_epi8((char)a), y = _mm_set1_epi8((char)b), z = _mm_set1_epi8((char)c);
    uint64_t marks = 0;
    for (int i = 0; i < 4; i++) {
        const __m128i block = _mm_loadu_si128((const __m128i *)(bytes + 16 * i));
        const __m128i hits = _mm_or_si128(
            _mm_or_si128(_mm_cmpeq_epi8(block, x), _mm_cmpeq_epi8(block, y)), _mm_cmpeq_epi8(block, z));
        marks |= (uint64_t)(uint32_t)_mm_movemask_epi8(hits) << 16 * i;
    }
    return marks;
#else
    return kpi_marks_by_words(bytes, a, b, c);
#endif
}

/// Begins to bring what stands at `place` nearer; nothing is read, whatever the address.
__attribute__((always_inline)) static inline void kpi_prefetch(const void *place) { __builtin_prefetch(place); }

/// Up to fifteen bytes as two numbers, the first byte lowest, the rest 0; the highest byte is how many there are.
/// Sixteen bytes must be readable at `text`, and `count` be no more than fifteen.
typedef struct { uint64_t low, high; } kpi_short_text;

__attribute__((always_inline)) static inline kpi_short_text kpi_short(const uint8_t *text, uint64_t count) {
    static const uint64_t masks[16][2] = {
        {0x0, 0x0}, {0xFF, 0x0}, {0xFFFF, 0x0}, {0xFFFFFF, 0x0}, {0xFFFFFFFF, 0x0}, {0xFFFFFFFFFF, 0x0},
        {0xFFFFFFFFFFFF, 0x0}, {0xFFFFFFFFFFFFFF, 0x0}, {0xFFFFFFFFFFFFFFFF, 0x0}, {0xFFFFFFFFFFFFFFFF, 0xFF},
        {0xFFFFFFFFFFFFFFFF, 0xFFFF}, {0xFFFFFFFFFFFFFFFF, 0xFFFFFF}, {0xFFFFFFFFFFFFFFFF, 0xFFFFFFFF},
        {0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFF}, {0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFF},
        {0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFF}};
    kpi_short_text made;
    memcpy(&made, text, sizeof made);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    made.low = __builtin_bswap64(made.low), made.high = __builtin_bswap64(made.high);
#endif
    made.low &= masks[count & 15][0];
    made.high = (made.high & masks[count & 15][1]) | count << 56;
    return made;
}

#endif
