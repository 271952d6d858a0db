import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Statistics

/// What broke, and who is owed? Outages over what came in, what they did, hours lost, protocols, what is due.
enum WhatBrokePage: ReportPage {
    static let tables: [ReportTable] = [
        .responsesByChannel, .outages, .outagesBySystem, .outagesOfMonth, .volumes, .volumesByDay, .downtimeBySystem,
        .missing, .delays, .costsOfMonth, .remediesByRung, .protocols,
    ]

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        let log = OutageLog(context)
        switch log.coverage {
        case .none: return missing(log, setting).draw(ledger)
        case .ends(let day) where day < context.month.firstDay && log.entries.isEmpty:
            return missing(log, setting).draw(ledger)
        default: break
        }
        let limit = setting.definition[.outages]
        let volumes = DayVolumes(context)
        let page = setting.number
        let timeline = TimelinePanel(log: log, volumes: volumes, limit: min(limit, 6)).block(
            page: page, ledger: &ledger)
        let loss = LossPanel(log: log, limit: min(limit, 4))
        let waits = OutageWaitPanel(log: log, limit: min(limit, 3)).block(page: page, ledger: &ledger)
        // Where nothing that came in is on record, hours alone can be told.
        let first =
            loss.isKnown || log.entries.isEmpty
            ? [loss.block(page: page, ledger: &ledger), MonthCostPanel(context).block(page: page, ledger: &ledger)]
            : [LostHoursPanel(log: log, limit: min(limit, 3)).block(page: page, ledger: &ledger)]
        let remedies = Remedies(context, .remediesByRung, [:])
        let owed = RemediesPanel(
            remedies: remedies, title: "the month’s outages", month: context.month,
            sub: say("By your ladder, the largest remedy first")
        )
        .block(page: page, ledger: &ledger)
        let claims = ClaimsPanel(context, limit: 2)
        let readiness = ReadinessPanel(log: log, limit: min(limit, 2))
        let headline = WhatBrokeHeadline(log: log, volumes: volumes, loss: loss, remedies: remedies, claims: claims)
        let feet = PageFeet(
            context: context, setting: setting,
            tables: [.outages, .messages, .conversations, .leads, .remedies, .claims])
        let right = [claims.block(page: page, ledger: &ledger), readiness.block(page: page, ledger: &ledger)]
        var layout = setting.layout(
            context, headline: headline.text, sentence: headline.sentence,
            footer: feet.footer(first: footNotes(log, volumes, setting), ledger: ledger))
        layout.add(rows: [
            PageRow(.init(span: 12, timeline)),
            PageRow(
                height: .weight(1), .init(span: 4, blocks: first), .init(span: 5, blocks: [owed, waits]),
                .init(span: 3, blocks: right)),
        ])
        return DrawnPage(laid: layout.finish(), headline: headline.text)
    }

    private static func footNotes(_ log: OutageLog, _ volumes: DayVolumes, _ setting: PageSetting) -> [String] {
        let context = log.context
        var notes: [String] = []
        switch log.coverage {
        case .ends(let day): notes.append(say("The outage log ends \(Words.day(day))."))
        case .silentSince(let day): notes.append(say("The log’s last outage is of \(Words.dayAndYear(day))."))
        case .whole, .none: break
        }
        notes.append(
            log.hasHours
                ? say("Hours lost and waits count open hours.") : say("No opening hours given: all hours count."))
        if volumes.days.contains(where: { volumes.usual($0) != nil }) {
            notes.append(say("Usual: same weekday, last \(volumes.weeks) weeks without an outage."))
        }
        if context.header.audits.contains(where: { $0.table == .outages && $0.rowsSetAside > 0 }) {
            let page = setting.numbers[.believe] ?? 7
            notes.append(page == 7 ? say("Outages set aside: page 7.") : say("Outages set aside: page \(page)."))
        }
        return notes
    }

    /// No log, or one that ends before the month.
    private static func missing(_ log: OutageLog, _ setting: PageSetting) -> MissingPage {
        let context = log.context
        var headline = say("No outage log: nobody can tell what broke")
        var sentence: RichText = say("Write down every outage: which system, from when to when. A spreadsheet will do.")
        if case .ends(let day) = log.coverage {
            headline = say(
                "The outage log ends \(Words.day(day)): nobody can tell what broke in \(Words.monthName(context.month))"
            )
            sentence = RichText(
                say(
                    """
                    Please export outages for \(Words.span(context.month.firstDay, context.month.lastDay)), or move covered-until: \
                    in dealership.yaml if there was none.
                    """))
        }
        let readiness = ReadinessPanel(log: log, limit: 6)
        return MissingPage(
            context: context, setting: setting, headline: headline, sentence: sentence,
            needs: [
                .init(
                    panel: say("What was down, how long"), table: .outages,
                    holds: say("outages with system, started_at, ended_at")),
                .init(panel: say("Whom it hit"), table: .messages, holds: say("calls, texts, e-mails, chats")),
                .init(panel: say("Who got something for it"), table: .remedies, holds: say("what was given to whom")),
                .init(panel: say("What the vendor owes"), table: .claims, holds: say("claims asked and answered")),
            ], reads: [.outages],
            below: [
                PageRow(
                    .init(span: 6, readiness.written()), .init(span: 6, ReadinessPanel.noLadder(context)))
            ])
    }
}

