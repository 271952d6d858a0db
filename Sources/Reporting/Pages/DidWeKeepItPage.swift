import Basis
import Dealership
import Definitions
import Drawing
import Measures

/// Did we keep our protocol, and who is owed? Steps, remedies by rung, customers to act on, the vendor's side.
enum DidWeKeepItPage: ReportPage {
    static let tables: [ReportTable] = [.remediesByRung, .protocols]

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        guard let incident = Incident(context) else { return NoIncident(context, setting).draw(ledger) }
        let page = setting.number
        let kept = ProtocolPanel(incident)
        let remedies = Remedies(context, .remediesByRung, incident.slice)
        let steps = kept.block(page: page, ledger: &ledger)
        let rungs = RemediesPanel(
            remedies: remedies, title: incident.title, month: incident.month,
            sub: say("By your ladder, the largest remedy first")
        )
        .block(page: page, ledger: &ledger)
        let vendor = VendorSidePanel(incident: incident).block(page: page, ledger: &ledger)
        let headline = headline(kept, remedies)
        let feet = PageFeet(context: context, setting: setting, tables: [.outages, .remedies, .complaints, .claims])
        var layout = setting.layout(
            incident, headline: headline, sentence: sentence(incident, kept, remedies),
            footer: feet.footer(first: [say("Outage \(incident.outage.identifier).")], ledger: ledger))
        layout.add(rows: [
            PageRow(.init(span: 6, steps), .init(span: 6, rungs)),
            PageRow(
                height: .weight(1), .init(span: 6, vendor), .init(span: 6, OwedListPanel(incident: incident).block())),
        ])
        return DrawnPage(laid: layout.finish(), headline: headline)
    }

    private static func headline(_ kept: ProtocolPanel, _ remedies: Remedies) -> String {
        let steps =
            kept.incident.outage.isPlanned
            ? nil : kept.hasProtocol ? kept.inShort.map { say("Protocol: \($0)") } : say("No protocol was written")
        let owed =
            remedies.owed.map {
                $0 == 0
                    ? say("nobody is owed anything")
                    : say(
                        $0, "\(Words.count($0)) customer is still owed", "\(Words.count($0)) customers are still owed")
            }
            ?? (remedies.hasLadder ? nil : say("who is owed is not decided"))
        let parts = [steps, owed].compactMap { $0 }
        guard let first = parts.first else { return say("Neither protocol nor remedies are on record") }
        return ([first.capitalizedFirst] + parts.dropFirst()).joined(separator: "; ")
    }

    private static func sentence(_ incident: Incident, _ kept: ProtocolPanel, _ remedies: Remedies) -> RichText {
        var parts: [String] = []
        let late = kept.records.filter { $0.standing == .late || $0.standing == .missed }
        if !late.isEmpty {
            let names = late.prefix(3).map { record in
                let standing = record.standing == .late ? say("late", context: "step") : say("missed", context: "step")
                return "\(ProtocolPanel.name(record.step.name).lowercasedFirst) (\(standing))"
            }
            parts.append(
                say("Not kept: **\(Words.list(names))**\(late.count > 3 ? say(" and \(late.count - 3) more") : "")."))
        }
        if incident.outage.isExternal == true, remedies.hasLadder, remedies.due == 0,
            (remedies.count("exposed") ?? 0) > 0
        {
            parts.append(say("It was not ours and is rare: by your ladder no compensation is due."))
        }
        if let owed = remedies.owed, owed > 0 {
            var worth = ""
            if case .money(let amount) = incident.context.cell(remedies.table, "amount_owed", remedies.slice),
                amount > .zero
            {
                worth = say(", worth \(Words.money(amount, incident.context.settings))")
            }
            let exposed = remedies.count("exposed") ?? 0
            let (hit, waiting) = (Words.count(exposed), Words.count(owed))
            parts.append(
                say(
                    exposed, "Of \(hit) customer waiting or due then, **\(waiting) still wait for theirs**\(worth).",
                    "Of \(hit) customers waiting or due then, **\(waiting) still wait for theirs**\(worth)."))
        }
        if parts.isEmpty, (remedies.due ?? 0) > 0, remedies.owed == nil {
            parts.append(say("What was given to whom is not on record."))
        } else if parts.isEmpty {
            parts.append(
                kept.due.isEmpty ? say("Nothing was due.") : say("Everything that was due is on record as done."))
        }
        return RichText(marked: parts.joined(separator: " "))
    }
}

