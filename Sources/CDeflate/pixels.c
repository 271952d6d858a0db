#include "CDeflate.h"

#include <stdlib.h>
#include <string.h>

// Deflate (RFC 1951) for pictures of pages: long runs of one pixel, rows like the one above, glyphs that come again.
// Two distances are tried before anything else, the pixel before and the pixel above; other repeats are found by one
// look into a hash table. That is a fraction of the work of a general search, at about its size for such pictures.

enum { LITERALS = 286, DISTANCES = 30, LENGTHS = 19, MOST = 258, WINDOW = 32768, TOKENS = 1 << 16, HASHES = 1 << 15 };

typedef struct {
    uint8_t *at, *end;
    uint64_t bits;
    int count;
    int full;
} Out;

static inline void put(Out *out, uint32_t value, int count) {
    out->bits |= (uint64_t)value << out->count;
    out->count += count;
    if (out->count < 32) return;
    if (out->end - out->at < 8) { out->full = 1; out->count = 0; return; }
    uint32_t low = (uint32_t)out->bits;
    for (int i = 0; i < 4; i++) out->at[i] = (uint8_t)(low >> (8 * i));
    out->at += 4;
    out->bits >>= 32;
    out->count -= 32;
}

static void flush(Out *out) {
    for (; out->count > 0 && !out->full; out->count -= 8, out->bits >>= 8) {
        if (out->at == out->end) { out->full = 1; return; }
        *out->at++ = (uint8_t)out->bits;
    }
}

static const uint16_t length_base[29] = {3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99,
                                         115, 131, 163, 195, 227, 258};
