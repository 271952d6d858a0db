import Basis
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

    /// Stands for a conversation that an export of another system may mean in several systems.
    static let severalSystems: Int32 = -2

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

    /// What is sought among the conversations of messages can be read only behind them.
    func waitsForMessages(_ export: ExportSettings) -> Bool {
        guard export.table == .conversations || export.table == .ratings else { return false }
        if case .ofAny = rule(export) { return true }
        return false
    }

    /// Positions of the tables: messages before what is sought among their conversations.
    func readingOrder(_ tables: [StagedTable]) -> [Int] {
        if systems.isEmpty { return Array(tables.indices) }
        return tables.indices.filter { tables[$0].export.table == .messages }
            + tables.indices.filter { tables[$0].export.table != .messages }
    }
}

extension GroupJournal {
    /// The code of a conversation's number; −1: the row has none.
    mutating func thread(_ number: UnsafeBufferPointer<UInt8>, _ context: StagedExports.RowContext) -> Int32 {
        if number.isEmpty { return -1 }
        if context.hasPlainThreads { return threads.intern(number) }
        switch context.thread {
        case .plain: return threads.intern(number)
        case .ofSystem: return context.withSystem(context.system, number) { threads.intern($0) }
        case .ofAny(let systems):
            let found = systems.compactMap { system in context.withSystem(system, number) { threads.code(of: $0) } }
            if found.count > 1 { return ThreadNumbers.severalSystems }
            return found.first ?? context.withSystem(context.system, number) { threads.intern($0) }
        }
    }
}
