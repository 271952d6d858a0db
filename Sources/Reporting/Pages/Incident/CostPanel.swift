import Basis
import Dealership
import Drawing
import Measures

/// What an outage, or a month's outages, cost: each part with its range and how it was got; what is not known is said.
struct OutageCosts {
    enum Kind { case gross, staff, remedies, credit }
    /// How a part was got, or why it is not known.
    enum Origin { case noEnquiries, noDeals, tooFew, missing, noStaffHour, staffHours, noRemedies, remedies, noCredit, claims }

    struct Part {
        var kind: Kind
        /// Nil: not known.
        var amount: Money?
        var low: Money?
        var high: Money?
        var origin: Origin
        /// Figure's code; empty: a sum of parts.
        var code: String

        var name: String {
            switch kind {
            case .gross: say("Gross not earned", context: "part of a cost")
            case .staff: say("Staff time")
            case .remedies: say("Remedies given", context: "part of a cost")
            case .credit: say("Credit received")
            }
        }

        /// The same for the figures' table, whose words are English.
        var method: String { Speech.$book.withValue(.english) { how } }

        var how: String {
            switch origin {
            case .noEnquiries: say("nobody’s enquiry goes through it")
            case .noDeals: say("no deals are exported, whose gross would tell")
            case .tooFew: say("too few enquiries or sales to value it")
            case .missing: say("missing enquiries × share that buys × gross of a sale")
            case .noStaffHour: say("enter staff-hour: under outages:")
            case .staffHours: say("open hours down × people × cost of an hour")
            case .noRemedies: say("no remedies on record")
            case .remedies: say("amounts in the remedies export")
            case .noCredit: say("none so far", context: "credit")
            case .claims: say("amounts in the claims export")
            }
        }
    }

    let context: ReportContext
    let parts: [Part]

    /// `claims`: those whose credits count.
    init(
        _ context: ReportContext, _ table: ReportTable, _ slice: [Dimension: String],
        claims: [OutageLedger.Claim]
    ) {
        self.context = context
        func money(_ column: String) -> Money? {
            if case .money(let amount) = context.cell(table, column, slice) { return amount }
            return nil
        }
        func text(_ column: String) -> String {
            if case .exact(let text) = context.cell(table, column, slice) { return text }
            return ""
        }
        var parts = [
            Part(
                kind: .gross, amount: money("lost_gross"), low: money("lost_gross_low"),
                high: money("lost_gross_high"), origin: OutageCosts.lostOrigin(text("lost_gross_how")), code: "COST-01"),
            Part(
                kind: .staff, amount: money("staff_cost"),
                origin: money("staff_cost") == nil ? .noStaffHour : .staffHours,
                code: "COST-02"),
        ]
        let given = money("remedies_given")
        parts.append(
            Part(
                kind: .remedies, amount: given, origin: given == nil ? .noRemedies : .remedies, code: "COST-03"))
        let received = claims.compactMap(\.amountReceived)
        if context.header.has(.claims) {
            let sum = received.reduce(Money.zero, +)
            parts.append(
                Part(
                    kind: .credit, amount: Money(minorUnits: -sum.minorUnits),
                    origin: received.isEmpty ? .noCredit : .claims, code: ""))
        }
        self.parts = parts
    }

    private static func lostOrigin(_ text: String) -> Origin {
        switch text {
        case "no conversations or leads hit": .noEnquiries
        case "not known: no export of deals": .noDeals
        case "too few enquiries or sales to value", "": .tooFew
        default: .missing
        }
    }

    var known: [Part] { parts.filter { $0.amount != nil } }
    /// What there is a bar or a row for: nothing is drawn of nothing given or received.
    var drawn: [Part] {
        known.filter { $0.amount != .zero || $0.high.map { $0 > .zero } ?? false || $0.kind == .gross || $0.kind == .staff }
    }
    /// Something that costs is known: not credits alone.
    var hasCost: Bool { parts.contains { $0.amount != nil && $0.kind != .credit && $0.amount != .zero } }
    var together: Money { known.reduce(.zero) { $0 + ($1.amount ?? .zero) } }
    var low: Money { known.reduce(.zero) { $0 + ($1.low ?? $1.amount ?? .zero) } }
    var high: Money { known.reduce(.zero) { $0 + ($1.high ?? $1.amount ?? .zero) } }
    var isRange: Bool { low != high }