static const uint8_t length_extra[29] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
static const uint16_t distance_base[30] = {1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025,
                                           1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
static const uint8_t distance_extra[30] = {0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12,
                                           12, 13, 13};

// Each code spans a power of two: its number follows from the highest bit and those behind it.
static inline int length_code(int length) {
    int v = length - 3;
    if (length == MOST) return 28;
    if (v < 8) return v;
    int top = 31 - __builtin_clz((unsigned)v);
    return 4 * (top - 1) + ((v >> (top - 2)) & 3);
}

static inline int distance_code(int distance) {
    int v = distance - 1;
    if (v < 4) return v;
    int top = 31 - __builtin_clz((unsigned)v);
    return 2 * top + ((v >> (top - 1)) & 1);
}

typedef struct { uint32_t count; uint16_t symbol; } Weight;

static int by_count(const void *a, const void *b) {
    const Weight *x = a, *y = b;
    if (x->count != y->count) return x->count < y->count ? -1 : 1;
    return (int)x->symbol - (int)y->symbol;
}

// Huffman's lengths, none over `limit`: what is deeper is pulled up and the sum of Kraft mended from below.
static void lengths_of(const uint32_t *counts, int symbols, int limit, uint8_t *lengths) {
    Weight used[LITERALS];
    int n = 0;
    memset(lengths, 0, (size_t)symbols);
    for (int s = 0; s < symbols; s++) if (counts[s]) used[n++] = (Weight){counts[s], (uint16_t)s};
    if (n == 0) return;
    if (n == 1) { lengths[used[0].symbol] = 1; return; }
    qsort(used, (size_t)n, sizeof *used, by_count);
    // Two queues: leaves in order, inner nodes as they are made.
    uint64_t weight[2 * LITERALS];
    int parent[2 * LITERALS];
    int leaf = 0, inner = n, next = n;
    for (int i = 0; i < n; i++) weight[i] = used[i].count;
    while (next < 2 * n - 1) {
        uint64_t sum = 0;
        for (int k = 0; k < 2; k++) {
            int take = leaf < n && (inner >= next || weight[leaf] <= weight[inner]) ? leaf++ : inner++;
            parent[take] = next;
            sum += weight[take];
        }
        weight[next++] = sum;
    }
    int depth[2 * LITERALS];
    int at_depth[LITERALS + 1] = {0};
    depth[2 * n - 2] = 0;
    for (int i = 2 * n - 3; i >= 0; i--) depth[i] = depth[parent[i]] + 1;
    for (int i = 0; i < n; i++) at_depth[depth[i] > limit ? limit : depth[i]]++;
    uint32_t total = 0;
    for (int d = 1; d <= limit; d++) total += (uint32_t)at_depth[d] << (limit - d);
    while (total > (1u << limit)) {
        at_depth[limit]--;
        for (int d = limit - 1; d > 0; d--) {
            if (!at_depth[d]) continue;
            at_depth[d]--;
            at_depth[d + 1] += 2;
            break;
        }
        total--;
    }
    int i = 0;
    for (int d = limit; d > 0; d--) for (int k = 0; k < at_depth[d]; k++) lengths[used[i++].symbol] = (uint8_t)d;
}

// Canonical codes, their bits turned round: deflate sends Huffman codes from the top bit on.
static void codes_of(const uint8_t *lengths, int symbols, uint16_t *codes) {
    int counts[16] = {0}, next[16] = {0}, code = 0;
    for (int s = 0; s < symbols; s++) counts[lengths[s]]++;
    counts[0] = 0;
    for (int d = 1; d < 16; d++) { code = (code + counts[d - 1]) << 1; next[d] = code; }
    for (int s = 0; s < symbols; s++) {
        int value = lengths[s] ? next[lengths[s]]++ : 0, turned = 0;
        for (int b = 0; b < lengths[s]; b++) turned |= ((value >> b) & 1) << (lengths[s] - 1 - b);
        codes[s] = (uint16_t)turned;
    }
}

// A literal, or a match: length in the low 9 bits over 256, distance above.
static inline uint32_t match(int length, int distance) { return 256u + (uint32_t)length + ((uint32_t)distance << 10); }

static void block(Out *out, const uint32_t *tokens, int count, int is_last) {
    uint32_t literals[LITERALS] = {0}, distances[DISTANCES] = {0};
    for (int i = 0; i < count; i++) {
        uint32_t token = tokens[i];
        if (token < 256) { literals[token]++; continue; }
        literals[257 + length_code((int)(token & 1023) - 256)]++;
        distances[distance_code((int)(token >> 10))]++;
    }
    literals[256]++;
    uint8_t sizes[LITERALS + DISTANCES];
    uint16_t codes[LITERALS], far[DISTANCES];
    lengths_of(literals, LITERALS, 15, sizes);
    lengths_of(distances, DISTANCES, 15, sizes + LITERALS);
    // A table of distances may not be empty.
    int any = 0;
    for (int d = 0; d < DISTANCES; d++) any |= sizes[LITERALS + d];
    if (!any) sizes[LITERALS] = 1;
    codes_of(sizes, LITERALS, codes);
    codes_of(sizes + LITERALS, DISTANCES, far);

    // The lengths themselves, runs of them packed (RFC 1951, 3.2.7).
    uint8_t symbols[LITERALS + DISTANCES], extras[LITERALS + DISTANCES];
    uint32_t uses[LENGTHS] = {0};
    int n = 0, total = LITERALS + DISTANCES;
    for (int i = 0; i < total;) {
        int run = 1;
        while (i + run < total && sizes[i + run] == sizes[i] && run < 138) run++;
        if (sizes[i] == 0 && run >= 3) {
            symbols[n] = run < 11 ? 17 : 18;
            extras[n] = (uint8_t)(run < 11 ? run - 3 : run - 11);
        } else if (run >= 4) {
            symbols[n] = sizes[i];
            extras[n] = 0;
            uses[symbols[n++]]++;
            run = run > 7 ? 7 : run;
            symbols[n] = 16;
            extras[n] = (uint8_t)(run - 4);
        } else {
            run = 1;
            symbols[n] = sizes[i];
            extras[n] = 0;
        }
        uses[symbols[n++]]++;
        i += run;
    }
    uint8_t small[LENGTHS];
    uint16_t small_codes[LENGTHS];
    lengths_of(uses, LENGTHS, 7, small);
    codes_of(small, LENGTHS, small_codes);
    static const uint8_t order[LENGTHS] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    int sent = LENGTHS;
    while (sent > 4 && !small[order[sent - 1]]) sent--;
    put(out, is_last ? 1 : 0, 1);
    put(out, 2, 2);
    put(out, LITERALS - 257, 5);
    put(out, DISTANCES - 1, 5);
    put(out, (uint32_t)sent - 4, 4);
    for (int i = 0; i < sent; i++) put(out, small[order[i]], 3);
    for (int i = 0; i < n; i++) {
        put(out, small_codes[symbols[i]], small[symbols[i]]);
        if (symbols[i] == 16) put(out, extras[i], 2);
        if (symbols[i] == 17) put(out, extras[i], 3);
        if (symbols[i] == 18) put(out, extras[i], 7);
    }
    for (int i = 0; i < count; i++) {
        uint32_t token = tokens[i];
        if (token < 256) { put(out, codes[token], sizes[token]); continue; }
        int length = (int)(token & 1023) - 256, distance = (int)(token >> 10);
        int l = length_code(length), d = distance_code(distance);
        put(out, codes[257 + l], sizes[257 + l]);
        put(out, (uint32_t)(length - length_base[l]), length_extra[l]);
        put(out, far[d], sizes[LITERALS + d]);
        put(out, (uint32_t)(distance - distance_base[d]), distance_extra[d]);
    }
    put(out, codes[256], sizes[256]);
}

static inline int common(const uint8_t *a, const uint8_t *b, int most) {
    int n = 0;
    while (n + 8 <= most) {
        uint64_t x, y;
        memcpy(&x, a + n, 8);
        memcpy(&y, b + n, 8);
        if (x != y) return n + (__builtin_ctzll(x ^ y) >> 3);
        n += 8;
    }
    while (n < most && a[n] == b[n]) n++;
    return n;
}

size_t kpi_deflate_pixels(const uint8_t *raw, size_t count, size_t row, uint8_t *packed, size_t room) {
    uint32_t *tokens = malloc(sizeof *tokens * TOKENS);
    int64_t *seen = malloc(sizeof *seen * HASHES);
    if (!tokens || !seen || room < 8) { free(tokens); free(seen); return 0; }
    for (int i = 0; i < HASHES; i++) seen[i] = -1;
    Out out = {packed + 2, packed + room - 4, 0, 0, 0};
    packed[0] = 0x78;
    packed[1] = 0x9C;
    int n = 0;
    for (size_t i = 0; i < count;) {
        int most = count - i < MOST ? (int)(count - i) : MOST;
        int length = 0, distance = 0;
        if (i >= 3) { length = common(raw + i, raw + i - 3, most); distance = 3; }
        if (length < most && row <= WINDOW && i >= row) {
            int above = common(raw + i, raw + i - row, most);
            // A nearer one costs fewer bits.
            if (above > length + 1) { length = above; distance = (int)row; }
        }
        if (length < 24 && most >= 8) {
            uint64_t bytes;
            memcpy(&bytes, raw + i, 8);
            size_t hash = (size_t)(((bytes & 0xFFFFFFFFFFFFull) * 0x9E3779B97F4A7C15ull) >> 49);
            int64_t before = seen[hash];
            seen[hash] = (int64_t)i;
            if (before >= 0 && (int64_t)i - before <= WINDOW) {
                int again = common(raw + i, raw + before, most);
                if (again > length + 1) { length = again; distance = (int)((int64_t)i - before); }
            }
        }
        if (length < 4) {
            tokens[n++] = raw[i++];
        } else {
            tokens[n++] = match(length, distance);
            i += (size_t)length;
        }
        if (n == TOKENS || i == count) {
            block(&out, tokens, n, i == count);
            n = 0;
        }
    }
    flush(&out);
    free(tokens);
    free(seen);
    if (out.full) return 0;
    uint32_t sum = libdeflate_adler32(1, raw, count);
    for (int shift = 24; shift >= 0; shift -= 8) *out.at++ = (uint8_t)(sum >> shift);
    return (size_t)(out.at - packed);
}
