import Dealership

/// Finds a mapping's columns in an export's header, and notes which were asked for.
struct ColumnFinder {
    /// By name in lower case; of a name that stands twice the first.
    let positions: [String: Int]
    /// Of the file's numbers.
    let decimals: ExportSettings.Decimals?
    private(set) var read: Set<Int> = []

    init(positions: [String: Int], decimals: ExportSettings.Decimals?) {
        self.positions = positions
        self.decimals = decimals
    }

    mutating func found(_ names: [String]) -> [Int] {
        let found = names.compactMap { positions[$0.lowercased()] }
        read.formUnion(found)
        return found
    }

    mutating func conditions(_ tests: [String: [CellTest]]) -> [CellCondition] {
        tests.keys.sorted().map { name in
            CellCondition(column: found([name]).first ?? -1, tests[name] ?? [], decimals: decimals)
        }
    }

    mutating func field(_ column: StandardColumn, _ mapped: ExportSettings.Column?) -> ExportLayout.Field {
        var source = source(mapped?.rule ?? .column([column.name]), joint: mapped?.joint ?? "-")
        let shaping = CellShaping(mapped, column.kind, decimals: decimals)
        if case .absent = source, let shaping, !shaping.fallback.isEmpty { source = .constant([]) }
        var choices: [[UInt8]] = []
        if case .choice(let names) = column.kind { choices = names.map { Array($0.lowercased().utf8) } }
        return .init(column: column, source: source, shaping: shaping, choices: choices)
    }

    private mutating func source(_ rule: ExportSettings.ColumnRule, joint: String) -> ExportLayout.FieldSource {
        switch rule {
        case .constant(let value): return .constant(Array(value.utf8))
        case .rowPlace: return .rowPlace
        case .column(let names):
            let found = found(names)
            return found.isEmpty ? .absent : .columns(found)
        case .phone(let rule):
            let found = found(rule.columns)
            return found.isEmpty ? .absent : .phones(found, TelephoneCustomer(rule))
        case .joined(let names):
            let found = found(names)
            return found.isEmpty ? .absent : .joined(found, by: Array(joint.utf8))
        case .sum(let names):
            let found = found(names)
            return found.isEmpty ? .absent : .summed(found)
        case .dateAndTime(let dates, let times):
            let (dates, times) = (found(dates), found(times))
            return dates.isEmpty ? .absent : .dateAndTime(date: dates, time: times)
        case .choose(let choices):
            return .chosen(
                choices.map { choice in
                    let conditions = conditions(choice.conditions)
                    switch choice.outcome {
                    case .constant(let value):
                        return .init(conditions: conditions, outcome: .constant(Array(value.utf8)))
                    case .column(let names): return .init(conditions: conditions, outcome: .columns(found(names)))
                    }
                })
        }
    }
}
