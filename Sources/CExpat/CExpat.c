#include "CExpat.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

// Positions, not pointers: the bytes move when they grow.
typedef struct { size_t name, name_count, value, value_count; } Attribute;
typedef struct {
    kpi_xml_kind kind;
    int32_t depth;
    int64_t line;
    size_t text, count, first, attributes;
} Event;

struct kpi_xml {
    XML_Parser parser;
    int wants_lines, most_depth, depth;
    size_t longest;
    kpi_xml_outcome outcome;
    uint64_t fed;
    uint8_t *bytes;
    size_t bytes_count, bytes_room;
    Event *events;
    size_t events_count, events_room, drawn;
    Attribute *attributes;
    size_t attributes_count, attributes_room;
    kpi_xml_attribute *given;
    size_t given_room;
    // Whether feeding is over; until then a text at the end may go on.
    int is_last;
};

static void stop(kpi_xml *xml, kpi_xml_outcome outcome) {
    if (xml->outcome != KPI_XML_WELL) return;
    xml->outcome = outcome;
    XML_StopParser(xml->parser, XML_FALSE);
}

// Answers 0 when there is none.
static int room(void **items, size_t *have, size_t needed, size_t size) {
    if (needed <= *have) return 1;
    size_t more = *have ? *have : 256;
    while (more < needed) more *= 2;
    void *grown = realloc(*items, more * size);
    if (!grown) return 0;
    *items = grown;
    *have = more;
    return 1;
}

static size_t keep(kpi_xml *xml, const char *text, size_t count) {
    if (!room((void **)&xml->bytes, &xml->bytes_room, xml->bytes_count + count, 1)) {
        stop(xml, KPI_XML_NO_MEMORY);
        return 0;
    }
    if (count) memcpy(xml->bytes + xml->bytes_count, text, count);
    xml->bytes_count += count;
    return xml->bytes_count - count;
}

static Event *add(kpi_xml *xml, kpi_xml_kind kind, const char *text, size_t count) {
    if (!room((void **)&xml->events, &xml->events_room, xml->events_count + 1, sizeof *xml->events)) {
        stop(xml, KPI_XML_NO_MEMORY);
        return NULL;
    }
    size_t at = keep(xml, text, count);
    Event *event = &xml->events[xml->events_count++];
    *event = (Event){kind, xml->depth, 0, at, count, xml->attributes_count, 0};
    if (xml->wants_lines) event->line = (int64_t)XML_GetCurrentLineNumber(xml->parser);
    return event;
}

static void attribute(kpi_xml *xml, Event *event, const char *name, const char *value) {
    if (!room((void **)&xml->attributes, &xml->attributes_room, xml->attributes_count + 1, sizeof *xml->attributes)) {
        stop(xml, KPI_XML_NO_MEMORY);
        return;
    }
    size_t name_count = strlen(name), value_count = strlen(value);
    Attribute made = {keep(xml, name, name_count), name_count, 0, value_count};
    made.value = keep(xml, value, value_count);
    xml->attributes[xml->attributes_count++] = made;
    event->attributes++;
}

static void XMLCALL on_start(void *data, const XML_Char *name, const XML_Char **given) {
    kpi_xml *xml = data;
    if (xml->outcome != KPI_XML_WELL) return;
    if (++xml->depth > xml->most_depth) { stop(xml, KPI_XML_TOO_DEEP); return; }
    Event *event = add(xml, KPI_XML_START, name, strlen(name));
    if (!event) return;
    int specified = XML_GetSpecifiedAttributeCount(xml->parser);
    for (int i = 0; i + 1 < specified; i += 2) attribute(xml, event, given[i], given[i + 1]);
}

static void XMLCALL on_end(void *data, const XML_Char *name) {
    kpi_xml *xml = data;
    if (xml->outcome != KPI_XML_WELL) return;
    add(xml, KPI_XML_END, name, strlen(name));
    xml->depth--;
}

static void XMLCALL on_text(void *data, const XML_Char *text, int count) {
    kpi_xml *xml = data;
    if (xml->outcome != KPI_XML_WELL) return;
    Event *last = xml->events_count ? &xml->events[xml->events_count - 1] : NULL;
    if (last && last->kind == KPI_XML_TEXT) {
        if (last->count + (size_t)count > xml->longest) { stop(xml, KPI_XML_TOO_LONG); return; }
        keep(xml, text, (size_t)count);
        if (xml->outcome == KPI_XML_WELL) last->count += (size_t)count;
    } else {
        add(xml, KPI_XML_TEXT, text, (size_t)count);
    }
}

static void XMLCALL on_instruction(void *data, const XML_Char *target, const XML_Char *text) {
    kpi_xml *xml = data;
    if (xml->outcome != KPI_XML_WELL) return;
    Event *event = add(xml, KPI_XML_INSTRUCTION, target, strlen(target));
    if (event) attribute(xml, event, "", text);
}

static void XMLCALL on_entity(
    void *data, const XML_Char *name, int is_parameter, const XML_Char *value, int length, const XML_Char *base,
    const XML_Char *system, const XML_Char *public, const XML_Char *notation
) {
    (void)name, (void)is_parameter, (void)value, (void)length, (void)base, (void)system, (void)public, (void)notation;
    stop(data, KPI_XML_ENTITY_DECLARED);
}

