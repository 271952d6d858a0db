import Dealership

/// Which conversations' numbers are the same: as customers' are, those that one system gave.
struct ThreadNumbers {
    enum Rule {
        /// One system gave all numbers: they are compared as they are.
        case plain
        /// The export's system gave them.
        case ofSystem
        /// The export is of a system that has no messages: its numbers are those of one of these systems.
        case ofAny([[UInt8]])

        var isPlain: Bool { if case .plain = self { true } else { false } }
    }

    /// Of the exports of messages, when there are several.
    private let systems: [String]

    init(_ tables: [StagedTable]) {
        let found = Set(tables.filter { $0.export.table == .messages }.map(\.export.system))
        systems = found.count > 1 ? found.sorted() : []
    }

    func rule(_ export: ExportSettings) -> Rule {
        if systems.isEmpty { return .plain }
        return systems.contains(export.system) ? .ofSystem : .ofAny(systems.map { Array("\($0)·".utf8) })
    }

    /// Positions of the tables: messages before what is sought among their conversations.
    func readingOrder(_ tables: [StagedTable]) -> [Int] {
        if systems.isEmpty { return Array(tables.indices) }
        return tables.indices.filter { tables[$0].export.table == .messages }
            + tables.indices.filter { tables[$0].export.table != .messages }
    }
}
