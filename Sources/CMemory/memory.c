#define _GNU_SOURCE
#include "CMemory.h"

#include <stdint.h>
#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

void kpi_keep_freed_memory(void) {
    const size_t room = (size_t)512 << 20, page = (size_t)2 << 20;
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
}
#else
void kpi_keep_freed_memory(void) {}
#endif
