#pragma once
#include <stddef.h>
#include <stdint.h>

/// XML as a stream of events, drawn by the caller, over expat. Bytes go in by pieces (`kpi_xml_feed`), events come out
/// (`kpi_xml_next`) until more bytes are wanted. Nothing outside the document is ever read, a document that declares an
/// entity is refused, and attributes that only a DTD would add are left out.
typedef struct kpi_xml kpi_xml;

typedef enum {
    /// All events of what was fed have been drawn.
    KPI_XML_MORE = 0,
    KPI_XML_START = 1,
    /// All text between two tags, character data sections included, in one.
    KPI_XML_TEXT = 2,
    KPI_XML_END = 3,
    /// A processing instruction; its text is one attribute without a name.
    KPI_XML_INSTRUCTION = 4,
} kpi_xml_kind;

typedef enum {
    KPI_XML_WELL = 0,
    KPI_XML_MALFORMED = 1,
    KPI_XML_ENTITY_DECLARED = 2,
    KPI_XML_TOO_DEEP = 3,
    /// A text, or a tag with its attributes, longer than the limit.
    KPI_XML_TOO_LONG = 4,
    KPI_XML_NO_MEMORY = 5,
} kpi_xml_outcome;

typedef struct {
    const uint8_t *name;
    size_t name_count;
    const uint8_t *value;
    size_t value_count;
} kpi_xml_attribute;

/// Valid until the next call with its reader. Everything is UTF-8.
typedef struct {
    kpi_xml_kind kind;
    /// Of the element, the outermost is 1; of text and instructions, that of the element around them.
    int32_t depth;
    /// Where it begins, from 1; 0 unless asked for.
    int64_t line;
    /// An element's or instruction's name with its prefix, or the text.
    const uint8_t *text;
    size_t count;
    const kpi_xml_attribute *attributes;
    size_t attribute_count;
} kpi_xml_event;

/// `encoding` holds against what the document says of itself; NULL: what it says. UTF-8, UTF-16, ISO-8859-1, US-ASCII and
/// windows-1252 are known. NULL when memory is short.
kpi_xml *kpi_xml_new(const char *encoding, int lines, int most_depth, size_t longest);
void kpi_xml_free(kpi_xml *xml);
/// Only when `kpi_xml_next` said that it wants more.
kpi_xml_outcome kpi_xml_feed(kpi_xml *xml, const uint8_t *bytes, size_t count, int last);
/// Fills `event` and says its kind.
kpi_xml_kind kpi_xml_next(kpi_xml *xml, kpi_xml_event *event);
/// What is wrong with a malformed document, in expat's words: never a piece of the document.
const char *kpi_xml_fault(const kpi_xml *xml);
/// Line and column, from 1, of where feeding stopped.
int64_t kpi_xml_line(const kpi_xml *xml);
int64_t kpi_xml_column(const kpi_xml *xml);
