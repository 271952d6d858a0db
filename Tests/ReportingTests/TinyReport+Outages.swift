import Basis
import Dealership
import Drawing
@testable import Measures
@testable import Reporting
import Statistics

/// What outages did, what is owed for them, and vendors' years, made by hand.
extension TinyReport {
    /// An outage of October with its times; hours from the day's midnight.
    @discardableResult
    mutating func outage(
        _ name: String, day: Int, from: Double, hours: Double, system: String = "e-mail", vendor: String = "Northmail",
        shape: (inout Outage) -> Void = { _ in }
    ) -> Outage {
        let start = ZoneRules.utc.startOfDay(month.firstDay + (day - 1)) + Int64(from * 3_600)
        var outage = Outage(
            identifier: name, store: -1, vendor: vendor, system: system, channel: "", start: start,
            end: start + Int64(hours * 3_600), detected: nil, acknowledged: nil, notified: nil, isExternal: true,
            vendorStart: nil, vendorEnd: nil, source: .none)
        shape(&outage)
        outages.append(outage)
        var counts = [Int64](repeating: 0, count: OutageImpact.Counter.allCases.count)
        counts[OutageImpact.Counter.outages.rawValue] = 1
        counts[OutageImpact.Counter.openDown.rawValue] = Int64(hours * 3_600)
        counts[OutageImpact.Counter.wallDown.rawValue] = Int64(hours * 3_600)
        counts[OutageImpact.Counter.open.rawValue] = 31 * 86_400
        let none = [SparseHistogram](repeating: SparseHistogram(), count: OutageImpact.Histogram.allCases.count)
        let tally = Tally(counts: counts, histograms: none)
        for table in [ReportTable.outagesOfMonth, .incidents] { add(table, [name], tally) }
        add(.outages, ["2026-10"], tally)
        add(.outagesBySystem, ["2026-10", system, ""], tally)
        add(.downtimeBySystem, ["2026-10", system], tally)
        return outage
    }

    /// What is missing of a kind: expected and observed while down and until the recapture time's end, as Poisson counts
    /// with a little error. `weeks` under 4: too few.
    mutating func missing(
        _ outage: String, _ kind: String, expected: Double, observed: Int, laterExpected: Double = 60, later: Int = 60,
        weeks: Int = 8
    ) {
        var counts = [Int64](repeating: 0, count: MissingVolume.Counter.allCases.count)
        func set(_ counter: MissingVolume.Counter, _ value: Int64) { counts[counter.rawValue] = value }
        set(.windows, 1)
        set(.tooFew, weeks < 4 ? 1 : 0)
        set(.fewestWeeks, Int64(weeks))
        if weeks >= 4 {
            let unit = VolumeCount.unit
            set(.downObserved, Int64(observed))
            set(.downExpected, Int64(expected * unit))
            set(.downVariance, Int64(expected * 1.2 * unit))
            set(.wholeObserved, Int64(observed + later))
            set(.wholeExpected, Int64((expected + laterExpected) * unit))
            set(.wholeVariance, Int64((expected + laterExpected) * 0.3 * unit))
        }
        add(.missing, [outage, kind], Tally(counts: counts, histograms: []))
    }

    /// Hours of three days around an outage: ten an hour expected from 8 to 18, one in the hours it was down.
    mutating func curve(_ outage: Outage, _ kind: String) {
        let first = ZoneRules.utc.day(at: outage.start) + -1
        for day in 0..<4 {
            for hour in 0..<24 {
                let from = ZoneRules.utc.startOfDay(first + day) + Int64(hour * 3_600)
                let end = outage.end ?? from + 86_400
                let down = max(min(end, from + 3_600) - max(outage.start, from), 0)
                let isOpen = (8..<18).contains(hour)
                var counts = [Int64](repeating: 0, count: OutageCurve.Counter.allCases.count)
                counts[OutageCurve.Counter.stretches.rawValue] = 1
                counts[OutageCurve.Counter.known.rawValue] = 1
                counts[OutageCurve.Counter.observed.rawValue] = isOpen ? (down > 0 ? 1 : 9 + Int64(hour % 3)) : 0
                counts[OutageCurve.Counter.expected.rawValue] = isOpen ? Int64(10 * VolumeCount.unit) : 0
                counts[OutageCurve.Counter.error.rawValue] = isOpen ? Int64(11 * VolumeCount.unit) : 0
                counts[OutageCurve.Counter.secondsDown.rawValue] = down
                let label = "\(first + day) \(hour < 10 ? "0" : "")\(hour):00"
                add(.incidentCurve, [outage.identifier, kind, label], Tally(counts: counts, histograms: []))
            }
        }
    }

