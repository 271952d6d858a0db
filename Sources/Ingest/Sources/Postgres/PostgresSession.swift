import Basis
import CPostgres
import Dealership

/// A connection to PostgreSQL in one read-only transaction, whose values are written the same on every server.
final class PostgresSession {
    let connection: OpaquePointer
    /// What its rows are called, for faults.
    var place: Diagnostic.Location?
    /// By which other sessions see the same rows; nil: they cannot.
    private(set) var snapshot: String?

    /// - Parameters:
    ///   - connect: as libpq reads it, held to `PostgresConnect.refusal`.
    ///   - snapshot: of another session, whose rows this one then sees; nil: this one has one for others.
    /// - Throws: `Rejection` (`postgres-connect`).
    init(_ connect: String, at place: Diagnostic.Location?, snapshot: String? = nil) throws(Rejection) {
        self.place = place
        guard let connection = PostgresConnect.open(connect) else {
            throw Rejection(Diagnostic(.error, "postgres-connect", at: place, "libpq has no memory for a connection"))
        }
        self.connection = connection
        kpi_quiet(connection)
        guard PQstatus(connection) == CONNECTION_OK else {
            throw Rejection(PostgresFault.connecting(connection, at: place))
        }
        // A server that checks ends a query soon after this program was interrupted; old ones notice at the next row.
        PQclear(PQexec(connection, "SET client_connection_check_interval = '5s'"))
        try run(PostgresSession.begin)
        if let snapshot {
            // The server made the text: digits, letters and hyphens.
            guard snapshot.allSatisfy({ $0.isHexDigit || $0 == "-" }) else {
                throw Rejection(PostgresFault.cut(at: place, after: 0))
            }
            try run("SET TRANSACTION SNAPSHOT '\(snapshot)'")
        } else if let own = try? rows("SELECT pg_export_snapshot()").first?.first {
            self.snapshot = own
        } else {
            // Some replicas and poolers give none: one connection reads it all.
            try run("ROLLBACK")
            try run(PostgresSession.begin)
        }
        for setting in PostgresSession.settings { try run("SET LOCAL \(setting)") }
        if try rows("SELECT current_setting('statement_timeout')").first?.first == "0" {
            try run("SET LOCAL statement_timeout = '1h'")
        }
        try run("SAVEPOINT kpi")
    }

    deinit { PQfinish(connection) }

    private static let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

    /// Times with their offset from UTC, numbers whole, pages in their order; nobody waits for a lock without end.
    private static let settings = [
        "DateStyle = 'ISO, YMD'", "TimeZone = 'UTC'", "IntervalStyle = 'postgres'", "extra_float_digits = 3",
        "bytea_output = 'hex'", "lc_monetary = 'C'", "client_encoding = 'UTF8'", "synchronize_seqscans = off",
        "jit = off", "lock_timeout = '30s'", "idle_in_transaction_session_timeout = 0",
    ]

    var version: Int32 { PQserverVersion(connection) }

    func run(_ statement: String) throws(Rejection) {
        _ = try answer(statement, [], expecting: PGRES_COMMAND_OK) { _ in () }
    }

    /// The rows' values as text; nil is NULL.
    func rows(_ query: String, _ parameters: [String] = []) throws(Rejection) -> [[String?]] {
        try answer(query, parameters, expecting: PGRES_TUPLES_OK) { result in
            (0..<PQntuples(result)).map { row in
                (0..<PQnfields(result)).map { column in
                    PQgetisnull(result, row, column) == 0 ? String(cString: PQgetvalue(result, row, column)) : nil
                }
            }
        }
    }

    /// Names of the columns that a query would answer.
    func columns(ofQuery query: String) throws(Rejection) -> [String] {
        try answer("SELECT * FROM (\n\(query)\n) AS q LIMIT 0", [], expecting: PGRES_TUPLES_OK) { result in
            (0..<PQnfields(result)).map { PQfname(result, $0).map { String(cString: $0) } ?? "" }
        }
    }

    /// Starts a COPY to this client.
    func startCopy(_ statement: String) throws(Rejection) {
        _ = try answer(statement, [], expecting: PGRES_COPY_OUT) { _ in () }
    }

    /// After a statement failed, ready for the next one. False: the connection is gone.
    func recover() -> Bool {
        guard PQstatus(connection) == CONNECTION_OK else { return false }
        let result = PQexec(connection, "ROLLBACK TO SAVEPOINT kpi")
        defer { PQclear(result) }
        return PQresultStatus(result) == PGRES_COMMAND_OK
    }

    /// A name in the quotes that it needs.
    static func quoted(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }

    /// Sends one statement (the protocol lets no second one follow) and holds what comes to what is expected.
    private func answer<Value>(
        _ statement: String, _ parameters: [String], expecting status: ExecStatusType, _ read: (OpaquePointer?) -> Value
    ) throws(Rejection) -> Value {
        let result = withCStrings(parameters.map(Optional.some)) { values in
            PQexecParams(connection, statement, Int32(parameters.count), nil, values, nil, nil, 0)
        }
        defer { PQclear(result) }
        try check(result, is: status)
        return read(result)
    }

    /// The one place where results are judged.
    func check(_ result: OpaquePointer?, is expected: ExecStatusType, after rows: Int? = nil) throws(Rejection) {
        if PQresultStatus(result) == expected { return }
        throw Rejection(PostgresFault.refused(result, connection, at: place, after: rows))
    }
}

/// C strings of texts, for as long as `body` runs; nil stays null.
func withCStrings<Value>(
    _ texts: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Value
) -> Value {
    var bytes: [CChar] = []
    let starts = texts.map { text -> Int? in
        guard let text else { return nil }
        defer { bytes += text.utf8CString }
        return bytes.count
    }
    return bytes.withUnsafeBufferPointer { buffer in
        let pointers = starts.map { start in start.flatMap { start in buffer.baseAddress.map { $0 + start } } }
        return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}