/// What page 5 says in its first two lines.
struct WhatBrokeHeadline {
    let log: OutageLog
    let volumes: DayVolumes
    let loss: LossPanel
    let remedies: Remedies
    let claims: ClaimsPanel
    private var context: ReportContext { log.context }
    private var month: String { Words.monthName(context.month) }

    var text: String {
        guard let longest = log.entries.first else {
            return context.settings.outages.hadNone
                ? say("No outages in \(month), as dealership.yaml states") : say("No outage recorded in \(month)")
        }
        let lasted = Words.duration(longest.open > 0 ? longest.open : longest.wall)
        let outside = log.hasHours && longest.open == 0 ? say(", outside open hours") : ""
        let next = [owed, claim].compactMap { $0 }
        let among =
            log.entries.count > 1 && next.isEmpty
            ? say(", the longest of \(Words.count(log.entries.count)) outages") : ""
        let what =
            longest.isStillDown
            ? say("\(longest.title) still down on \(Words.day(log.context.header.asOfDay)): \(lasted)\(outside) so far")
            : WhatBrokeHeadline.isPlural(longest.system)
                ? say("\(longest.title) were down \(lasted)\(outside)\(among)")
                : say("\(longest.title) was down \(lasted)\(outside)\(among)")
        return ([what] + next).joined(separator: "; ")
    }

    private var owed: String? {
        guard let owed = remedies.owed, owed > 0 else { return nil }
        return say(owed, "\(Words.count(owed)) customer is owed", "\(Words.count(owed)) customers are owed")
    }
    /// Whose credit it is, where it is not that of whose outage leads.
    private var claim: String? {
        guard let next = claims.next, let day = next.month.claimBy else { return nil }
        let (vendor, own) = (next.month.contract.vendor, log.entries.first?.outage.vendor ?? "")
        return own == vendor
            ? say("claim by \(Words.day(day))") : say("claim from \(vendor) by \(Words.day(day))")
    }

    /// `Phone lines were`, `E-mail was`, `DMS was`.
    static func isPlural(_ system: String) -> Bool {
        let end = system.suffix(2)
        return end.last == "s" && (end.first?.isLowercase ?? false) && !["s", "u", "i"].contains(end.first)
    }

    var sentence: RichText {
        guard !log.entries.isEmpty else { return RichText(marked: none) }
        var parts = [cost]
        let quiet = volumes.quietDays
        if let lost = loss.lost {
            let about = MissingEffect.about(lost.kind.missing ?? 0)
            let what = Words.arrivals(lost.kind.name)
            let likely = MissingEffect.likely(lost.kind.lower, lost.kind.upper)
            parts.append(
                log.entries.count > 1
                    ? say("**\(lost.entry.title): about \(about) \(what) never came back** (\(likely)).")
                    : say("**About \(about) \(what) never came back** (\(likely))."))
        } else if let day = quiet.first, quiet.count == 1, let count = volumes.count(day),
            let usual = volumes.usual(day)
        {
            parts.append(
                say(
                    "On \(Words.weekday(day)) **\(Words.count(count)) conversations came instead of the usual \(usual.level.shown(0))**."
                ))
        } else if quiet.count > 1 {
            parts.append(say("**\(quiet.count) days with an outage were clearly quieter than usual.**"))
        } else if let most = log.entries.max(by: { $0.exposed < $1.exposed }), most.exposed > 0 {
            let exposed = Words.counted(most.exposed, "conversation", "conversations")
            parts.append(
                count == 1
                    ? say("It hit **\(exposed)**.")
                    : most.identifier == log.entries[0].identifier
                        ? say("The longest hit **\(exposed)**.")
                        : say("\(most.title) hit **\(exposed)**."))
        }
        if case .ends(let day) = log.coverage { parts.append(say("The log ends \(Words.day(day)).")) }
        return RichText(marked: parts.joined(separator: " "))
    }

    private var count: Int { log.entries.count }

    private var cost: String {
        let lost = log.openTogether
        let hours = log.hasHours ? say("\(Words.duration(lost)) of open hours") : Words.duration(lost)
        let limit =
            log.limit.map {
                lost > $0 ? say(", limit \(Words.duration($0))") : say(", within the limit of \(Words.duration($0))")
            } ?? ""
        let outages = Words.count(count)
        if lost == 0 {
            return say(count, "\(outages) outage cost **no open hour**.", "\(outages) outages cost **no open hour**.")
        }
        return count == 1
            ? say("The outage cost **\(hours)**\(limit).") : say("\(outages) outages cost **\(hours)**\(limit).")
    }

    private var none: String {
        switch log.coverage {
        case .silentSince(let day):
            return say(
                "The log’s last outage is of \(Words.dayAndYear(day)). **If \(month) had none, confirm it: covered-until: in dealership.yaml.**"
            )
        case .ends(let day): return say("The outage log ends \(Words.day(day)); nothing is known of the days after.")
        case .whole, .none:
            let earlier = context.months.dropLast().last {
                (context.count(.outages, "outages", context.at($0)) ?? 0) > 0
            }
            return earlier.map { say("The last one before was in \(Words.month($0)).") }
                ?? say("There is none on record in the months before either.")
        }
    }
}