// An entity that a DTD elsewhere may declare: its text would be missing.
static void XMLCALL on_skipped(void *data, const XML_Char *name, int is_parameter) {
    (void)name;
    if (!is_parameter) stop(data, KPI_XML_ENTITY_DECLARED);
}

// windows-1252 in 0x80...0x9F; -1: no character.
static const int western[32] = {0x20AC, -1,     0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                0x2039, 0x0152, -1,     0x017D, -1,     -1,     0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, -1,     0x017E, 0x0178};

static int XMLCALL on_encoding(void *data, const XML_Char *name, XML_Encoding *info) {
    (void)data;
    if (strcasecmp(name, "windows-1252") != 0 && strcasecmp(name, "cp1252") != 0) return XML_STATUS_ERROR;
    for (int i = 0; i < 256; i++) info->map[i] = i >= 0x80 && i < 0xA0 ? western[i - 0x80] : i;
    info->data = NULL;
    info->convert = NULL;
    info->release = NULL;
    return XML_STATUS_OK;
}

kpi_xml *kpi_xml_new(const char *encoding, int lines, int most_depth, size_t longest) {
    kpi_xml *xml = calloc(1, sizeof *xml);
    if (!xml) return NULL;
    xml->parser = XML_ParserCreate(encoding);
    if (!xml->parser) { free(xml); return NULL; }
    xml->wants_lines = lines;
    xml->most_depth = most_depth;
    xml->longest = longest;
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_start, on_end);
    XML_SetCharacterDataHandler(xml->parser, on_text);
    XML_SetProcessingInstructionHandler(xml->parser, on_instruction);
    XML_SetEntityDeclHandler(xml->parser, on_entity);
    XML_SetSkippedEntityHandler(xml->parser, on_skipped);
    XML_SetUnknownEncodingHandler(xml->parser, on_encoding, NULL);
    return xml;
}

void kpi_xml_free(kpi_xml *xml) {
    if (!xml) return;
    XML_ParserFree(xml->parser);
    free(xml->bytes);
    free(xml->events);
    free(xml->attributes);
    free(xml->given);
    free(xml);
}

// What was drawn goes; a text that may go on stays, as the first.
static void tidy(kpi_xml *xml) {
    size_t left = xml->events_count - xml->drawn;
    if (left == 1) {
        Event text = xml->events[xml->drawn];
        memmove(xml->bytes, xml->bytes + text.text, text.count);
        text.text = 0;
        text.first = 0;
        xml->events[0] = text;
        xml->bytes_count = text.count;
    } else {
        xml->bytes_count = 0;
    }
    xml->events_count = left;
    xml->drawn = 0;
    xml->attributes_count = 0;
}

kpi_xml_outcome kpi_xml_feed(kpi_xml *xml, const uint8_t *bytes, size_t count, int last) {
    if (xml->outcome != KPI_XML_WELL) return xml->outcome;
    tidy(xml);
    xml->fed += count;
    xml->is_last = last;
    enum XML_Status status = XML_Parse(xml->parser, (const char *)bytes, (int)count, last);
    if (status != XML_STATUS_OK && xml->outcome == KPI_XML_WELL) {
        xml->outcome =
            XML_GetErrorCode(xml->parser) == XML_ERROR_NO_MEMORY ? KPI_XML_NO_MEMORY : KPI_XML_MALFORMED;
    }
    // A tag that does not end is kept whole until it does.
    XML_Index at = XML_GetCurrentByteIndex(xml->parser);
    if (xml->outcome == KPI_XML_WELL && !last && at >= 0 && xml->fed - (uint64_t)at > xml->longest + count) {
        xml->outcome = KPI_XML_TOO_LONG;
    }
    return xml->outcome;
}

kpi_xml_kind kpi_xml_next(kpi_xml *xml, kpi_xml_event *event) {
    memset(event, 0, sizeof *event);
    if (xml->outcome != KPI_XML_WELL || xml->drawn == xml->events_count) return KPI_XML_MORE;
    const Event *next = &xml->events[xml->drawn];
    if (next->kind == KPI_XML_TEXT && xml->drawn + 1 == xml->events_count && !xml->is_last) return KPI_XML_MORE;
    if (next->attributes && !room((void **)&xml->given, &xml->given_room, next->attributes, sizeof *xml->given)) {
        xml->outcome = KPI_XML_NO_MEMORY;
        return KPI_XML_MORE;
    }
    xml->drawn++;
    for (size_t i = 0; i < next->attributes; i++) {
        const Attribute *made = &xml->attributes[next->first + i];
        xml->given[i] = (kpi_xml_attribute){
            xml->bytes + made->name, made->name_count, xml->bytes + made->value, made->value_count};
    }
    event->kind = next->kind;
    event->depth = next->depth;
    event->line = next->line;
    event->text = xml->bytes + next->text;
    event->count = next->count;
    event->attributes = next->attributes ? xml->given : NULL;
    event->attribute_count = next->attributes;
    return next->kind;
}

const char *kpi_xml_fault(const kpi_xml *xml) { return XML_ErrorString(XML_GetErrorCode(xml->parser)); }
int64_t kpi_xml_line(const kpi_xml *xml) { return (int64_t)XML_GetCurrentLineNumber(xml->parser); }
int64_t kpi_xml_column(const kpi_xml *xml) { return (int64_t)XML_GetCurrentColumnNumber(xml->parser) + 1; }
