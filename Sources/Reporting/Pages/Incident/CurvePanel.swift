import Basis
import Dealership
import Drawing
import Measures

/// What came in around the outage over what was expected, with the stages, what was done when, and who waited.
struct CurvePanel {
    let incident: Incident
    let curve: IncidentCurve?
    let effect: MissingEffect
    private var context: ReportContext { incident.context }
    private var outage: Outage { incident.outage }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        note(page: page, &ledger)
        guard let curve else {
            let (from, to) = frame
            return Block(
                say("What came in during it is not known"), sub: say("Stages of the outage"), note: notKnown,
                plate: plate(
                    columns: (0..<count(from, to)).map { _ in .init(.missing(say("no export"))) }, from: from, to: to))
        }
        return Block(finding(curve), sub: sub(curve), note: others(curve), plate: plate(curve))
    }

    // MARK: Words

    private var main: MissingEffect.Kind? { curve.flatMap { curve in effect.kinds.first { $0.name == curve.kind } } }

    private func finding(_ curve: IncidentCurve) -> String {
        let words = Words.arrivals(curve.kind)
        guard let main else { return say("\(words.capitalizedFirst) around the outage") }
        guard main.missing != nil else {
            return say(
                "What is usual is not known: \(Words.counted(main.cleanWeeks, "clean week", "clean weeks")), \(main.weeksNeeded) needed"
            )
        }
        let came = arrived(curve.kind, main.observed)
        if main.isShortAtFirst {
            return say("\(came) came while it was down, instead of the usual \(MissingEffect.about(main.expected))")
        }
        if main.atFirstUpper < 0 {
            return say("\(came) came while it was down, more than the usual \(MissingEffect.about(main.expected))")
        }
        if main.expected < 1 { return say("Hardly any \(words) come at these hours: no effect to see") }
        return say("\(came) came while it was down, usual \(MissingEffect.about(main.expected)): no clear difference")
    }

    /// `1 call`, `12 e-mails`.
    private func arrived(_ kind: String, _ count: Int) -> String {
        let number = Words.count(count)
        if kind.hasPrefix("leads of ") {
            return say(count, "\(number) \(kind.dropFirst(9)) lead", "\(number) \(kind.dropFirst(9)) leads")
        }
        return switch kind.lowercased() {
        case "leads": Words.counted(count, "lead", "leads")
        case "appointments": Words.counted(count, "appointment booked", "appointments booked")
        case "visits": Words.counted(count, "visit", "visits")
        case "sms", "text": Words.counted(count, "text", "texts", context: "arrivals")
        case "email", "e-mail": Words.counted(count, "e-mail", "e-mails", context: "arrivals")
        case "phone", "call": Words.counted(count, "call", "calls", context: "arrivals")
        case "chat": Words.counted(count, "chat", "chats", context: "arrivals")
        case "web", "web-lead", "lead": Words.counted(count, "web lead", "web leads", context: "arrivals")
        case "task": Words.counted(count, "task", "tasks", context: "arrivals")
        default:
            say(count, "\(number) \(Words.channel(kind)) message", "\(number) \(Words.channel(kind)) messages")
        }
    }

    /// `E-mails an hour`.
    private func volumeTitle(_ curve: IncidentCurve) -> String {
        let words = Words.arrivals(curve.kind).capitalizedFirst
        return curve.isByHour ? say("\(words) an hour") : say("\(words) a day")
    }

    /// What a system carries, as the settings name it.
    private func activity(_ name: String) -> String {
        switch name {
        case "leads": say("Leads")
        case "appointments": say("Appointments")
        case "visits": say("Visits")
        case "mailings": say("Mailings")
        case "payments": say("Payments")
        default: Words.channel(name)
        }
    }

    private func sub(_ curve: IncidentCurve) -> String {
        var parts = [volumeTitle(curve)]
        if curve.columns.contains(where: { $0.expected != nil }) {
            parts.append(
                curve.isByHour
                    ? say("Line: expected. Pale: where an hour usually lies")
                    : say("Line: expected. Pale: where a day usually lies"))
        }
        if curve.columns.contains(where: curve.isShort) { parts.append(Colours.named(say("Orange: fewer than that"))) }
        if curve.isByHour { parts.append(say("Hours when nobody writes are left out")) }
        return parts.joined(separator: ". ")
    }

    private func others(_ curve: IncidentCurve) -> RichText {
        let rest = effect.kinds.filter { $0.name != curve.kind }
        guard !rest.isEmpty else { return "" }
        let words = rest.prefix(3).map { kind -> String in
            let name = Words.arrivals(kind.name)
            guard kind.missing != nil else { return say("\(name): too few clean weeks") }
            return kind.isShortAtFirst
                ? say("\(name): **\(Words.count(kind.observed)) instead of \(MissingEffect.about(kind.expected))**")
                : say("\(name): no clear difference")
        }
        let more = rest.count > 3 ? say("; \(rest.count - 3) more kinds on the next page") : ""
        return RichText(marked: say("Also through it: \(words.joined(separator: "; "))\(more)."))
    }

    private var notKnown: RichText {
        let activities = outage.activities(context.settings.outages)
        guard !activities.isEmpty else {
            return say("Say in dealership.yaml what stops when it is down: outages: systems: with activities.")
        }
        let named = activities.map(activity)
        return RichText(say("It carries \(Words.list(named)); export what comes in there to see what was missing."))
    }

    // MARK: Plate

    private func plate(_ curve: IncidentCurve) -> EventPlate {
        let hasWaiting = curve.columns.contains { $0.waiting != nil }
        let columns = curve.columns.map { column -> EventPlate.Column in
            let isAhead = incident.zone.startOfDay(column.day) >= context.header.asOf
            let volume: Reading =
                column.observed.map { .value(Double($0)) }
                ?? (isAhead ? .tooFew(say("not yet over")) : .missing(say("no export")))
            var band: LikelyRange?
            if let lower = column.lower, let upper = column.upper { band = LikelyRange(lower, upper) }
            return EventPlate.Column(
                volume, expected: column.expected, band: band, waiting: column.waiting.map(Double.init),
                signal: curve.isShort(column))
        }
        return EventPlate(
            subject: "\(incident.title), \(incident.when)", lanes: lanes { curve.position($0) },
            marks: marks { curve.position($0) }, columns: columns,
            volumeTitle: volumeTitle(curve),
            waitingTitle: !hasWaiting
                ? "" : curve.isByHour ? say("Waiting at the hour’s end") : say("Waiting at the day’s end"),
            ticks: curve.ticks)
    }

    private func lanes(_ position: (Instant) -> Double) -> [EventPlate.Lane] {
        let partly = incident.outage.partly(context.header)
        var stages: [EventPlate.Stage] = []
        let spans = incident.down.intervals
        for (index, span) in spans.enumerated() {
            let kind: EventPlate.Stage.Kind = outage.isPlanned ? .planned : .down
            let part = partly.intersection(span).intervals.last
            let end = part?.lowerBound ?? span.upperBound
            let label =
                index == spans.count - 1
                ? (incident.isStillDown ? say("\(incident.lasted), still down") : incident.lasted) : ""
            stages.append(
                .init(from: position(span.lowerBound), to: position(end), kind, label: part == nil ? label : ""))
            if let part {
                stages.append(.init(from: position(end), to: position(part.upperBound), .partial, label: label))
            }
        }
        var lanes = [EventPlate.Lane(incident.system, stages)]
        if let start = outage.vendorStart {
            let end = outage.vendorEnd ?? min(outage.end ?? context.header.asOf, context.header.asOf)
            let words =
                outage.vendorEnd.map { incident.isDayPrecise ? "" : Words.duration($0 - start) } ?? say("no end given")
            lanes.append(
                .init(say("Vendor says"), [.init(from: position(start), to: position(end), .down, label: words)]))
        } else if !outage.vendor.isEmpty {
            lanes.append(.init(say("Vendor says"), [], remark: say("no times on file")))
        }
        if !marks({ _ in 0 }).isEmpty { lanes.append(.init(say("We"), [])) }
        return lanes
    }

    private func marks(_ position: (Instant) -> Double) -> [EventPlate.Mark] {
        let steps: [(String, Instant?)] = [
            (say("seen", context: "stage"), outage.detected),
            (say("acknowledged", context: "stage"), outage.acknowledged),
            (say("customers told"), outage.notified),
        ]
        let known = steps.compactMap { name, at in at.map { (name, $0) } }
        // The end alone is told by the stage itself.
        if known.isEmpty { return [] }
        let end = incident.isStillDown ? nil : outage.end.map { (say("back", context: "stage"), $0) }
        let first = incident.zone.day(at: outage.start)
        return (known + [end].compactMap { $0 }).map { name, at in
            .init(at: position(at), "\(name) \(incident.words(at, without: first))")
        }
    }

    // MARK: Without what came in

    /// From a day before to a day after, in hours; of long ones in days.
    private var frame: (Day, Day) {
        (incident.zone.day(at: outage.start) + -1, min(incident.lastDay, context.header.asOfDay) + 1)
    }
    private func count(_ from: Day, _ to: Day) -> Int { max(to - from + 1, 1) }

    private func plate(columns: [EventPlate.Column], from: Day, to: Day) -> EventPlate {
        let zone = incident.zone
        func position(_ instant: Instant) -> Double {
            Double(zone.localSeconds(at: instant) - Int64(from.number) * 86_400) / 86_400
        }
        let step = columns.count > 16 ? 7 : 1
        return EventPlate(
            subject: "\(incident.title), \(incident.when)", lanes: lanes(position), marks: marks(position),
            columns: columns,
            volumeTitle: say("What came in"),
            ticks: stride(from: 0, to: columns.count, by: step).map { .init(Double($0), Words.weekday(from + $0)) },
            absence: .missing(say("nothing on record of what came in through it")))
    }

    private func note(page: Int, _ ledger: inout FigureLedger) {
        for kind in effect.kinds {
            let slice = incident.slice.merging([.kind: kind.name]) { $1 }
            ledger.note(
                page: page, context.figure("MISS-02", incident.month, slice),
                "\(Words.arrivals(kind.name)) while it was down",
                count: kind.observed)
            guard kind.missing != nil else { continue }
            ledger.note(
                page: page, context.figure("MISS-03", incident.month, slice),
                "\(Words.arrivals(kind.name)) expected while it was down",
                estimate: kind.expected.fixed(3), n: kind.cleanWeeks, method: "mean of the last clean weeks, scaled")
        }
    }
}