    /// By how much credits are above all known costs, also the highest; nil: they are not.
    var gain: String? { high < .zero ? rounded(Money(minorUnits: -together.minorUnits)) : nil }

    /// Estimates to ten units of the currency: more digits would claim what nobody knows.
    func rounded(_ amount: Money) -> String {
        guard amount.minorUnits.magnitude >= 100_000 else { return Words.money(amount, context.settings) }
        let tens = (Double(amount.minorUnits) / 1_000).rounded(.toNearestOrAwayFromZero)
        return Words.money(Money(minorUnits: Int64(tens) * 1_000), context.settings)
    }
}

/// How each part of the cost was got, and what is not known.
struct CostOriginPanel {
    let costs: OutageCosts

    func block() -> Block {
        let unknown = costs.parts.filter { $0.amount == nil }
        return Block(
            unknown.isEmpty
                ? say("How each part was got") : say("Not known: \(Words.list(unknown.map { Words.inside($0.name) }))"),
            sub: say("Each line with its origin"),
            plate: PointsPlate(
                points: costs.parts.map { part in
                    let known = part.amount.map { amount in
                        part.low == nil ? Words.money(amount, costs.context.settings) : costs.rounded(amount)
                    }
                    return .init(
                        Label(
                            known.map { "\(part.name), \($0)" } ?? say("\(part.name): not known"),
                            known == nil ? .quiet : .ink),
                        RichText(part.how.capitalizedFirst + "."))
                }))
    }
}

struct CostPanel {
    let costs: OutageCosts
    let title: String
    let month: Month
    let slice: [Dimension: String]
    private var context: ReportContext { costs.context }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        note(page: page, &ledger)
        guard costs.hasCost else {
            return Block(
                say("What it cost is not known"), sub: say("A range, each part with how it was got"),
                plate: NoticePlate(
                    say(
                        """
                        Known are neither lost sales nor the cost of an hour of staff. Enter staff-hour: under outages: in \
                        dealership.yaml, keep remedies, and export leads and sales.
                        """), showsFrame: false))
        }
        return Block(
            finding, sub: say("Known parts; line: likely range. What is not known is not in the sum"), plate: plate)
    }

    private var finding: String {
        let sum = costs.rounded(costs.together)
        if let gain = costs.gain { return say("It brought \(gain) more in credit than it cost, as far as is known") }
        guard costs.isRange else { return say("It cost \(sum), as far as is known") }
        if costs.low <= .zero { return say("It cost up to \(costs.rounded(costs.high))") }
        return say("It cost about \(sum), likely \(costs.rounded(costs.low)) to \(costs.rounded(costs.high))")
    }

    private var plate: WaterfallPlate {
        func value(_ amount: Money) -> Double { Double(amount.minorUnits) / 100 }
        func range(_ low: Money?, _ high: Money?) -> LikelyRange? {
            guard let low, let high, low < high else { return nil }
            return LikelyRange(value(low), value(high))
        }
        func words(_ low: Money?, _ high: Money?) -> Label {
            guard let low, let high, low < high else { return "" }
            return Label(say("\(costs.rounded(low)) to \(costs.rounded(high))"), .quiet)
        }
        var rows = costs.drawn.map { part in
            WaterfallPlate.Row(
                part.name, .value(value(part.amount ?? .zero), likely: range(part.low, part.high)),
                fill: part.code == "COST-01" ? .medium : .soft,
                value: Label(
                    part.low == nil
                        ? Words.money(part.amount ?? .zero, context.settings) : costs.rounded(part.amount ?? .zero)),
                cells: [words(part.low, part.high)])
        }
        if costs.drawn.count > 1 {
            rows.append(
                .init(
                    say("Together"), .value(value(costs.together), likely: range(costs.low, costs.high)), kind: .total,
                    fill: .strong,
                    value: Label(costs.rounded(costs.together)), cells: [words(costs.low, costs.high)]))
        }
        return WaterfallPlate(
            subject: say("What it cost"), columns: costs.isRange ? [say("likely", context: "column")] : [], rows: rows,
            rowHeight: 28)
    }

    private func note(page: Int, _ ledger: inout FigureLedger) {
        for part in costs.known where !part.code.isEmpty {
            ledger.note(
                page: page, context.figure(part.code, month, slice), "\(title), \(part.name.lowercased())",
                estimate: part.amount?.description ?? "", lower: part.low?.description ?? "",
                upper: part.high?.description ?? "",
                n: context.count(.costs, "outages", slice), method: part.method)
        }
    }
}
