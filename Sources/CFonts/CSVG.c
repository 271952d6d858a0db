#include "CSVG.h"
#include <dlfcn.h>
#include <pthread.h>

typedef struct {
    double x, y, width, height;
} rectangle;

typedef struct {
    double length;
    int unit;
} length;

static struct {
    void *(*open)(const uint8_t *, size_t, void **);
    int (*size)(void *, double *, double *);
    void (*dimensions)(void *, int *, length *, int *, length *, int *, rectangle *);
    int (*render)(void *, void *, const rectangle *, void **);
    void (*close)(void *);
} rsvg;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    void *library = dlopen("librsvg-2.so.2", RTLD_NOW | RTLD_LOCAL);
    if (!library) return;
    *(void **)&rsvg.size = dlsym(library, "rsvg_handle_get_intrinsic_size_in_pixels");
    *(void **)&rsvg.dimensions = dlsym(library, "rsvg_handle_get_intrinsic_dimensions");
    *(void **)&rsvg.render = dlsym(library, "rsvg_handle_render_document");
    *(void **)&rsvg.close = dlsym(library, "g_object_unref");
    *(void **)&rsvg.open = dlsym(library, "rsvg_handle_new_from_data");
}

int kpi_svg_is_there(void) {
    pthread_once(&once, load);
    return rsvg.open && rsvg.dimensions && rsvg.render && rsvg.close;
}

void *kpi_svg_open(const uint8_t *bytes, size_t count) {
    return kpi_svg_is_there() ? rsvg.open(bytes, count, NULL) : NULL;
}

double kpi_svg_ratio(void *drawing) {
    double width = 0, height = 0;
    // Only 2.52 and later have it.
    if (rsvg.size && rsvg.size(drawing, &width, &height) && width > 0 && height > 0) return width / height;
    int has_width = 0, has_height = 0, has_box = 0;
    length ignored_width, ignored_height;
    rectangle box = {0};
    rsvg.dimensions(drawing, &has_width, &ignored_width, &has_height, &ignored_height, &has_box, &box);
    return has_box && box.width > 0 && box.height > 0 ? box.width / box.height : 0;
}

int kpi_svg_draw(void *drawing, void *cairo, double width, double height) {
    rectangle area = {0, 0, width, height};
    return rsvg.render(drawing, cairo, &area, NULL);
}

void kpi_svg_close(void *drawing) { rsvg.close(drawing); }
