#pragma once
#if __has_include(<libpq-fe.h>)
#include <libpq-fe.h>
#else
// Debian and Ubuntu.
#include <postgresql/libpq-fe.h>
#endif

/// SQLSTATE of a result that failed, five letters; NULL where the server said none.
static inline const char *kpi_sqlstate(const PGresult *result) { return PQresultErrorField(result, PG_DIAG_SQLSTATE); }

/// What the server said, in its language; NULL where it said nothing.
static inline const char *kpi_said(const PGresult *result) { return PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY); }

static inline void kpi_no_notice(void *nothing, const char *message) {
    (void)nothing;
    (void)message;
}

/// libpq prints notices of the server on standard error unless told otherwise.
static inline void kpi_quiet(PGconn *connection) { PQsetNoticeProcessor(connection, kpi_no_notice, 0); }
