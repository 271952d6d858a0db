import Basis
import CPostgres
import Dealership
import Definitions

/// What is asked of a table, view or query: which columns, and in which parts.
struct PostgresRelation {
    /// What stands behind FROM.
    let source: String
    /// All columns, as they are called there.
    let columns: [String]
    /// Eight kilobytes each, of a table that is read by where its rows lie; nil: it is not.
    let blocks: Int?

    /// - Throws: `Rejection` (`postgres-missing`, `postgres-permission`, `postgres-query`).
    init(_ origin: PostgresOrigin, _ session: PostgresSession, at place: Diagnostic.Location?) throws(Rejection) {
        switch origin.rows {
        case .query(let query):
            let text = PostgresRelation.bare(query)
            columns = try session.columns(ofQuery: text)
            source = "(\n\(text)\n) AS q"
            blocks = nil
        case .relation(let name):
            guard let found = try PostgresRelation.find(name, session) else {
                throw Rejection(try PostgresRelation.missing(name, session, at: place))
            }
            source = "\(PostgresSession.quoted(found.schema)).\(PostgresSession.quoted(found.name))"
            columns = try session.rows(
                """
                SELECT attname FROM pg_catalog.pg_attribute
                WHERE attrelid = $1::oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum
                """, [found.oid]
            ).compactMap { $0.first ?? nil }
            // Before version 14 a range of places is found by looking at every row.
            blocks = session.version >= 140_000 ? found.blocks : nil
        }
    }

    /// A statement without the semicolon behind it.
    private static func bare(_ query: String) -> String {
        var text = Substring(query)
        while let last = text.last, last == ";" || last.isWhitespace { text.removeLast() }
        return String(text)
    }

    private static func find(
        _ name: String, _ session: PostgresSession
    ) throws(Rejection) -> (oid: String, schema: String, name: String, blocks: Int?)? {
        guard let parts = parts(of: name) else { return nil }
        let exact = parts.map { PostgresSession.quoted($0.name) }.joined(separator: ".")
        let folded = parts.map { PostgresSession.quoted($0.isQuoted ? $0.name : $0.name.lowercased()) }.joined(separator: ".")
        for spelling in exact == folded ? [exact] : [exact, folded] {
            let rows = try session.rows(
                """
                SELECT c.oid, n.nspname, c.relname,
                    CASE WHEN c.relkind IN ('r', 'm') AND NOT c.relhassubclass AND a.amname = 'heap'
                        THEN pg_relation_size(c.oid) / current_setting('block_size')::int END
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                    LEFT JOIN pg_catalog.pg_am a ON a.oid = c.relam
                WHERE c.oid = pg_catalog.to_regclass($1) AND c.relkind IN ('r', 'm', 'v', 'p', 'f')
                """, [spelling])
            if let row = rows.first, let oid = row[0], let schema = row[1], let name = row[2] {
                return (oid, schema, name, row[3].flatMap { Int($0) })
            }
        }
        return nil
    }

    /// `crm."Leads.2026"` is crm and Leads.2026; nil: it is no name.
    static func parts(of name: String) -> [(name: String, isQuoted: Bool)]? {
        var parts: [(name: String, isQuoted: Bool)] = []
        var rest = Substring(name)
        while true {
            var part = ""
            let isQuoted = rest.first == "\""
            if isQuoted {
                rest.removeFirst()
                while true {
                    guard let end = rest.firstIndex(of: "\"") else { return nil }
                    part += rest[..<end]
                    rest = rest[rest.index(after: end)...]
                    guard rest.first == "\"" else { break }
                    part += "\""
                    rest.removeFirst()
                }
            } else {
                let end = rest.firstIndex(of: ".") ?? rest.endIndex
                part = String(rest[..<end])
                rest = rest[end...]
            }
            guard !part.isEmpty else { return nil }
            parts.append((part, isQuoted))
            if rest.isEmpty { return parts.count < 3 ? parts : nil }
            guard rest.removeFirst() == ".", parts.count < 2 else { return nil }
        }
    }

    private static func missing(
        _ name: String, _ session: PostgresSession, at place: Diagnostic.Location?
    ) throws(Rejection) -> Diagnostic {
        let known = try session.rows(
            """
            SELECT c.relname, n.nspname || '.' || c.relname, pg_table_is_visible(c.oid)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'm', 'v', 'p', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
                AND n.nspname NOT LIKE 'pg\\_%' ORDER BY 2 LIMIT 5000
            """)
        let plain = name.replacing("\"", with: "")
        var remedies = ["write its name as SQL has it, with its schema: crm.leads, crm.\"Leads 2026\""]
        let whole = known.compactMap { $0.count > 1 ? $0[1] : nil }
        if let near = nearestName(to: plain, among: whole)
            ?? whole.first(where: { $0.lowercased().hasSuffix("." + plain.lowercased()) })
            ?? nearestName(to: plain, among: known.compactMap { $0.first ?? nil }) {
            remedies.insert("did you mean \(near)?", at: 0)
        }
        return Diagnostic(
            .error, "postgres-missing", at: place, "there is no table or view \(name) that this user can see", remedies: remedies)
    }
}

/// Which of a relation's columns a mapping reads.
struct PostgresColumns {
    /// As they are called there, in that order.
    var selected: [String]
    var left: [String]

    /// - Throws: `Rejection` (`missing-column`), every one.
    init(_ relation: PostgresRelation, for export: ExportSettings, name: String) throws(Rejection) {
        let known = Set(relation.columns.map { $0.lowercased() })
        let lacking = LayoutReader(export: export, file: name).requiredSources
            .filter { !$0.sources.contains { known.contains($0.lowercased()) } }.map { $0.sources[0] }
        guard lacking.isEmpty else {
            throw Rejection(lacking.map { column in
                var remedies = ["name the table's column in dealership.yaml under exports.\(export.table).columns"]
                if let near = nearestName(to: column, among: relation.columns) { remedies.insert("did you mean \(near)?", at: 0) }
                return Diagnostic(
                    .error, "missing-column", at: .init(file: name, column: column),
                    "there is no column \(column), which \(export.table) needs", remedies: remedies)
            })
        }
        let wanted = PostgresColumns.wanted(export)
        let found = relation.columns.filter { wanted.contains($0.lowercased()) }
        selected = found.isEmpty ? Array(relation.columns.prefix(1)) : found
        left = relation.columns.filter { !wanted.contains($0.lowercased()) }
    }

    private static func wanted(_ export: ExportSettings) -> Set<String> {
        var wanted = Set(export.only.keys.map { $0.lowercased() })
        wanted.formUnion(export.except.keys.map { $0.lowercased() })
        for column in export.table.columns {
            let sources = export.columns[column.name].map { Array($0.sources.joined()) } ?? [column.name]
            wanted.formUnion(sources.map { $0.lowercased() })
        }
        return wanted
    }

    /// What `kpi check` says of the others.
    func note(_ name: String) -> Diagnostic? {
        guard !left.isEmpty else { return nil }
        let all = selected.count + left.count
        return Diagnostic(
            .note, "columns-not-selected", at: .init(file: name),
            "\(selected.count) of \(all) columns are asked for; not \(left.prefix(8).joined(separator: ", "))"
                + (left.count > 8 ? " and \(left.count - 8) more" : ""),
            remedies: ["map them in dealership.yaml if they say something that is needed"])
    }
}
