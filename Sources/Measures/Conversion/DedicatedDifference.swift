public import Dealership
public import Statistics

/// Leads of the person dedicated to service customers against the others' leads. DEFINITIONS 2, Split.
public struct DedicatedDifference: Measure {
    /// Days after the visit within which the lead must be reached, or buy.
    public var windowDays: Int
    public var minimumN: Int
    public init(windowDays: Int, minimumN: Int) {
        self.windowDays = windowDays
        self.minimumN = minimumN
    }

    public init?(_ parameters: inout some ParameterReading) {
        self.init(
            windowDays: parameters.days("window") ?? parameters.settings.conversion.windowDays,
            minimumN: parameters.minimumN())
    }

    public var inForce: [(parameter: String, value: String)] {
        [("window", "\(windowDays) days"), ("minimum-n", String(minimumN))]
    }

    public func linking(_ usual: LinkingParameters) -> LinkingParameters {
        var own = usual
        own.windowDays = windowDays
        return own
    }

    public func isKnown(_ header: JournalHeader) -> Bool { header.knows(.serviceVisits) && header.knows(.leads) }

    public static let entry = MeasureEntry(
        name: "dedicated-difference", code: "DED", title: "Dedicated person against the others",
        summary: "Of the leads from service visits, how many the dedicated person and the others reached and sold.",
        definition: """
            Of the period's visits with a lead that somebody has (the funnel's lead: the customer's first on or after the \
            visit within `window` days), those of dedicated people against all others'. Dedicated is who the settings name \
            under `conversion: dedicated:`, else whose role says dedicated or conquest. Reached: a two-way contact as in \
            the funnel; bought: a sale credited to the visit. Printed once all windows are over and both sides have \
            `minimum-n` leads; a difference is clear when its interval excludes 0. Shares: Wilson 1927; difference: \
            Newcombe 1998, hybrid score.
            """,
        dimensions: [.store, .month, .person, .advisor, .relation, .payType, .vehicleAge],
        columns: [
            .init("dedicated_leads", "visits whose lead a dedicated person has"),
            .init("others_leads", "visits whose lead somebody else has"),
            .init("mature", "of both, those whose window has ended"),
        ] + columns(of: "reached", "with a two-way contact after the lead") + columns(of: "bought", "with a credited sale"),
        parameters: [.window, .minimumN],
        needs: ["service_visits", "leads"])

    private static func columns(of outcome: String, _ meaning: String) -> [MeasureEntry.Column] {
        [
            .init("dedicated_\(outcome)", "dedicated people's leads \(meaning)"),
            .init("others_\(outcome)", "the others' leads \(meaning)"),
        ] + [
            ("dedicated_\(outcome)_share", "share of the dedicated people's leads \(meaning)"),
            ("others_\(outcome)_share", "share of the others' leads \(meaning)"),
            ("\(outcome)_difference", "the dedicated people's share less the others'"),
        ].flatMap { name, meaning in
            [
                MeasureEntry.Column(name, meaning), .init("\(name)_lower", "its lower limit"),
                .init("\(name)_upper", "its upper limit"),
            ]
        }
    }
}

extension DedicatedDifference {
    public enum Outcome: String, Sendable, CaseIterable { case reached, bought }

    /// What may be said of the two sides: all words about them are made from it.
    public enum Verdict: Sendable {
        case tooFew(TooFew)
        case tooNew
        /// The interval of the difference covers 0.
        case notClear(NewcombeDifference)
        case clear(NewcombeDifference)
    }

