#ifndef KPI_LATE_H
#define KPI_LATE_H

/// Libraries that few runs need and that bring a dozen others along are looked for when they are first asked for, not when
/// the program begins: that takes a quarter of its start, and a machine without them runs everything else.
///
/// This target defines the functions of theirs that we call, under their own names; each goes on to the library's. What is
/// not called through here is not there: the linker says so.

#ifdef __cplusplus
extern "C" {
#endif

/// Nonzero: libpq (PostgreSQL's client, 5) is on this machine.
int kpi_has_libpq(void);

/// Nonzero: libzip (4 or 5) is on this machine.
int kpi_has_libzip(void);

#ifdef __cplusplus
}
#endif

#endif
