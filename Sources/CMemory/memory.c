#define _GNU_SOURCE
#include "CMemory.h"

#include <stdint.h>
#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

enum { page = 2 << 20 };

/// The heap of a thread that is not the first one's grows by what each request needs, in small pages. Two blocks, larger
/// than one of them may be, make it its largest at once, in addresses alone; the next thread inherits it.
static void *grow_second_heap(void *unused) {
    (void)unused;
    const size_t half = (size_t)30 << 20;
    char *volatile first = malloc(half), *volatile second = malloc(half);
    if (first && second && second > first && second - first < (ptrdiff_t)half + page) {
        const uintptr_t start = ((uintptr_t)first + page - 1) / page * page, end = (uintptr_t)second + half;
        madvise((void *)start, (end - start) / page * page, MADV_HUGEPAGE);
    }
    free(second);
    free(first);
    return NULL;
}

void kpi_keep_freed_memory(void) {
    const size_t room = (size_t)512 << 20;
    mallopt(M_ARENA_MAX, 2);
    // The most that the library takes; what asks for more is refused without a word and leaves 128 KB.
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_TOP_PAD, (int)room);
    // The heap grows by the room now, in addresses alone; what is touched of it comes in large pages where the system has
    // them, so that a year's columns cost tens of page faults and not tens of thousands.
    void *volatile block = malloc(page);
    free(block);
    const uintptr_t end = (uintptr_t)sbrk(0), start = (end - room + page - 1) / page * page;
    madvise((void *)start, end - start, MADV_HUGEPAGE);
    pthread_t thread;
    if (pthread_create(&thread, NULL, grow_second_heap, NULL) == 0) pthread_join(thread, NULL);
}
#else
void kpi_keep_freed_memory(void) {}
#endif
