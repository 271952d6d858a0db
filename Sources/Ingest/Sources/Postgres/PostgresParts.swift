import Dealership

/// The statements that together read a relation once, each row by exactly one of them.
struct PostgresParts {
    var statements: [String]

    /// 64 MB of a table: enough parts to share among connections, few enough to be open files.
    private static let blocksOfPart = 8_192
    private static let mostParts = 64
    /// Of a view or a query, which is evaluated once for each. It does not depend on the machine: the order of rows would.
    private static let streams = 4

    init(_ relation: PostgresRelation, _ columns: PostgresColumns, for export: ExportSettings, _ origin: PostgresOrigin) {
        let names = columns.selected.map(PostgresSession.quoted).joined(separator: ", ")
        let conditions: [String]
        if let blocks = relation.blocks {
            conditions = PostgresParts.places(blocks)
        } else if let column = PostgresParts.column(relation, export, origin) {
            let hash = "pg_catalog.hashtext(\(PostgresSession.quoted(column))::text COLLATE \"C\")"
            conditions = (0..<PostgresParts.streams).map {
                " WHERE coalesce(\(hash) & \(PostgresParts.streams - 1), 0) = \($0)"
            }
        } else {
            conditions = [""]
        }
        statements = conditions.enumerated().map { index, condition in
            "COPY (SELECT \(names) FROM \(relation.source)\(condition)) TO STDOUT "
                + "(FORMAT csv, HEADER \(index == 0), ENCODING 'UTF8')"
        }
    }

    /// Ranges of the pages in which rows lie. The last one has no end.
    private static func places(_ blocks: Int) -> [String] {
        let step = max(blocksOfPart, (blocks + mostParts - 1) / mostParts)
        let starts = blocks > step ? Array(stride(from: 0, to: blocks, by: step)) : [0]
        return starts.enumerated().map { index, start in
            let isLast = index == starts.count - 1
            if isLast, index == 0 { return "" }
            return " WHERE ctid >= '(\(start),0)'::tid" + (isLast ? "" : " AND ctid < '(\(start + step),0)'::tid")
        }
    }

    /// What `partition-by` says, else the column of the store.
    private static func column(_ relation: PostgresRelation, _ export: ExportSettings, _ origin: PostgresOrigin) -> String? {
        var names: [String] = []
        if let named = origin.partitionBy {
            names = [named]
        } else if case .column(let found) = export.columns["store_id"]?.rule ?? .column(["store_id"]) {
            names = found
        }
        return names.lazy.compactMap { name in
            relation.columns.first { $0 == name } ?? relation.columns.first { $0.lowercased() == name.lowercased() }
        }.first
    }
}
