#include "CLanguages.h"
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char de[] = {
#embed "../../languages/de.po"
};

static const unsigned char es[] = {
#embed "../../languages/es.po"
};

#define LANGUAGE(name) { #name, name, sizeof name }

static const kpi_language languages[] = { LANGUAGE(de), LANGUAGE(es) };

size_t kpi_language_count(void) { return sizeof languages / sizeof languages[0]; }

kpi_language kpi_language_at(size_t index) { return languages[index]; }
