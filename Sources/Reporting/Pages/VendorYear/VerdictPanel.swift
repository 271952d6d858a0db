import Basis
import Dealership
import Drawing
import Measures

/// Stay, watch or switch by the owner's rule, with the clause that decided and what was found.
struct VerdictPanel {
    let year: VendorYear
    let limit: Int
    private var context: ReportContext { year.context }

    func block() -> Block {
        guard let rule = year.rule else {
            return Block(
                say("No rule set: no verdict"), sub: say("Stay, watch or switch"),
                plate: NoticePlate(
                    say(
                        """
                        Write your rule down before you need it, under rules: vendors: in dealership.yaml: for example switch when the \
                        promise was missed in 3 of 12 months and fewer than half of the claims were answered. This page then says \
                        which vendors to keep, and by which clause.
                        """), showsFrame: false))
        }
        guard !year.vendors.isEmpty else {
            return Block(
                say("No vendor is on file"), sub: say("Stay, watch or switch"),
                plate: ParagraphPlate(say("Name vendors under outages: systems:.")))
        }
        let shown = year.vendors.prefix(limit)
        return Block(
            finding, sub: say("By your own rule, over \(Words.counted(rule.months, "month", "months"))"), note: note,
            plate: PointsPlate(
                points: shown.map { .init(verdict($0), RichText(why($0) + ".")) }, runIn: true))
    }

    private var finding: String {
        let (leave, watch, stay) = (year.of(.switch), year.of(.watch), year.of(.stay))
        if !leave.isEmpty { return say("Switch: \(names(leave))") }
        if !watch.isEmpty { return say("Nobody to switch; watch \(names(watch))") }
        if stay.isEmpty { return say("Too few months to judge: \(year.months) of \(year.monthsWanted) needed") }
        if year.vendors.count == 1 { return say("Stay with \(stay[0].name)") }
        return stay.count == year.vendors.count
            ? say("Stay with all \(stay.count) vendors") : say("Stay with \(stay.count) vendors")
    }

    private func names(_ vendors: [VendorYear.Vendor]) -> String {
        vendors.count <= 3 ? Words.list(vendors.map(\.name)) : say("\(vendors.count) vendors")
    }

    private func verdict(_ vendor: VendorYear.Vendor) -> Label {
        switch vendor.verdict {
        case .stay: Label(say("\(vendor.name): stay."), .good, bold: true, cue: .check)
        case .watch: Label(say("\(vendor.name): watch."), .ink, bold: true, cue: .ring)
        case .switch: Label(say("\(vendor.name): switch."), .bad, bold: true, cue: .dot)
        case nil: Label(say("\(vendor.name): too few months."), .ink, bold: true, cue: .clock)
        }
    }

    private func why(_ vendor: VendorYear.Vendor) -> String {
        if let clause = vendor.clause {
            return ClauseWords(year: year, vendor: vendor).why(clause).capitalizedFirst
        }
        if vendor.verdict == nil { return say("\(year.months) of \(year.monthsWanted) months on record") }
        let missed =
            vendor.contractMonths.map { $0 > 0 ? say("promise missed in \(vendor.missed ?? 0) of \($0) months") : "" }
            ?? ""
        let outages = vendor.outages == 0 ? say("no outage") : Words.counted(vendor.outages, "outage", "outages")
        return say("No clause holds: \(missed.isEmpty ? say("no contract on file") : missed), \(outages)")
    }

    private var note: RichText {
        let more = year.vendors.count - limit
        return more > 0 ? RichText(say("And \(Words.counted(more, "other vendor", "other vendors")).")) : ""
    }
}