    /// By side (dedicated, others): leads, reached, bought; then mature leads, and by outcome whether it can be known.
    private enum Counter {
        static let mature = 6
        static func of(_ side: Int, _ step: Int) -> Int { side * 3 + step }
        static func knows(_ outcome: Outcome) -> Int { outcome == .reached ? 7 : 8 }
        static let count = 9
    }

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        var builder = TallyBuilder(counters: Counter.count, histograms: 0)
        let visits = facts.visits
        let funnel = facts.funnel
        let sides = facts.dedicatedSides
        let isMature = facts.visitSales.isMature
        let columns = FactColumn.columns(spec.by, visits.count) { ServiceFunnel.column($0, facts) }
        let filter = FactFilter(spec, facts.header)
        for visit in 0..<visits.count where filter.admits(store: visits.store[visit], day: visits.day[visit]) {
            guard funnel.owner[visit] >= 0 else { continue }
            let cell = builder.cell(FactColumn.key(columns, visit))
            let side = Int(sides[Int(funnel.owner[visit])])
            builder.add(to: Counter.of(side, 0), of: cell)
            if funnel.day[1][visit] != FunnelFacts.never { builder.add(to: Counter.of(side, 1), of: cell) }
            if funnel.day[4][visit] != FunnelFacts.never { builder.add(to: Counter.of(side, 2), of: cell) }
            if isMature[visit] { builder.add(to: Counter.mature, of: cell) }
        }
        var table = builder.finish { FactColumn.labels(columns, $0) }
        for outcome in Outcome.allCases where facts.header.knows(outcome == .reached ? .messages : .sales) {
            for labels in table.cells.keys { table.cells[labels]?.counts[Counter.knows(outcome)] = 1 }
        }
        return table
    }

    /// Dedicated people's leads with the outcome, and the others'; nil: no export shows it.
    public static func sides(_ outcome: Outcome, _ tally: Tally) -> (dedicated: Proportion, others: Proportion)? {
        tally.counts[Counter.knows(outcome)] > 0 ? counts(outcome, tally) : nil
    }

    /// The same whether or not the outcome can be known, for how many leads there are.
    public static func counts(_ outcome: Outcome, _ tally: Tally) -> (dedicated: Proportion, others: Proportion) {
        func side(_ side: Int) -> Proportion {
            Proportion(
                successes: Int(tally.counts[Counter.of(side, outcome == .reached ? 1 : 2)]),
                trials: Int(tally.counts[Counter.of(side, 0)]))
        }
        return (side(0), side(1))
    }

    /// Nil: no export shows the outcome.
    public func verdict(_ outcome: Outcome, _ tally: Tally) -> Verdict? {
        guard let (dedicated, others) = DedicatedDifference.sides(outcome, tally) else { return nil }
        let least = min(dedicated.trials, others.trials)
        if least < minimumN { return .tooFew(TooFew(had: least, needed: minimumN)) }
        if tally.counts[Counter.mature] < Int64(dedicated.trials + others.trials) { return .tooNew }
        let difference = NewcombeDifference(first: dedicated, second: others)
        return difference.interval()?.contains(0) == false ? .clear(difference) : .notClear(difference)
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        switch column {
        case "dedicated_leads": return .count(tally.counts[Counter.of(0, 0)])
        case "others_leads": return .count(tally.counts[Counter.of(1, 0)])
        case "mature": return .count(tally.counts[Counter.mature])
        default: break
        }
        guard let outcome = Outcome.allCases.first(where: { column.contains($0.rawValue) }),
            let (dedicated, others) = DedicatedDifference.sides(outcome, tally)
        else { return .none }
        let own = column.hasPrefix("dedicated") ? dedicated : others
        if column.hasSuffix(outcome.rawValue) { return .count(Int64(own.successes)) }
        switch verdict(outcome, tally) {
        case .tooFew(let tooFew):
            // One side may still have enough for a share of its own.
            if column.contains("difference") || own.trials < minimumN { return .tooFew(tooFew) }
        case .tooNew: return .tooNew
        case .notClear, .clear: break
        case nil: return .none
        }
        guard column.contains("difference") else {
            if tally.counts[Counter.mature] < Int64(dedicated.trials + others.trials) { return .tooNew }
            return Cell(own, column, minimumN: minimumN)
        }
        let difference = NewcombeDifference(first: dedicated, second: others)
        if column.hasSuffix("_lower") { return Cell(share: difference.interval()?.lower) }
        if column.hasSuffix("_upper") { return Cell(share: difference.interval()?.upper) }
        return Cell(share: difference.estimate)
    }

    /// The visits whose lead somebody has, as in the funnel, with the side.
    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        var evidence = ServiceFunnel(windowDays: windowDays, minimumN: minimumN).evidence(facts, slice)
        guard let owner = evidence?.columns.firstIndex(of: "owner_id"), let rows = evidence?.rows else { return nil }
        evidence?.columns.append("side")
        evidence?.rows = rows.filter { !$0.cells[owner].isEmpty }.map { row in
            var row = row
            let isDedicated = facts.header.people[row.cells[owner]].map(facts.header.isDedicated) == true
            row.cells.append(isDedicated ? "dedicated" : "others")
            return row
        }
        return evidence
    }
}