/// What the vendor owes for it: the contract's month, the claim and its deadline.
struct VendorSidePanel {
    let incident: Incident
    private var context: ReportContext { incident.context }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let vendor = incident.vendor
        guard !vendor.isEmpty else {
            return Block(
                say("No vendor is on file for it"), sub: say("What the vendor owes"),
                plate: NoticePlate(
                    say("Name the system’s vendor under outages: systems: in dealership.yaml."), showsFrame: false))
        }
        let header = context.header
        let months = ContractMonths(
            LinkingContext(header: header, parameters: LinkingParameters(header.settings)), vendor: vendor,
            only: incident.month...incident.zone.month(at: max(outageEnd + -1, incident.outage.start))
        ).months
        guard !months.isEmpty else {
            return Block(
                say("No contract with \(vendor) is on file"), sub: say("What the vendor owes"),
                plate: NoticePlate(
                    RichText(
                        say(
                            """
                            Enter what \(vendor) promises under contracts: in dealership.yaml: availability, fee, credit tiers, \
                            days to claim.
                            """)), showsFrame: false))
        }
        for month in months {
            guard let reached = month.availability else { continue }
            ledger.note(
                page: page, FigureID("VEND-01", month.month, [.vendor: vendor]),
                "\(vendor), availability of \(Words.month(month.month))",
                estimate: reached.fixed(6), n: Int(month.total))
        }
        return Block(
            finding(months, vendor), sub: say("\(vendor), by its contract"),
            plate: FactsPlate(rows: months.flatMap(rows), rowHeight: 15.5))
    }

    private var outageEnd: Instant { min(incident.outage.end ?? context.header.asOf, context.header.asOf) }

    private func finding(_ months: [ContractMonth], _ vendor: String) -> String {
        let due = months.filter(\.isCreditDue).compactMap(\.creditDue).reduce(Money.zero, +)
        if due > .zero {
            let claim = months.first { $0.isCreditDue }.flatMap(\.claimBy)
            let isAsked = months.contains { !$0.claims.isEmpty }
            let left = claim.map { $0 - context.header.asOfDay }
            if isAsked { return say("\(Words.money(due, context.settings)) credit due, and asked for") }
            if let left, left < 0 {
                return say("\(Words.money(due, context.settings)) credit lost: the deadline is over")
            }
            let amount = Words.money(due, context.settings)
            return claim.map { say("\(amount) credit due: ask by \(Words.weekday($0))") } ?? say("\(amount) credit due")
        }
        return months.contains { $0.standing == .missed }
            ? say("The promise was broken; no credit is on file") : say("The promise of the month was kept")
    }

    private func rows(_ month: ContractMonth) -> [FactsPlate.Row] {
        var rows = [
            FactsPlate.Row(
                Label(say("\(Words.month(month.month)): promised \(month.contract.availability.shown)")),
                month.availability.map {
                    let words = say("\(PromisePanel.percent($0)) % reached")
                    return month.standing == .missed
                        ? .bad(words, cue: .down) : .good(words, cue: month.standing == .kept ? .check : nil)
                } ?? Label("–", .quiet))
        ]
        if let due = month.creditDue {
            rows.append(.init(say("Credit by the contract"), Label(Words.money(due, context.settings), .ink)))
        }
        if month.isCreditDue {
            rows.append(
                .init(
                    say("Ask by"),
                    month.claimBy.map { day in
                        let left = day - context.header.asOfDay
                        let last = Words.weekday(day)
                        let words =
                            left < 0
                            ? say("\(last), over")
                            : say(
                                left, "\(last), \(Words.count(left)) day left",
                                "\(last), \(Words.count(left)) days left")
                        return left < 0 ? Label(words, .quiet) : Label(words, .ink, bold: true)
                    } ?? Label(say("the contract does not say"), .quiet)))
        }
        for claim in month.claims {
            let day = claim.askedAt.isMissing ? say("not yet") : Words.day(incident.zone.day(at: claim.askedAt.instant))
            let got =
                claim.amountReceived.map { say("\(Words.money($0, context.settings)) received") }
                ?? (claim.answeredAt.isMissing ? say("no answer yet") : say("answered", context: "claim"))
            rows.append(.init(Label(say("Claim \(claim.identifier), asked \(day)")), Label(got)))
        }
        return rows
    }
}

extension Incident {
    /// The outage’s own, else its system's.
    var vendor: String {
        if !outage.vendor.isEmpty { return outage.vendor }
        return context.settings.outages.systems.first { $0.name == outage.system }?.vendor ?? ""
    }
}