/// Credits by contract: due, asked, received, lost; and until when notice can be given.
struct CreditPanel {
    let year: VendorYear
    let limit: Int
    private var context: ReportContext { year.context }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let known = year.vendors.filter { amount($0, "credit_due") != nil }
        guard !known.isEmpty else {
            return Block(
                say("Credits are not known"), sub: say("Due, received, lost"),
                plate: NoticePlate(
                    say(
                        "To say what a missed month is worth, enter fee: and tiers: of each contract in dealership.yaml."
                    ),
                    showsFrame: false))
        }
        let due = known.reduce(Money.zero) { $0 + (amount($1, "credit_due") ?? .zero) }
        let received = year.vendors.reduce(Money.zero) { $0 + (amount($1, "credit_received") ?? .zero) }
        let lost = known.reduce(Money.zero) { $0 + (amount($1, "credit_lost") ?? .zero) }
        for vendor in known {
            guard let lost = amount(vendor, "credit_lost"), lost > .zero else { continue }
            let until = context.month
            ledger.note(
                page: page,
                FigureID("SCORE-07", (until + -(year.monthsWanted - 1))...until, [.vendor: vendor.name]),
                "\(vendor.name), credit lost because nobody asked in time", .money(lost), n: vendor.contractMonths ?? 0)
        }
        let finding =
            lost > .zero
            ? say("\(money(lost)) lost: nobody asked in time")
            : due == .zero
                ? say("No credit is due")
                : received == .zero
                    ? say("\(money(due)) due, nothing received") : say("\(money(due)) due, \(money(received)) received")
        return Block(
            finding, sub: say("Credit by contract over these months"), signal: lost > .zero,
            plate: TablePlate(
                subject: say("Credits by vendor"),
                columns: [
                    .init(say("Vendor"), flexible: true), .init(say("Due", context: "credit"), align: .right),
                    .init(say("Asked", context: "claims"), align: .right),
                    .init(say("Received"), align: .right), .init(say("Lost"), align: .right),
                ],
                rows: rows(known) + (known.count > 1 ? [total(due, received, lost)] : []), rowHeight: 15.5))
    }

    private func rows(_ known: [VendorYear.Vendor]) -> [TablePlate.Row] {
        year.vendors.filter {
            (amount($0, "credit_due") ?? .zero) > .zero || (amount($0, "credit_received") ?? .zero) > .zero
        }
        .prefix(limit).map { vendor in
            let lost = amount(vendor, "credit_lost")
            return .row([
                Label(vendor.name), text(amount(vendor, "credit_due")), asked(vendor),
                text(amount(vendor, "credit_received")),
                lost.map { $0 > .zero ? .bad(money($0), cue: .down) : Label(money($0)) } ?? Label("–", .quiet),
            ])
        }
    }

    private func asked(_ vendor: VendorYear.Vendor) -> Label {
        guard let asked = context.count(.scorecards, "claims_asked", [.vendor: vendor.name]) else {
            return Label("–", .quiet)
        }
        let answered = context.count(.scorecards, "claims_answered", [.vendor: vendor.name]) ?? 0
        return asked == 0
            ? Label("–", .quiet)
            : Label(answered == asked ? Words.count(asked) : say("\(asked), \(asked - answered) open"))
    }

    private func total(_ due: Money, _ received: Money, _ lost: Money) -> TablePlate.Row {
        .total([Label(say("Together")), Label(money(due)), Label(""), Label(money(received)), Label(money(lost))])
    }

    private func amount(_ vendor: VendorYear.Vendor, _ column: String) -> Money? {
        if case .money(let amount) = year.cell(vendor, column) { return amount }
        return nil
    }
    private func text(_ amount: Money?) -> Label { amount.map { Label(money($0)) } ?? Label("–", .quiet) }
    private func money(_ amount: Money) -> String { Words.money(amount, context.settings) }
}

/// Until when notice can be given.
struct NoticePanel {
    let year: VendorYear
    let limit: Int

    func block() -> Block {
        let asOf = year.context.header.asOfDay
        let dated = year.vendors.compactMap {
            vendor -> (vendor: VendorYear.Vendor, contract: VendorContract, notice: Day)? in
            guard let contract = vendor.contract, let notice = contract.noticeDay, notice >= asOf else { return nil }
            return (vendor, contract, notice)
        }.sorted { ($0.notice, $0.vendor.name) < ($1.notice, $1.vendor.name) }
        guard let first = dated.first else {
            return Block(
                say("No renewal is on file"), sub: say("Until when notice can be given"),
                plate: NoticePlate(
                    say("Enter renewal: and notice: of each contract in dealership.yaml."), showsFrame: false))
        }
        return Block(
            say("\(first.vendor.name): notice by \(Words.dayAndYear(first.notice))"),
            sub: say("Until when notice can be given"),
            plate: FactsPlate(
                rows: dated.prefix(limit).map { one in
                    let days = one.notice - asOf
                    let last = Words.dayAndYear(one.notice)
                    let isNear = days <= 60 && one.vendor.verdict != .stay
                    return FactsPlate.Row(
                        Label(one.vendor.name),
                        Label(
                            say(
                                days, "\(last), \(Words.count(days)) day left",
                                "\(last), \(Words.count(days)) days left"), isNear ? .bad : .ink,
                            bold: isNear, cue: isNear ? .clock : nil))
                }, rowHeight: 15.5))
    }
}
