public import Basis
import GRDB
public import Programs

#if canImport(Glibc)
    import Glibc
#endif

/// The reports that a dealership issued, each with its figures, in an SQLite file. It is made with the first issue, for
/// its owner's eyes alone: labels name people.
public struct IssuedReports: Hashable, Sendable {
    /// A file of its own: rows can be imported again, what was issued cannot be made again.
    public static let name = "issued.sqlite"

    public let path: String
    /// Of the file's header.
    let application: Int32

    public init(directory: String) {
        self.init(path: "\(directory)/\(IssuedReports.name)", application: IssuedSchema.application)
    }

    init(path: String, application: Int32) {
        self.path = path
        self.application = application
    }

    /// How long another program may hold the file, in seconds.
    private static let patience = 5.0

    private var name: String { path.split(separator: "/").last.map(String.init) ?? path }
    private var isThere: Bool { access(path, F_OK) == 0 }
    private var faults: DatabaseFaults { DatabaseFaults(name: name, repair: "restore \(name) from a copy") }

    /// Every issue without its figures, oldest first. None where there is no file.
    /// - Throws: `foreign-database`, `newer-database`, `unreadable-database`.
    public func issues() throws(Rejection) -> [IssuedReport] {
        try reading([]) { db in
            let cursor = try Row.fetchCursor(
                db,
                sql: """
                    SELECT number, report, store, about, month, issued_on, as_of, as_of_day, first_days, settings, \
                    fingerprint, program, (SELECT count(*) FROM issued_figure WHERE issue = number) \
                    FROM issued_report ORDER BY number
                    """)
            var issues: [IssuedReport] = []
            while let row = try cursor.next() {
                guard let issue = IssuedReport(row) else { throw changed(row[0]) }
                issues.append(issue)
            }
            return issues
        }
    }

    /// An issue's figures, in the order of its pages.
    /// - Throws: `issue-changed` where they are not those that were issued.
    public func figures(of issue: IssuedReport) throws(Rejection) -> [IssuedFigure] {
        try reading([]) { db in
            let cursor = try Row.fetchCursor(
                db,
                sql: """
                    SELECT page, id, label, estimate, lower, upper, n, method FROM issued_figure \
                    WHERE issue = ? ORDER BY position
                    """, arguments: [issue.number])
            var figures: [IssuedFigure] = []
            while let row = try cursor.next() {
                figures.append(
                    IssuedFigure(
                        page: row[0], id: row[1], label: row[2], estimate: row[3], lower: row[4], upper: row[5],
                        n: row[6], method: row[7]))
            }
            guard IssuedReport.fingerprint(figures, settings: issue.settings) == issue.fingerprint else {
                throw changed(issue.number)
            }
            return figures
        }
    }

