import Basis
import Dealership
import Definitions
import Drawing
import Measures

/// What happened? One outage over time: stages, who knew when, what came in against what was expected.
enum WhatHappenedPage: ReportPage {
    static let tables: [ReportTable] = [.incidents, .incidentCurve, .missing, .delays]

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        guard let incident = Incident(context) else { return NoIncident(context, setting).draw(ledger) }
        let effect = MissingEffect(context, .missing, incident.slice)
        let delays = DelayEffect(context, .delays, incident.slice)
        let curve = CurvePanel(incident: incident, curve: IncidentCurve(incident), effect: effect)
            .block(page: setting.number, ledger: &ledger)
        let times = TimesPanel(incident: incident).block(page: setting.number, ledger: &ledger)
        let expected = ExpectedPanel(incident: incident, effect: effect).block()
        let said = incident.outage.stages.isEmpty ? nil : ReportedPanel(incident: incident).block()
        let headline = headline(incident)
        let feet = PageFeet(context: context, setting: setting, tables: [.outages, .messages, .conversations, .leads])
        var layout = setting.layout(
            incident, headline: headline, sentence: sentence(incident, effect, delays),
            footer: feet.footer(first: footNotes(incident), ledger: ledger))
        layout.add(rows: [
            PageRow(height: .weight(1), .init(span: 12, curve)),
            said.map { PageRow(.init(span: 4, times), .init(span: 3, $0), .init(span: 5, expected)) }
                ?? PageRow(.init(span: 5, times), .init(span: 7, expected)),
        ])
        return DrawnPage(laid: layout.finish(), headline: headline)
    }

    static func headline(_ incident: Incident) -> String {
        let what = incident.title
        let isPlural = WhatBrokeHeadline.isPlural(incident.system)
        let (lasted, when) = (incident.lasted, incident.when)
        if incident.outage.isPlanned {
            return isPlural
                ? say("Planned work: \(what) were down \(lasted), \(when)")
                : say("Planned work: \(what) was down \(lasted), \(when)")
        }
        let twice =
            incident.down.intervals.count > 1 && incident.isDayPrecise
            ? say(", in \(incident.down.intervals.count) stretches")
            : incident.outage.spans.count > 1 ? say(", with \(incident.outage.spans.count) starts") : ""
        if incident.isStillDown {
            return say("\(what) still down on \(Words.day(incident.context.header.asOfDay)): \(lasted) so far\(twice)")
        }
        return isPlural
            ? say("\(what) were down \(lasted), \(when)\(twice)") : say("\(what) was down \(lasted), \(when)\(twice)")
    }

    private static func sentence(_ incident: Incident, _ effect: MissingEffect, _ delays: DelayEffect) -> RichText {
        var parts: [String] = []
        if let open = incident.openWords { parts.append(open) }
        if let most = effect.lost.max(by: { ($0.missing ?? 0, $1.name) < ($1.missing ?? 0, $0.name) }) {
            parts.append(
                say(
                    """
                    **About \(MissingEffect.about(most.missing ?? 0)) \(Words.arrivals(most.name)) never came back** \
                    (\(MissingEffect.likely(most.lower, most.upper))).
                    """))
        } else if let delayed = delays.delayed.first, let excess = delayed.excess {
            parts.append(
                say(
                    """
                    **\(Words.count(delayed.compared)) who wrote waited \(Words.duration(Int64(excess.rounded()))) longer each**; \
                    whether any were lost is unclear.
                    """))
        } else if effect.judged.isEmpty, delays.channels.isEmpty {
            parts.append(say("What it did to customers is not known."))
        } else if effect.kinds.contains(where: \.isShortAtFirst) {
            parts.append(say("Fewer came while it was down; whether any stayed away for good is unclear."))
        } else {
            parts.append(say("Effect on customers unclear: what came in lies within what is usual."))
        }
        return RichText(marked: parts.joined(separator: " "))
    }

    private static func footNotes(_ incident: Incident) -> [String] {
        var notes = [say("Outage \(incident.outage.identifier).")]
        if !incident.hasHours { notes.append(say("No opening hours given: all hours count.")) }
        notes.append(say("Expected: same hours, last clean weeks."))
        return notes
    }
}

extension Incident {
    /// How much of it lay in open hours; nil: hours are not given, or the times are days alone.
    var openWords: String? {
        guard hasHours, !isDayPrecise, !outage.isPlanned else { return nil }
        guard let open = context.count(.incidents, "open_seconds_down", slice).map(Int64.init) else { return nil }
        if open == 0 { return say("All of it lay **outside open hours**.") }
        return open == seconds
            ? say("All of it lay in open hours.") : say("**\(Words.duration(open)) of it lay in open hours.**")
    }
}

extension PageSetting {
    /// A sheet about one outage: its period is the outage's.
    func layout(_ incident: Incident, headline: String, sentence: RichText, footer: PageFooter) -> PageLayout {
        PageLayout(
            format: format, theme: theme, measurer: measurer,
            header: PageHeader(
                question: "\(number)  \(say(text: definition.question))", headline: headline, sentence: sentence,
                place: incident.context.place, period: "\(incident.when)\(incident.year)"),
            footer: footer)
    }
}

extension Incident {
    fileprivate var year: String { " \(lastDay.civil.year)" }
}

/// A report on an outage of a month that has none.
struct NoIncident {
    let context: ReportContext
    let setting: PageSetting
    init(_ context: ReportContext, _ setting: PageSetting) {
        self.context = context
        self.setting = setting
    }

    func draw(_ ledger: FigureLedger) -> DrawnPage {
        let has = context.header.hasOutageLog
        let month = Words.month(context.month)
        let asked = context.request.outage
        let headline =
            asked.map { say("No outage \($0) is on record") }
            ?? (has ? say("No outage recorded in \(month)") : say("No outage log: nobody can tell what broke"))
        let earlier = context.header.outages.filter { !$0.isPlanned }.map {
            $0.zone(context.header).month(at: $0.start)
        }
        let others = Set(earlier.filter { $0 != context.month }).sorted().suffix(3).map(Words.month)
        let sentence =
            has
            ? RichText(
                others.isEmpty
                    ? say("There is none on record in any month.")
                    : say("There are some in \(Words.list(others)): give --month, or --outage and its number."))
            : say("Write down every outage: which system, from when to when. A spreadsheet will do.")
        return MissingPage(
            context: context, setting: setting, headline: headline, sentence: sentence,
            needs: [
                .init(
                    panel: say("What was down, how long"), table: .outages,
                    holds: say("outages with system, started_at, ended_at")),
                .init(panel: say("Whom it hit"), table: .messages, holds: say("calls, texts, e-mails, chats")),
                .init(panel: say("What was lost"), table: .leads, holds: say("leads with created_at")),
                .init(panel: say("Who got something for it"), table: .remedies, holds: say("what was given to whom")),
            ], reads: [.outages]
        ).draw(ledger)
    }
}

extension JournalHeader {
    /// Some export says when systems were down.
    var hasOutageLog: Bool { [.outages, .outageUpdates, .monitorEvents].contains { has($0) } }
}
