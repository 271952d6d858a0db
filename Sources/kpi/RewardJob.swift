import Basis
import Dealership
import Measures
import Programs

/// Reward rules and months whose rows one pass over the exports is to gather, beside the tables of its gates.
struct RewardJob: Sendable {
    let rules: [RewardRule]
    let months: ClosedRange<Month>
    private let gates: [GateTable]

    /// None.
    init() {
        rules = []
        let month = Month(year: 2000, month: 1)
        months = month...month
        gates = []
    }

    init(_ rules: [RewardRule], months: ClosedRange<Month>) {
        self.rules = rules
        self.months = months
        gates = GateTable.tables(rules, months)
    }

    /// The tables that its gates are judged by.
    var specs: [TableSpec] { gates.map(\.spec) }

    func rows(_ rule: Int, _ facts: [LinkingParameters: Facts]) -> RewardRows {
        guard let own = facts.first(where: { $0.key == rules[rule].linking($0.value.header.settings) }) else {
            return RewardRows()
        }
        return RewardRows(own.value, rules[rule], months: months)
    }

    func gates(_ rule: Int, _ month: Month, _ tables: [TallyTable]) -> RewardGateFigures {
        GateTable.figures(rules[rule], month, zip(gates, tables).filter { $0.0.rule == rule })
    }
}

/// The table of one gate: by month, whom it is of, and the labels of its figure.
private struct GateTable: Sendable {
    var rule: Int
    var gate: Int
    var spec: TableSpec
    var labels: [String]

    static func tables(_ rules: [RewardRule], _ months: ClosedRange<Month>) -> [GateTable] {
        rules.enumerated().flatMap { position, rule in
            rule.gates.enumerated().map { gate, one in
                let measure = one.measure
                let scope: [Measures.Dimension] = switch one.of {
                case .person: [.person]
                case .store: [.store]
                case .all: []
                }
                let slice = measure.dimensions.filter { !scope.contains($0) }
                return GateTable(
                    rule: position, gate: gate,
                    spec: TableSpec(
                        name: one.words, request: measure.request, by: [.month] + scope + slice,
                        columns: measure.successes + measure.trials + [measure.column], months: months),
                    labels: slice.map { measure.slice[$0] ?? "" })
            }
        }
    }

    static func figures(
        _ rule: RewardRule, _ month: Month, _ tables: [(gate: GateTable, table: TallyTable)]
    ) -> RewardGateFigures {
        var figures = [[String: RewardGateFigures.Figure]](repeating: [:], count: rule.gates.count)
        for (own, table) in tables {
            let gate = rule.gates[own.gate]
            let hasScope = gate.of != .all
            for (labels, tally) in table.cells where labels.first == month.description {
                guard Array(labels.dropFirst(hasScope ? 2 : 1)) == own.labels else { continue }
                if let figure = figure(gate.measure, tally) { figures[own.gate][hasScope ? labels[1] : ""] = figure }
            }
        }
        return RewardGateFigures(figures, minimumN: rule.eligibility.minimumN)
    }

    /// Nil: there is none.
    private static func figure(_ measure: EffortMeasure, _ tally: Tally) -> RewardGateFigures.Figure? {
        func count(_ columns: [String]) -> Int64 {
            columns.reduce(0) { sum, column in
                if case .count(let value) = measure.request.measure.value(column, tally) { return sum + value }
                return sum
            }
        }
        if !measure.trials.isEmpty { return .share(successes: count(measure.successes), trials: count(measure.trials)) }
        switch measure.request.measure.value(measure.column, tally) {
        case .count(let value), .seconds(let value), .over(let value): return .amount(value)
        case .mean(let value): return .amount(Int64(value.rounded()))
        case .money(let value): return .amount(value.minorUnits)
        default: return nil
        }
    }
}

extension RewardRule {
    /// Conversations are linked by what the rule takes for an answer.
    func linking(_ settings: DealershipSettings) -> LinkingParameters {
        basis.timing.linking(LinkingParameters(settings))
    }
}