    /// Writes an issue down, unless the last one of its subject and month says the same already.
    /// - Returns: its number, and whether it is new.
    @discardableResult
    public func keep(_ issue: IssuedReport, _ figures: [IssuedFigure]) throws(Rejection) -> (number: Int, isNew: Bool) {
        if !isThere {
            let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
            if descriptor >= 0 { close(descriptor) }
        }
        return try faults.catching {
            let queue = try opened()
            // In this order: whoever makes the file at this moment has marked it before a table is there.
            guard try isEmpty(queue) || queue.read(isOurs) else { throw foreign }
            var migrator = DatabaseMigrator()
            IssuedSchema.migrate(&migrator)
            try queue.writeWithoutTransaction { db in
                if try Int32.fetchOne(db, sql: "PRAGMA application_id") == 0 {
                    try db.execute(sql: "PRAGMA application_id = \(application)")
                }
            }
            try IssuedSchema.apply(migrator, to: queue)
            var kept = (number: 0, isNew: false)
            try queue.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    if let known = try IssuedReports.last(of: issue, db), known.fingerprint == issue.fingerprint {
                        kept = (known.number, false)
                        return .rollback
                    }
                    let last = try Int.fetchOne(db, sql: "SELECT max(number) FROM issued_report") ?? 0
                    kept = (last + 1, true)
                    try IssuedReports.insert(issue, figures, as: last + 1, db)
                    return .commit
                }
            }
            return kept
        }
    }

    // MARK: rows

    private static func last(of issue: IssuedReport, _ db: Database) throws -> (number: Int, fingerprint: String)? {
        try Row.fetchOne(
            db,
            sql: """
                SELECT number, fingerprint FROM issued_report \
                WHERE report = ? AND store = ? AND about = ? AND month = ? ORDER BY number DESC LIMIT 1
                """,
            arguments: [
                issue.subject.report, issue.subject.store, issue.subject.about, issue.month.description,
            ]
        ).map { ($0[0], $0[1]) }
    }

    private static func insert(
        _ issue: IssuedReport, _ figures: [IssuedFigure], as number: Int, _ db: Database
    ) throws {
        let firstDays = issue.firstDays.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        try db.execute(
            sql: "INSERT INTO issued_report VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                number, issue.subject.report, issue.subject.store, issue.subject.about, issue.month.description,
                issue.on.description, issue.asOf.seconds, issue.asOfDay.description,
                firstDays.joined(separator: ";"), issue.settings, issue.fingerprint, issue.program,
            ])
        let statement = try db.cachedStatement(
            sql: "INSERT INTO issued_figure VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        for (position, figure) in figures.enumerated() {
            try statement.execute(arguments: [
                number, position, figure.page, figure.id, figure.label, figure.unit.rawValue, figure.state.rawValue,
                figure.estimate, figure.lower, figure.upper, figure.n, figure.method,
            ])
        }
    }

    // MARK: opening

    private func opened() throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.busyMode = .timeout(IssuedReports.patience)
        configuration.label = name
        configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA trusted_schema = OFF") }
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    private func reading<Value>(_ none: Value, _ work: (Database) throws -> Value) throws(Rejection) -> Value {
        guard isThere else { return none }
        return try faults.catching {
            let queue = try opened()
            return try queue.read { db in
                guard try isOurs(db) else {
                    if try IssuedReports.isEmpty(db) { return none }
                    throw foreign
                }
                return try db.tableExists("issued_report") ? try work(db) : none
            }
        }
    }

    private func isEmpty(_ queue: DatabaseQueue) throws -> Bool { try queue.read(IssuedReports.isEmpty) }

    private static func isEmpty(_ db: Database) throws -> Bool {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") == 0
            && Int32.fetchOne(db, sql: "PRAGMA application_id") == 0
    }

    /// - Throws: where a newer program wrote the file.
    private func isOurs(_ db: Database) throws -> Bool {
        guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == application else { return false }
        guard try db.tableExists("grdb_migrations") else { return true }
        let done = try String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations ORDER BY identifier")
            .filter { $0.hasPrefix(IssuedSchema.prefix) }
        if let newer = done.last(where: { !IssuedSchema.migrations.contains($0) }) {
            throw Rejection(
                Diagnostic(
                    .error, "newer-database", at: .init(file: name),
                    "the file was written by a newer program (\(newer))",
                    remedies: ["use the newer kpi that wrote it"]))
        }
        return true
    }

    // MARK: faults

    private var foreign: Rejection {
        Rejection(
            Diagnostic(
                .error, "foreign-database", at: .init(file: name), "the file is another program's database",
                remedies: ["move it out of the folder", "or restore \(name) from a copy"]))
    }

    private func changed(_ number: Int) -> Rejection {
        Rejection(
            Diagnostic(
                .error, "issue-changed", at: .init(file: name), "issue \(number) is not as it was issued",
                remedies: ["restore \(name) from a copy"]))
    }
}

extension IssuedReport {
    /// Nil: a value is none that was ever written.
    init?(_ row: Row) {
        guard let month = Month(String.fromDatabaseValue(row[4]) ?? ""),
            let on = Day(written: String.fromDatabaseValue(row[5]) ?? ""),
            let asOfDay = Day(written: String.fromDatabaseValue(row[7]) ?? "")
        else { return nil }
        var firstDays: [String: Day] = [:]
        for pair in (String.fromDatabaseValue(row[8]) ?? "").split(separator: ";") {
            let parts = pair.split(separator: "=").map(String.init)
            guard parts.count == 2, let day = Day(written: parts[1]) else { return nil }
            firstDays[parts[0]] = day
        }
        self.init(
            number: row[0], subject: Subject(report: row[1], store: row[2], about: row[3]), month: month, on: on,
            asOf: Instant(seconds: row[6]), asOfDay: asOfDay, firstDays: firstDays, settings: row[9],
            program: row[11], figures: [])
        fingerprint = row[10]
        figureCount = row[12]
    }
}

extension Day {
    /// `2026-10-31`; nil for anything else.
    fileprivate init?(written text: String) {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3 else { return nil }
        self.init(year: parts[0], month: parts[1], day: parts[2])
    }
}
