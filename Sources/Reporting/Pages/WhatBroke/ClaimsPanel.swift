import Basis
import Dealership
import Drawing
import Measures

/// Credits due from vendors, with the days left to ask for them; what was asked waits for its answer.
struct ClaimsPanel {
    struct Item {
        var month: ContractMonth
        var left: Int?
        var isAsked: Bool
        var isAnswered: Bool
    }

    let context: ReportContext
    /// Vendors with a bar of their own.
    let limit: Int
    let items: [Item]

    /// Credits of the report's month and earlier ones whose deadline has not passed before the report's month began.
    init(_ context: ReportContext, limit: Int) {
        self.context = context
        self.limit = limit
        let header = context.header
        guard !context.settings.contracts.isEmpty else {
            items = []
            return
        }
        let all = ContractMonths(
            LinkingContext(header: header, parameters: LinkingParameters(header.settings)),
            only: (context.month + -3)...context.month
        ).months
        items = all.compactMap { month -> Item? in
            guard month.isCreditDue else { return nil }
            let isAsked = month.claims.contains { !$0.askedAt.isMissing }
            let isAnswered = month.claims.contains { !$0.answeredAt.isMissing }
            if month.month < context.month, isAnswered || (month.claimBy.map { $0 < context.month.firstDay } ?? false) {
                return nil
            }
            return Item(
                month: month, left: month.claimBy.map { $0 - header.asOfDay }, isAsked: isAsked, isAnswered: isAnswered)
        }.sorted {
            ($0.isAsked ? 1 : 0, $0.left ?? .max, $0.month.contract.vendor) < (
                $1.isAsked ? 1 : 0, $1.left ?? .max, $1.month.contract.vendor
            )
        }
    }

    /// The nearest deadline of what is not asked for.
    var next: Item? { items.first { !$0.isAsked && ($0.left ?? -1) >= 0 } }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        guard !context.settings.contracts.isEmpty else {
            return Block(
                say("No contract is on file"), sub: say("Credit due from vendors"),
                plate: NoticePlate(
                    say(
                        "Enter what vendors promise under contracts: in dealership.yaml; credits and deadlines then stand here."
                    ),
                    showsFrame: false))
        }
        guard !items.isEmpty else {
            return Block(
                say("No credit is due"), sub: say("Credit due from vendors"),
                plate: ParagraphPlate(say("By the outage log every promise was kept.")))
        }
        for item in items.prefix(limit) { note(item, page: page, &ledger) }
        let more = items.count - limit
        return Block(
            finding, signal: next.map { ($0.left ?? 99) <= 14 } ?? false,
            note: more > 0 ? RichText(say("And \(more) more.")) : "",
            plate: StackPlate(parts: items.prefix(limit).map(bar), gap: 7))
    }

    private var finding: String {
        let open = items.filter { !$0.isAsked && ($0.left ?? -1) >= 0 }
        let lost = items.filter { !$0.isAsked && ($0.left ?? 0) < 0 }
        if let first = open.first?.left {
            let days = Words.count(first)
            return open.count == 1
                ? say(first, "Ask within \(days) day", "Ask within \(days) days")
                : say(
                    first, "\(open.count) claims, the first within \(days) day",
                    "\(open.count) claims, the first within \(days) days")
        }
        if !lost.isEmpty {
            return lost.count == 1
                ? say("One claim is lost: deadline over") : say("\(lost.count) claims are lost: deadlines over")
        }
        let asked = items.filter { $0.isAsked && !$0.isAnswered }
        let late = asked.filter { !$0.month.isAskedInTime(context.header.zones[0]) }.count
        if late > 0, late == asked.count {
            return say(
                late, "\(Words.count(late)) claim was asked too late", "\(Words.count(late)) claims were asked too late")
        }
        let waiting = asked.count
        if waiting > 0 {
            return say(
                waiting, "\(Words.count(waiting)) claim waits for an answer",
                "\(Words.count(waiting)) claims wait for an answer")
        }
        return items.contains { $0.left == nil && !$0.isAsked }
            ? say("Credit due; no deadline on file") : say("Every claim is answered")
    }

    private func bar(_ item: Item) -> ProgressPlate {
        let contract = item.month.contract
        let within = contract.claimWithinDays ?? 0
        let amount = item.month.creditDue.map { Words.money($0, context.settings) } ?? ""
        let systems = contract.coveredSystems(context.settings.outages)
        // The bar is narrow: the system stands beside the vendor where both fit.
        let both = systems.count == 1 ? "\(contract.vendor), \(systems[0])" : contract.vendor
        let title = both.count <= 24 ? both : contract.vendor
        guard let left = item.left, within > 0 else {
            return ProgressPlate(
                title: title, amount: Label(amount, bold: true),
                share: .tooFew(say("no deadline on file")), note: status(item))
        }
        let isNear = !item.isAsked && left <= 14
        let rest =
            left < 0
            ? Label(say("over", context: "of a deadline"), item.isAsked ? .quiet : .bad, cue: item.isAsked ? nil : .dot)
            : Label(
                say(left, "\(Words.count(left)) day left", "\(Words.count(left)) days left"), isNear ? .bad : .ink,
                bold: true, cue: isNear ? .clock : nil)
        return ProgressPlate(
            title: title, amount: Label(amount, bold: true),
            share: .value(Double(max(within - left, 0)) / Double(within)),
            fill: isNear || (left < 0 && !item.isAsked) ? .bad : .medium, marker: Words.day(context.header.asOfDay),
            rest: rest, note: status(item))
    }

    private func status(_ item: Item) -> String {
        let zone = context.header.zones[0]
        if let claim = item.month.claims.first(where: { !$0.askedAt.isMissing }) {
            let asked = say("Asked \(Words.day(zone.day(at: claim.askedAt.instant)))")
            guard item.isAnswered else {
                return item.month.isAskedInTime(zone) ? say("\(asked), no answer yet") : say("\(asked), after the deadline")
            }
            let got = item.month.received
            return got > .zero
                ? say("\(asked), \(Words.money(got, context.settings)) received") : say("\(asked), answered")
        }
        return item.month.claimBy.map { say("Not asked. Closes \(Words.weekday($0))") } ?? say("Not asked")
    }

    private func note(_ item: Item, page: Int, _ ledger: inout FigureLedger) {
        let slice: [Dimension: String] = [.vendor: item.month.contract.vendor]
        ledger.note(
            page: page, FigureID("VEND-03", item.month.month, slice), "\(item.month.contract.vendor), credit due",
            estimate: item.month.creditDue?.description ?? "", n: 1)
        if let left = item.left, !item.isAsked, left >= 0 {
            ledger.note(
                page: page, FigureID("VEND-04", item.month.month, slice),
                "\(item.month.contract.vendor), days left to claim",
                count: left)
        }
    }
}
