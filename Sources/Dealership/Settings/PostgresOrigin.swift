/// Rows that come from PostgreSQL instead of a file.
public struct PostgresOrigin: Hashable, Sendable {
    public enum Rows: Hashable, Sendable {
        /// A table or a view, as SQL names it: `crm.leads`, `crm."Leads 2026"`.
        case relation(String)
        /// A statement that answers rows.
        case query(String)
    }

    /// As libpq reads it, `host=db.example dbname=crm` or `postgresql://…`, without a password. Empty: the environment says it.
    public var connect: String
    public var rows: Rows
    /// The column by whose hash a view's or query's rows are read over several connections. Nil: the store's, where it has one.
    public var partitionBy: String?

    public init(connect: String, rows: Rows, partitionBy: String? = nil) {
        self.connect = connect
        self.rows = rows
        self.partitionBy = partitionBy
    }

    /// What messages call it, in a file's place.
    public func name(for table: StandardTable) -> String {
        switch rows {
        case .relation(let name): "postgres:\(name)"
        case .query: "postgres:query(\(table.rawValue))"
        }
    }
}