    /// Extra wait of so many, in seconds each, with the standard deviation of their mean.
    mutating func delay(_ outage: String, _ channel: String, exposed: Int, excess: Double, deviation: Double) {
        var counts = [Int64](repeating: 0, count: OutageDelay.Counter.allCases.count)
        func set(_ counter: OutageDelay.Counter, _ value: Double) { counts[counter.rawValue] = Int64(value) }
        let n = Double(exposed)
        set(.exposed, n)
        set(.compared, n)
        set(.references, 80)
        set(.waited, n * (excess + 900) * 1_000)
        set(.excess, n * excess * 1_000)
        set(.variance, n * n * deviation * deviation)
        add(.delays, [outage, channel], Tally(counts: counts, histograms: []))
    }

    mutating func expose(_ outage: String, conversations: Int, leads: Int = 0, mailings: Int = 0, customers: Int) {
        var counts = [Int64](repeating: 0, count: OutageExposure.Counter.allCases.count)
        func set(_ counter: OutageExposure.Counter, _ value: Int) { counts[counter.rawValue] = Int64(value) }
        set(.outages, 1)
        set(.conversations, conversations)
        set(.leads, leads)
        set(.mailings, mailings)
        set(.late, mailings)
        set(.recipients, mailings * 812)
        set(.customers, customers)
        for known in [OutageExposure.Counter.knowsConversations, .knowsLeads, .knowsMailings, .knowsVisits] { set(known, 1) }
        add(.exposures, [outage], Tally(counts: counts, histograms: []))
    }

    /// Money in whole units; nil: not known.
    mutating func cost(_ outage: String, lost: (low: Int, middle: Int, high: Int)?, staff: Int?, given: Int? = nil) {
        var counts = [Int64](repeating: 0, count: OutageCost.Counter.allCases.count)
        func set(_ counter: OutageCost.Counter, _ value: Int) { counts[counter.rawValue] = Int64(value) }
        set(.outages, 1)
        set(.windows, 1)
        set(.knowsSales, 1)
        if let lost {
            set(.valued, 1)
            set(.missing, 11_000)
            set(.lostLow, lost.low * 100)
            set(.lost, lost.middle * 100)
            set(.lostHigh, lost.high * 100)
        }
        if let staff {
            set(.knowsStaffHour, 1)
            set(.staffCost, staff * 100)
            set(.staffSeconds, 16_080)
        }
        if let given {
            set(.knowsRemedies, 1)
            set(.remedies, given * 100)
        }
        add(.costs, [outage], Tally(counts: counts, histograms: []))
        add(.costsOfMonth, ["2026-10"], Tally(counts: counts, histograms: []))
    }

    /// Customers of a rung of the ladder, counted from 1; 0: nothing is due to them.
    mutating func remedies(_ outage: String, rung: Int, due: Int, given: Int, worth: Int = 0) {
        var counts = [Int64](repeating: 0, count: OutageRemedies.Counter.allCases.count)
        func set(_ counter: OutageRemedies.Counter, _ value: Int) { counts[counter.rawValue] = Int64(value) }
        set(.exposed, due)
        set(.customers, due)
        if rung > 0 {
            set(.due, due)
            set(.given, given)
            set(.owed, due - given)
            set(.amountOwed, (due - given) * worth * 100)
            set(.amountGiven, given * worth * 100)
        }
        for known in [OutageRemedies.Counter.knowsExposed, .knowsLadder, .knowsRemedies, .knowsComplaints] { set(known, 1) }
        add(.remediesByRung, [outage, rung == 0 ? "" : String(rung)], Tally(counts: counts, histograms: []))
    }

