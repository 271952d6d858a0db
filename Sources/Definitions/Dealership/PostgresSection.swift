import Dealership
import Yams

extension Reader {
    /// `postgres: { connect: "host=… dbname=…", table: crm.leads }`, or `view:`, or `query:`.
    mutating func postgres(_ field: Field, beside export: Fields) -> PostgresOrigin? {
        refusePasswords(field)
        for key in ["file", "delimiter"] {
            guard let other = export[key] else { continue }
            fault(
                .badOrigin, other, row: other.keyRow, "\(quoted(key)) stands beside `postgres:`, which reads no file",
                ["delete one of them"])
        }
        guard let fields = fields(field, .postgres, of: quoted("postgres")) else { return nil }
        let sources = ["table", "view", "query"].compactMap { fields[$0] }
        guard sources.count == 1, let source = sources.first else {
            fault(
                .badOrigin, field, row: field.keyRow,
                sources.isEmpty ? "it is not said which rows PostgreSQL gives"
                    : "the rows come from \(sources.map { quoted($0.key) }.joined(separator: " and ")) at once",
                ["give one of `table:`, `view:`, `query:`"])
            return nil
        }
        guard let text = text(source) else { return nil }
        return PostgresOrigin(
            connect: fields["connect"].flatMap { self.text($0) } ?? "",
            rows: source.key == "query" ? .query(text) : .relation(text),
            partitionBy: fields["partition-by"].flatMap { self.text($0) })
    }

    /// The key alone: its value may not be shown, nor compared with anything.
    private mutating func refusePasswords(_ field: Field) {
        for (key, _) in field.node.mapping ?? [:] {
            guard let word = key.scalar?.string.lowercased(), ["password", "passwd", "pgpassword"].contains(word) else { continue }
            fault(
                .passwordInFile, field, row: key.mark?.line, "a password may not stand in this file",
                [
                    "put it into ~/.pgpass as host:port:database:user:password, readable by you alone (chmod 600), "
                        + "or into a file that PGPASSFILE names"
                ])
        }
    }

    /// Where a row stands means nothing in a table, whose rows move.
    mutating func refuseRowPlaces(_ export: ExportSettings, _ fields: Fields) {
        for (name, column) in export.columns.sorted(by: { $0.key < $1.key }) where column.rule == .rowPlace {
            fault(
                .badColumnRule, fields["columns"] ?? fields.owner, "\(name) is a row's place, and a database's rows have none",
                ["name a column that tells rows apart, or several with `join:`"])
        }
    }
}
