#define _GNU_SOURCE
#include "CFonts.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

// `#embed` is C23; clang takes it in older modes as an extension, which is all the warning says.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wc23-extensions"
static const uint8_t inter_regular[] = {
#embed "fonts/Inter-Regular.otf"
};
static const uint8_t inter_medium[] = {
#embed "fonts/Inter-Medium.otf"
};
static const uint8_t inter_semibold[] = {
#embed "fonts/Inter-SemiBold.otf"
};
static const uint8_t inter_bold[] = {
#embed "fonts/Inter-Bold.otf"
};
static const uint8_t inter_display_semibold[] = {
#embed "fonts/InterDisplay-SemiBold.otf"
};
static const uint8_t inter_display_bold[] = {
#embed "fonts/InterDisplay-Bold.otf"
};
#pragma clang diagnostic pop

static const kpi_font fonts[] = {
    {"Inter-Regular.otf", inter_regular, sizeof inter_regular},
    {"Inter-Medium.otf", inter_medium, sizeof inter_medium},
    {"Inter-SemiBold.otf", inter_semibold, sizeof inter_semibold},
    {"Inter-Bold.otf", inter_bold, sizeof inter_bold},
    {"InterDisplay-SemiBold.otf", inter_display_semibold, sizeof inter_display_semibold},
    {"InterDisplay-Bold.otf", inter_display_bold, sizeof inter_display_bold},
};

size_t kpi_font_count(void) { return sizeof fonts / sizeof fonts[0]; }

kpi_font kpi_font_at(size_t index) {
    kpi_font none = {"", NULL, 0};
    return index < kpi_font_count() ? fonts[index] : none;
}

// The table of opened fonts only grows and is only touched under the lock.
typedef struct opened {
    struct opened *next;
    int descriptor;
    const uint8_t *mapped;
    size_t count;
} opened;

static opened *table = NULL;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int write_all(int descriptor, const uint8_t *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(descriptor, bytes, count);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return -1;
        bytes += written;
        count -= (size_t)written;
    }
    return 0;
}

static opened *open_font(const char *name, const uint8_t *bytes, size_t count) {
    opened *entry = malloc(sizeof *entry);
    if (!entry) return NULL;
    int descriptor = memfd_create(name, MFD_CLOEXEC);
    if (descriptor < 0 || write_all(descriptor, bytes, count) != 0) goto failed;
    void *mapped = mmap(NULL, count, PROT_READ, MAP_SHARED, descriptor, 0);
    if (mapped == MAP_FAILED) goto failed;
    *entry = (opened){table, descriptor, mapped, count};
    return entry;
failed:
    if (descriptor >= 0) close(descriptor);
    free(entry);
    return NULL;
}

int kpi_font_descriptor(const char *name, const uint8_t *bytes, size_t count) {
    if (count == 0) {
        errno = EINVAL;
        return -1;
    }
    pthread_mutex_lock(&lock);
    opened *entry = table;
    while (entry && !(entry->count == count && memcmp(entry->mapped, bytes, count) == 0)) entry = entry->next;
    if (!entry) {
        entry = open_font(name, bytes, count);
        if (entry) table = entry;
    }
    int descriptor = entry ? entry->descriptor : -1;
    pthread_mutex_unlock(&lock);
    return descriptor;
}
