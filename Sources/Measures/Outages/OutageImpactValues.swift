import Statistics

extension OutageImpact {
    /// Of fewer failures no mean is given.
    static let leastFailures = 3

    public func value(_ column: String, _ tally: Tally) -> Cell {
        func count(_ counter: Counter) -> Int64 { tally.counts[counter.rawValue] }
        let isWatched = count(.exposed) > 0 || count(.watched) > 0
        switch column {
        case "outages": return .count(count(.outages))
        case "open_seconds_down": return .count(count(.openDown))
        case "wall_seconds_down": return .count(count(.wallDown))
        case "summed_seconds_down": return .count(count(.summedDown))
        case "open_seconds": return count(.open) > 0 ? .count(count(.open)) : .none
        case "availability":
            return count(.open) > 0 ? .share(1 - Double(count(.openDown)) / Double(count(.open))) : .none
        case "own", "external", "utility":
            let said = [Counter.own, .external, .utility].map(count)
            if said == [0, 0, 0] { return .none }
            return .count(said[column == "own" ? 0 : column == "external" ? 1 : 2])
        case "still_down": return .count(count(.stillDown))
        case "day_precise": return .count(count(.dayPrecise))
        case "planned": return .count(count(.planned))
        case "planned_open_seconds": return .count(count(.plannedOpen))
        case "planned_wall_seconds": return .count(count(.plannedWall))
        case "resolved_before_start": return .count(count(.reversed))
        case "failures": return .count(count(.failures))
        case "mean_seconds_to_detect": return mean(count(.detectSeconds), count(.detected))
        case "mean_seconds_to_acknowledge": return mean(count(.acknowledgeSeconds), count(.acknowledged))
        case "mean_seconds_to_notify": return mean(count(.notifySeconds), count(.notified))
        case "mean_seconds_to_restore": return mean(count(.restoreSeconds), count(.restored))
        case "mean_seconds_between_failures":
            let failures = count(.failures)
            if failures > 0, failures < Int64(OutageImpact.leastFailures) { return mean(0, failures) }
            return count(.gaps) > 0 ? .mean(Double(count(.gapSeconds)) / Double(count(.gaps))) : .none
        case "vendor_outages": return .count(count(.vendorOutages))
        case "vendor_seconds_down": return count(.vendorOutages) > 0 ? .count(count(.vendorDown)) : .none
        case "vendor_difference":
            return count(.vendorOutages) > 0 ? .count(count(.vendorOurs) - count(.vendorDown)) : .none
        case "conversations": return isWatched ? .count(count(.conversations)) : .none
        case "answered": return isWatched ? .count(count(.answered)) : .none
        case "exposed": return isWatched ? .count(count(.exposed)) : .none
        case "backlog": return isWatched ? .count(count(.backlog)) : .none
        case "backlog_answered": return isWatched ? .count(count(.backlogAnswered)) : .none
        case "backlog_p50", "backlog_p90":
            guard tally.histograms.count == Histogram.allCases.count else { return .none }
            let curve = KaplanMeier(
                events: tally.histograms[Histogram.cleared.rawValue],
                censored: tally.histograms[Histogram.stillBacklog.rawValue])
            return Cell(curve.quantile(column == "backlog_p50" ? .median : .p90))
        case "p50":
            return Cell(OutageImpact.waits(tally).answered.quantile(.median).map(TimeQuantile.at))
        default: return .none
        }
    }

    /// None where nobody wrote one down; "too few" below three.
    private func mean(_ seconds: Int64, _ count: Int64) -> Cell {
        if count == 0 { return .none }
        if count < Int64(OutageImpact.leastFailures) {
            return .tooFew(TooFew(had: Int(count), needed: OutageImpact.leastFailures))
        }
        return .mean(Double(seconds) / Double(count))
    }
}
