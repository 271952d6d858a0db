import Basis
import Dealership
import Measures

/// What one vendor owes for one month by its contract, as a letter says it.
struct CreditClaim {
    let context: ReportContext
    let vendor: String
    /// One a contract in force in the month, in order of their beginning.
    let months: [ContractMonth]
    let zone: ZoneRules

    /// Nil: no vendor is chosen, and none is alone in having a contract.
    init?(_ context: ReportContext) {
        let vendors = Set(context.settings.contracts.map(\.vendor)).sorted()
        guard let vendor = context.request.vendor ?? (vendors.count == 1 ? vendors.first : nil) else { return nil }
        self.context = context
        self.vendor = vendor
        let header = context.header
        let all = ContractMonths(
            LinkingContext(header: header, parameters: LinkingParameters(header.settings)), vendor: vendor,
            only: context.month...context.month)
        months = all.months
        zone = all.zone
    }

    var header: JournalHeader { context.header }
    var slice: [Dimension: String] { [.vendor: vendor] }
    var due: Money? {
        let known = months.compactMap(\.creditDue)
        return known.isEmpty ? nil : known.reduce(Money.zero, +)
    }
    var isDue: Bool { (due ?? .zero) > .zero }
    var isMissed: Bool { months.contains { $0.standing == .missed } }
    var claimBy: Day? { months.filter(\.isCreditDue).compactMap(\.claimBy).min() }
    var daysLeft: Int? { claimBy.map { $0 - header.asOfDay } }
    var claims: [OutageLedger.Claim] { months.flatMap(\.claims) }
    var systems: [String] {
        let named = months.flatMap { $0.contract.coveredSystems(context.settings.outages) }
        return Array(Set(named)).sorted()
    }

    /// With cents: a claim is exact.
    func exact(_ amount: Money) -> String {
        let magnitude = amount.minorUnits.magnitude
        let whole = Words.count(Int(magnitude / 100))
        let cents = magnitude % 100
        let digits = "\(whole)\(Speech.book.numbers.decimal)\(twoDigits(Int(cents)))"
        return (amount.minorUnits < 0 ? "\u{2212}" : "") + Words.amount(digits, context.settings.currency)
    }

    /// `13 Oct 2026, 9:02:40`: to the second, as logs have it; of day-precise outages the day.
    func time(_ instant: Instant, store: Int32, isDay: Bool) -> String {
        let zone = store >= 0 ? header.zone(ofStore: Int(store)) : zone
        let day = zone.day(at: instant)
        if isDay { return Words.day(day) }
        let second = Int(zone.localSeconds(at: instant) - Int64(day.number) * 86_400)
        let rest = second % 60
        return "\(Words.day(day)), \(Words.clock(second))" + (rest == 0 ? "" : ":\(rest < 10 ? "0" : "")\(rest)")
    }

    /// `4 h 28 min 10 s`: exact.
    static func seconds(_ seconds: Int64) -> String {
        let parts = [(seconds / 3_600, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")].filter { $0.0 > 0 }
        return parts.isEmpty ? "0 s" : parts.map { "\(Words.count(Int($0.0))) \($0.1)" }.joined(separator: " ")
    }

    /// Availability reached, cut to a thousandth of a percent in exact integers, so that what is short of the promise does
    /// not print as it: `98.501 %`.
    static func reached(_ month: ContractMonth) -> String {
        guard month.total > 0 else { return "" }
        return VendorContract.Availability(milliPercent: Int((month.total - month.down) * 100_000 / month.total)).shown
    }
}

extension VendorContract.Availability {
    /// `99.9 %`, with the decimal sign of the document's language.
    var shown: String { Speech.book.numbers.decimals(words) }
}