    /// A ladder of three rungs, a contract of each vendor, protocol steps and a rule.
    mutating func owners(_ vendors: [String], systems: [String]) {
        settings.ladder = RemedyLadder(
            rungs: [
                .init(conditions: [.answerLate], give: "explain and apologise", kinds: ["apology"]),
                .init(
                    conditions: [.waitedOver(14_400)], give: "small credit", kinds: ["credit"],
                    amount: Money(minorUnits: 2_500)),
                .init(conditions: [.waitedOver(14_400), .metOrSpokenTo], give: "a call from the manager", kinds: ["call"]),
            ], rareOutages: 1, rareDays: 365, metDays: 30, mostApologies: 2)
        settings.outages.systems = zip(systems, vendors).map { system, vendor in
            OutageSettings.System(
                name: system, activities: ["email"], vendor: vendor, hasProtocol: true,
                protocolSteps: OutageProtocol(
                    steps: [
                        .init(name: "acknowledge", withinSeconds: 1_800, from: .start, clock: .wall),
                        .init(name: "tell-customers", withinSeconds: 3_600, from: .start, clock: .wall),
                        .init(name: "after-care", withinSeconds: 86_400, from: .end, clock: .wall),
                    ]))
        }
        settings.contracts = vendors.map { vendor in
            VendorContract(
                vendor: vendor, availability: .init(milliPercent: 99_900), fee: Money(minorUnits: 164_800),
                tiers: [
                    .init(from: .init(milliPercent: 99_000), below: .init(milliPercent: 99_900), creditPermille: 100),
                    .init(from: nil, below: .init(milliPercent: 99_000), creditPermille: 250),
                ], claimWithinDays: 30, renewal: Day(year: 2027, month: 3, day: 1), noticeDays: 90)
        }
        settings.vendorRule = VendorRule(
            months: 12, switchClauses: [.init([.monthsMissed(3), .claimsAnsweredBelow(500)])],
            watchClauses: [.init([.monthsMissed(2)])])
    }

    /// A vendor's year: months of the contract and those missed.
    mutating func year(_ vendor: String, months: Int = 12, missed: Int, outages: Int = 4, asked: Int = 2, answered: Int = 0) {
        var counts = [Int64](repeating: 0, count: VendorScorecard.Counter.allCases.count)
        func set(_ counter: VendorScorecard.Counter, _ value: Int) { counts[counter.rawValue] = Int64(value) }
        for counter in [VendorScorecard.Counter.renewal, .noticeBy, .daysToNotice] {
            counts[counter.rawValue] = VendorContracts.none
        }
        set(.months, months)
        set(.contractMonths, months)
        set(.kept, months - missed)
        set(.missed, missed)
        set(.outages, outages)
        set(.down, outages * 9_000)
        set(.restored, outages)
        set(.restoreSeconds, outages * 9_000)
        set(.knowsClaims, 1)
        set(.asked, asked)
        set(.answered, answered)
        set(.hasCredit, 1)
        set(.due, missed * 16_480)
        add(.scorecards, [vendor], Tally(counts: counts, histograms: []))
        for back in 0..<months {
            let month = self.month + -back
            var counts = [Int64](repeating: 0, count: VendorContracts.Counter.allCases.count)
            func set(_ counter: VendorContracts.Counter, _ value: Int) { counts[counter.rawValue] = Int64(value) }
            for counter in [VendorContracts.Counter.tier, .claimBy, .daysLeft] {
                counts[counter.rawValue] = VendorContracts.none
            }
            set(.months, 1)
            set(.over, 1)
            set(back < missed ? .missed : .kept, 1)
            set(.promised, 99_900)
            set(.down, back < missed ? 36_000 : 0)
            set(.total, 2_678_400)
            set(.allowed, 2_678)
            add(.contractMonths, [month.description, vendor], Tally(counts: counts, histograms: []))
        }
    }
}
