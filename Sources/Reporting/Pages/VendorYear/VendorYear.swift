import Basis
import Dealership
import Measures

/// The year's vendors as pages print them, those to act on first.
struct VendorYear {
    struct Vendor {
        var name: String
        var tally: Tally
        /// Nil: the owner has no rule.
        var verdict: VendorRule.Verdict?
        var clause: VendorRule.Clause?
        /// Availability promised at the end of the year; nil: no contract is on file.
        var contract: VendorContract?
        /// Nil: no contract in these months.
        var contractMonths: Int?
        var missed: Int?
        var outages: Int
        var wallSeconds: Int64
    }

    let context: ReportContext
    let vendors: [Vendor]
    let rule: VendorRule?
    /// Whole months on record, and those looked at.
    let months: Int
    let monthsWanted: Int

    init(_ context: ReportContext) {
        self.context = context
        rule = context.settings.vendorRule
        let card = context.specs[.scorecards]?.request.measure as? VendorScorecard ?? VendorScorecard(rule: rule)
        monthsWanted = card.months
        var months = 0
        vendors = context.labels(.scorecards, .vendor).compactMap { name -> Vendor? in
            let slice: [Dimension: String] = [.vendor: name]
            guard let tally = context.tally(.scorecards, slice) else { return nil }
            func count(_ column: String) -> Int? { context.count(.scorecards, column, slice) }
            months = max(months, count("months") ?? 0)
            let decided = card.decided(tally)
            return Vendor(
                name: name, tally: tally, verdict: decided?.verdict, clause: decided?.clause,
                contract: context.settings.contracts.last { $0.vendor == name },
                contractMonths: count("contract_months"),
                missed: count("missed"), outages: count("outages") ?? 0,
                wallSeconds: Int64(count("wall_seconds_down") ?? 0))
        }.sorted {
            ($1.verdict?.rawValue ?? 0, $1.missed ?? 0, $1.wallSeconds, $0.name)
                < ($0.verdict?.rawValue ?? 0, $0.missed ?? 0, $0.wallSeconds, $1.name)
        }
        self.months = months
    }

    func of(_ verdict: VendorRule.Verdict) -> [Vendor] { vendors.filter { $0.verdict == verdict } }
    var underContract: [Vendor] { vendors.filter { ($0.contractMonths ?? 0) > 0 } }
    var thatMissed: [Vendor] { vendors.filter { ($0.missed ?? 0) > 0 } }

    func cell(_ vendor: Vendor, _ column: String) -> Cell { context.cell(.scorecards, column, [.vendor: vendor.name]) }
}

/// A rule's conditions with what was found, as a manager reads them.
struct ClauseWords {
    let year: VendorYear
    let vendor: VendorYear.Vendor
    private func count(_ column: String) -> Int? { year.context.count(.scorecards, column, [.vendor: vendor.name]) }

    /// `missed 4 months (rule: 3 or more), 1 of 4 claims answered (rule: under 50 %)`.
    func why(_ clause: VendorRule.Clause) -> String { Words.list(clause.conditions.map(words)) }

    private func words(_ condition: VendorRule.Condition) -> String {
        switch condition {
        case .monthsMissed(let least):
            return say(
                "\(Words.counted(vendor.missed ?? 0, "month", "months")) below the promise (rule: \(least) or more)")
        case .outages(let least):
            return say("\(Words.counted(vendor.outages, "outage", "outages")) (rule: \(least) or more)")
        case .downOver(let seconds):
            return say("down \(Words.duration(vendor.wallSeconds)) in all (rule: over \(Words.duration(seconds)))")
        case .claimsAnsweredBelow(let permille):
            let (answered, asked) = (count("claims_answered") ?? 0, count("claims_asked") ?? 0)
            let share = (Double(permille) / 10).shown(permille % 10 == 0 ? 0 : 1)
            return say(
                asked, "\(answered) of \(asked) claim answered (rule: under \(share) %)",
                "\(answered) of \(asked) claims answered (rule: under \(share) %)")
        case .restoreOver(let seconds):
            var mean = say("long", context: "time until it was back")
            if case .mean(let value) = year.cell(vendor, "mean_seconds_to_restore") {
                mean = Words.duration(Int64(value))
            }
            return say("\(mean) on average until it was back (rule: over \(Words.duration(seconds)))")
        case .promisesBroken(let least):
            return say(
                "\(Words.counted(count("promises_broken") ?? 0, "promise", "promises")) broken (rule: \(least) or more)"
            )
        }
    }
}
