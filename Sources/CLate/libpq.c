#include "CLate.h"
#include "late.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

// libpq-fe.h, PostgreSQL 12 and later. Its structures are only ever handed on.
typedef void *connection;
typedef void *result;
typedef void *cancel;
typedef void *options;
typedef void (*notice_processor)(void *argument, const char *message);

static pthread_once_t once = PTHREAD_ONCE_INIT;
static void *opened;

static void open_once(void) { opened = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL); }

static void *libpq(void) {
    pthread_once(&once, open_once);
    return opened;
}

int kpi_has_libpq(void) { return libpq() != NULL; }

LATE(libpq, connection, PQconnectdbParams, (const char *const *words, const char *const *values, int expand), (words, values, expand))
LATE(libpq, void, PQfinish, (connection c), (c))
LATE(libpq, options, PQconndefaults, (void), ())
LATE(libpq, options, PQconninfoParse, (const char *text, char **message), (text, message))
LATE(libpq, void, PQconninfoFree, (options o), (o))
LATE(libpq, void, PQfreemem, (void *memory), (memory))
LATE(libpq, char *, PQdb, (connection c), (c))
LATE(libpq, char *, PQuser, (connection c), (c))
LATE(libpq, char *, PQpass, (connection c), (c))
LATE(libpq, char *, PQhost, (connection c), (c))
LATE(libpq, char *, PQport, (connection c), (c))
LATE(libpq, int, PQstatus, (connection c), (c))
LATE(libpq, int, PQserverVersion, (connection c), (c))
LATE(libpq, char *, PQerrorMessage, (connection c), (c))
LATE(libpq, int, PQconnectionNeedsPassword, (connection c), (c))
LATE(libpq, notice_processor, PQsetNoticeProcessor, (connection c, notice_processor p, void *argument), (c, p, argument))
LATE(libpq, result, PQexec, (connection c, const char *query), (c, query))
LATE(libpq, result, PQexecParams,
    (connection c, const char *query, int count, const unsigned *types, const char *const *values, const int *lengths,
        const int *formats, int format),
    (c, query, count, types, values, lengths, formats, format))
LATE(libpq, result, PQgetResult, (connection c), (c))
LATE(libpq, int, PQgetCopyData, (connection c, char **buffer, int later), (c, buffer, later))
LATE(libpq, int, PQresultStatus, (result r), (r))
LATE(libpq, char *, PQresultErrorField, (result r, int field), (r, field))
LATE(libpq, void, PQclear, (result r), (r))
LATE(libpq, int, PQntuples, (result r), (r))
LATE(libpq, int, PQnfields, (result r), (r))
LATE(libpq, char *, PQfname, (result r, int field), (r, field))
LATE(libpq, char *, PQgetvalue, (result r, int row, int field), (r, row, field))
LATE(libpq, int, PQgetisnull, (result r, int row, int field), (r, row, field))
LATE(libpq, char *, PQcmdTuples, (result r), (r))
LATE(libpq, cancel, PQgetCancel, (connection c), (c))
LATE(libpq, void, PQfreeCancel, (cancel c), (c))
LATE(libpq, int, PQcancel, (cancel c, char *buffer, int size), (c, buffer, size))
