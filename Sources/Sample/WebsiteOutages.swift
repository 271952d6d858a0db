import Basis

/// The web form breaks now and then, and nobody notices for hours: drawn by itself, so that nothing else of the sample
/// moves.
enum WebsiteOutages {
    /// In the last month from a Thursday afternoon until Monday; in earlier months now and then for some hours.
    static func all(_ options: SampleOptions, _ frames: [StoreFrame]) -> [PlannedOutage] {
        var outages: [PlannedOutage] = []
        for frame in frames {
            for back in stride(from: options.months - 1, through: 1, by: -1) {
                if let outage = small(options, frame, options.lastMonth + -back) { outages.append(outage) }
            }
            let month = options.lastMonth
            let thursday = Holidays.nth(2, 3, ofMonth: month.monthOfYear, month.year)
            outages.append(
                outage(frame, from: frame.instant(thursday, 58_500), to: frame.instant(thursday + 4, 34_200)))
        }
        return outages.enumerated().map { index, outage in
            var outage = outage
            outage.identifier = "OUT-\(5_001 + index)"
            return outage
        }
    }

    private static func small(_ options: SampleOptions, _ frame: StoreFrame, _ month: Month) -> PlannedOutage? {
        var random = RandomStream(options.seed, "website outages", frame.index, Int(month.number))
        let happens = random.chance(0.4)
        let day = frame.openDay(from: month.firstDay + random.below(26))
        let minute = random.within(480...1_140)
        let length = max(45, min(1_500, Int(random.lognormal(median: 260, sigma: 0.8)))) * 60
        guard happens, day.month == month else { return nil }
        let start = frame.instant(day, minute * 60)
        return outage(frame, from: start, to: start + Int64(length))
    }

    private static func outage(_ frame: StoreFrame, from start: Instant, to end: Instant) -> PlannedOutage {
        PlannedOutage(
            store: frame.index, system: .website, start: start, end: end, detected: (end - start) * 3 / 4,
            acknowledged: (end - start) * 3 / 4 + 600, notified: nil, vendorStartsLater: 0, vendorEndsEarlier: 0)
    }
}

extension OutagePlan {
    /// When nothing came in by the web form; nothing where outages are left out.
    func websiteDown(_ frame: StoreFrame) -> IntervalSet {
        guard isActive else { return .empty }
        return IntervalSet(outages.filter { $0.system == .website && hits($0, frame) }.map { $0.start..<$0.end })
    }
}

extension StoreMaker {
    /// When a lead from elsewhere arrives. Who finds the web form broken is mostly lost; some try again when it is back,
    /// and some telephone, which is a lead all the same. Nil: lost.
    mutating func webLeadArrives(_ created: Instant, _ source: String, _ day: Day, _ position: Int) -> Instant? {
        guard source == "web", let outage = websiteDown.intervals.first(where: { $0.contains(created) }) else {
            return created
        }
        var random = stream("web form down", Int(day.number), position)
        let fate = random.share()
        let later = Int64(random.lognormal(median: 14_400, sigma: 0.8))
        if fate < 0.65 {
            if created < frame.end { truth.outages.lost["leads", default: 0] += 1 }
            return nil
        }
        guard fate < 0.85 else { return created }
        truth.outages.returned["leads", default: 0] += 1
        return frame.readable(outage.upperBound + min(later, 200_000))
    }
}
