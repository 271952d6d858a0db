import Basis
import Dealership
import Ingest
import Measures
import Programs

/// Reward rules over months, from the exports as they are now.
struct RewardRun {
    let header: JournalHeader
    /// Every rule for every month in which it is in force, by rule, then month.
    let results: [RewardResult]
    /// What was noticed about rows.
    let diagnostics: [Diagnostic]

    /// - Parameters:
    ///   - notes: what the settings said.
    ///   - months: from the header, since the latest month is known only then.
    static func read(
        _ folder: FolderOptions, rules: [RewardRule],
        months: (JournalHeader) throws(Rejection) -> ClosedRange<Month>
    ) async throws(Rejection) -> RewardRun {
        let (exports, notes) = try await folder.readExports()
        let wanted = try months(exports.header)
        let (results, problems) = try await results(exports, rules, months: wanted, tasks: folder.taskCount)
        return RewardRun(header: exports.header, results: results, diagnostics: notes + problems)
    }

    static func results(
        _ exports: StagedExports, _ rules: [RewardRule], months: ClosedRange<Month>, tasks: Int
    ) async throws(Rejection) -> (results: [RewardResult], diagnostics: [Diagnostic]) {
        let specs = RewardRun.gateSpecs(rules, months)
        let tabulated = try await exports.tabulate(specs.map(\.spec), tasks: tasks)
        var results: [RewardResult] = []
        for (position, rule) in rules.enumerated() {
            let context = LinkingContext(header: exports.header, parameters: rule.linking(exports.header.settings))
            let parts = try await concurrently(exports.groupCount, tasks: tasks) { group throws(Rejection) -> RewardRows in
                RewardRows(Facts(exports.group(group), context: context), rule, months: months)
            }
            var all = RewardRows()
            for part in parts { all.merge(part) }
            let places = exports.locations(of: all.rows.map(\.source))
            let rows = zip(all.rows, places).map { found, place in
                var row = found.row
                row.source = place.row.map { "\(place.file):\($0)" } ?? place.file
                return row
            }
            let byMonth = Dictionary(grouping: rows, by: \.day.month)
            let calculation = RewardCalculation(rule, exports.header, context.calendars)
            var month = months.lowerBound
            while month <= months.upperBound {
                if rule.isInForce(in: month) {
                    let gates = RewardRun.gates(rule, month, specs.filter { $0.rule == position }, tabulated.tables, specs)
                    results.append(
                        calculation.result(
                            month, rows: byMonth[month] ?? [], assigned: all.assigned, total: all.total, gates: gates))
                }
                month = month + 1
            }
        }
        return (results, exports.diagnostics(of: tabulated))
    }

    // MARK: Gates

    private struct GateSpec {
        var rule: Int
        var gate: Int
        var table: Int
        var spec: TableSpec
        var labels: [String]
    }

    private static func gateSpecs(_ rules: [RewardRule], _ months: ClosedRange<Month>) -> [GateSpec] {
        var specs: [GateSpec] = []
        for (rule, own) in rules.enumerated() {
            for (gate, one) in own.gates.enumerated() {
                let measure = one.measure
                let scope: [Measures.Dimension] = switch one.of {
                case .person: [.person]
                case .store: [.store]
                case .all: []
                }
                let slice = measure.dimensions.filter { !scope.contains($0) }
                specs.append(
                    GateSpec(
                        rule: rule, gate: gate, table: specs.count,
                        spec: TableSpec(
                            name: one.words, request: measure.request, by: [.month] + scope + slice,
                            columns: measure.successes + measure.trials + [measure.column], months: months),
                        labels: slice.map { measure.slice[$0] ?? "" }))
            }
        }
        return specs
    }

    private static func gates(
        _ rule: RewardRule, _ month: Month, _ own: [GateSpec], _ tables: [TallyTable], _ specs: [GateSpec]
    ) -> RewardGateFigures {
        var figures = [[String: RewardGateFigures.Figure]](repeating: [:], count: rule.gates.count)
        for one in own {
            let gate = rule.gates[one.gate]
            let hasScope = gate.of != .all
            for (labels, tally) in tables[one.table].cells where labels.first == month.description {
                guard Array(labels.dropFirst(hasScope ? 2 : 1)) == one.labels else { continue }
                let name = hasScope ? labels[1] : ""
                if let figure = figure(gate.measure, tally) { figures[one.gate][name] = figure }
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
