import Basis
public import Dealership
public import Statistics

extension Handoffs {
    enum Counter: Int, CaseIterable { case handoffs, answered, inTime, late, unanswered, stillWithin, waiting }
    /// `ages`: wall seconds that those not answered, and not within target any more, have waited.
    enum Histogram: Int, CaseIterable { case answered, waiting, ages }

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        let handoffs = facts.handoffs
        let columns = FactColumn.columns(spec.by, handoffs.count) { facts.handoffColumn($0, handoffs) }
        var builder = TallyBuilder(counters: Counter.allCases.count, histograms: Histogram.allCases.count)
        let filter = FactFilter(spec, facts.header)
        for fact in 0..<handoffs.count where filter.admits(store: handoffs.store[fact], day: handoffs.day[fact]) {
            let cell = builder.cell(FactColumn.key(columns, fact))
            let isAnswered = handoffs.isAnswered(fact)
            let wait = handoffs.openWait[fact]
            builder.add(to: Counter.handoffs.rawValue, of: cell)
            builder.add(to: isAnswered ? Counter.answered.rawValue : Counter.waiting.rawValue, of: cell)
            builder.record(wait, in: isAnswered ? Histogram.answered.rawValue : Histogram.waiting.rawValue, of: cell)
            let standing = standing(wait: wait, isAnswered: isAnswered)
            if !isAnswered, standing != .stillWithin {
                builder.record(handoffs.wallWait[fact], in: Histogram.ages.rawValue, of: cell)
            }
            switch standing {
            case .inTime: builder.add(to: Counter.inTime.rawValue, of: cell)
            case .late: builder.add(to: Counter.late.rawValue, of: cell)
            case .unanswered: builder.add(to: Counter.unanswered.rawValue, of: cell)
            case .stillWithin: builder.add(to: Counter.stillWithin.rawValue, of: cell)
            case .noTarget: break
            }
        }
        return builder.finish { FactColumn.labels(columns, $0) }
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        func count(_ counter: Counter) -> Cell { .count(tally.counts[counter.rawValue]) }
        switch column {
        case "handoffs": return count(.handoffs)
        case "answered": return count(.answered)
        case "in_time": return count(.inTime)
        case "late": return count(.late)
        case "unanswered": return count(.unanswered)
        case "still_within": return count(.stillWithin)
        case "waiting": return count(.waiting)
        case "answered_in_time", "answered_in_time_lower", "answered_in_time_upper":
            return Cell(Handoffs.answeredInTime(tally), column, minimumN: minimumN)
        case "p50": return quantile(tally, .median)
        case "p90": return quantile(tally, .p90)
        default: return .none
        }
    }

    private func quantile(_ tally: Tally, _ p: Quantile) -> Cell {
        Cell(
            KaplanMeier(
                events: tally.histograms[Histogram.answered.rawValue],
                censored: tally.histograms[Histogram.waiting.rawValue]
            ).quantile(p))
    }

    /// In time of the judged (in time, late, unanswered past target).
    public static func answeredInTime(_ tally: Tally) -> Proportion {
        let counts = [Counter.inTime, .late, .unanswered].map { Int(tally.counts[$0.rawValue]) }
        return Proportion(successes: counts[0], trials: counts.reduce(0, +))
    }

    /// Wall seconds that the unanswered have waited at the as-of instant, those still within target left out.
    public static func ages(_ tally: Tally) -> SparseHistogram { tally.histograms[Histogram.ages.rawValue] }
}

extension Handoffs {
    func standing(wait: Int32, isAnswered: Bool) -> FirstResponseTime.Standing {
        guard let targetSeconds else { return .noTarget }
        if isAnswered { return Int64(wait) <= targetSeconds ? .inTime : .late }
        return Int64(wait) > targetSeconds ? .unanswered : .stillWithin
    }
}

extension Facts {
    /// A dimension of handoffs; nil: they do not have it. `department` is the one that hands over.
    func handoffColumn(_ dimension: Dimension, _ handoffs: HandoffFacts) -> FactColumn? {
        switch dimension {
        case .store: storeColumn(handoffs.store)
        case .month: monthColumn(handoffs.day)
        case .day: dayColumn(handoffs.day)
        case .department: nameColumn(handoffs.from)
        case .toDepartment: nameColumn(handoffs.to)
        default: nil
        }
    }
}
