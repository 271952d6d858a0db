#ifndef KPI_MEMORY_H
#define KPI_MEMORY_H

/// Keeps freed memory in the process, in one place, instead of returning it to the system. Does nothing where the C
/// library has no such setting.
void kpi_keep_freed_memory(void);

#endif
