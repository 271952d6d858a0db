#include "CLate.h"
#include "late.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

// zip.h, libzip 1.5 and later. Its structures are only ever handed on.
typedef void *archive;
typedef void *member;
typedef void *error;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static void *opened;

static void open_once(void) {
    opened = dlopen("libzip.so.4", RTLD_NOW | RTLD_LOCAL);
    if (!opened) opened = dlopen("libzip.so.5", RTLD_NOW | RTLD_LOCAL);
}

static void *libzip(void) {
    pthread_once(&once, open_once);
    return opened;
}

int kpi_has_libzip(void) { return libzip() != NULL; }

LATE(libzip, archive, zip_open, (const char *path, int flags, int *code), (path, flags, code))
LATE(libzip, void, zip_discard, (archive a), (a))
LATE(libzip, int64_t, zip_get_num_entries, (archive a, uint32_t flags), (a, flags))
LATE(libzip, const char *, zip_get_name, (archive a, uint64_t index, uint32_t flags), (a, index, flags))
LATE(libzip, int, zip_stat_index, (archive a, uint64_t index, uint32_t flags, void *stat), (a, index, flags, stat))
LATE(libzip, member, zip_fopen_index, (archive a, uint64_t index, uint32_t flags), (a, index, flags))
LATE(libzip, int64_t, zip_fread, (member m, void *buffer, uint64_t count), (m, buffer, count))
LATE(libzip, int, zip_fclose, (member m), (m))
LATE(libzip, error, zip_get_error, (archive a), (a))
LATE(libzip, int, zip_error_code_zip, (error e), (e))
