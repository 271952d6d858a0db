#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What Cairo cannot write into a tagged PDF. All texts are UTF-8.
typedef struct {
    const char *language;
    const uint8_t *xmp;
    size_t xmp_count;
    /// One a Figure, in the order of the structure tree.
    const char *const *alternatives;
    size_t alternative_count;
    /// One a Link, in the order of the structure tree.
    const char *const *link_texts;
    size_t link_text_count;
} kpi_pdf_additions;

/// Rewrites a tagged PDF that Cairo made: language, title bar, XMP, alternative texts, header scopes, artifacts (drawn
/// as `NonStruct`), a deterministic /ID and compressed object streams.
///
/// Answers malloc'ed bytes and their count, or NULL and a malloc'ed message in `error`. Free both with `kpi_pdf_free`.
uint8_t *kpi_pdf_finish(
    const uint8_t *bytes, size_t count, const kpi_pdf_additions *additions, size_t *out_count, char **error);

void kpi_pdf_free(void *memory);

#ifdef __cplusplus
}
#endif
