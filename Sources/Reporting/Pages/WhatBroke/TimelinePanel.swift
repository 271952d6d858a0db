import Basis
import Dealership
import Drawing
import Measures

/// The month's outages by system, over conversations a day; without conversations over hours down a day.
struct TimelinePanel {
    let log: OutageLog
    let volumes: DayVolumes
    /// Systems with a row of their own.
    let limit: Int
    private var context: ReportContext { log.context }
    private var hasVolumes: Bool { volumes.days.contains { volumes.count($0) != nil } }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let quiet = volumes.quietDays
        for day in quiet {
            guard let count = volumes.count(day), let usual = volumes.usual(day) else { continue }
            ledger.note(
                page: page, context.figure("VOL-01", context.month, [.day: day.description]),
                "conversations on \(Words.weekday(day)); usual \(usual.level.fixed(1))", estimate: String(count),
                lower: usual.lower.fixed(1), upper: usual.upper.fixed(1), n: usual.weeks,
                method: "limits of one day by its weekday’s last \(usual.weeks) clean weeks (Student’s t)")
        }
        let labels = labelled
        let shown = min(limit, log.systems.count)
        return Block(
            finding(quiet), sub: sub(labels, shown),
            plate: TimelinePlate(
                subject: say("Outages by system over the days of \(Words.month(context.month))"),
                days: volumes.days.map { day($0, quiet) }, systems: systems(labels, shown),
                volumeTitle: hasVolumes ? say("Conversations a day") : say("Hours down a day"),
                usualLabel: usualLabel(quiet)))
    }

    private func finding(_ quiet: [Day]) -> String {
        if let day = quiet.first, quiet.count == 1, let count = volumes.count(day), let usual = volumes.usual(day) {
            let name = say("\(Words.longDayNames[day.weekday]) \(Words.longDay(day))", context: "long weekday and day")
                .capitalizedFirst
            return say("\(name): \(Words.count(count)) conversations instead of the usual \(usual.level.shown(0))")
        }
        if quiet.count > 1 { return say("\(quiet.count) days with an outage were clearly quieter than usual") }
        if log.entries.isEmpty { return say("No outage in \(Words.monthName(context.month))") }
        if !hasVolumes {
            let outages = Words.counted(log.entries.count, "outage", "outages")
            let days = volumes.days.filter(volumes.hadOutage).count
            let month = Words.monthName(context.month)
            return say(days, "\(outages) on \(days) day of \(month)", "\(outages) on \(days) days of \(month)")
        }
        let judged = volumes.days.contains {
            volumes.hadOutage($0) && volumes.count($0) != nil && volumes.usual($0) != nil
        }
        return judged
            ? say("No day with an outage was clearly quieter than usual")
            : say("What is usual is not known: too few weeks without an outage")
    }

    private func sub(_ labels: Set<String>, _ shown: Int) -> String {
        var parts = [
            hasVolumes
                ? say("Outages by system, over conversations a day on all channels")
                : say("Outages by system, over hours down a day")
        ]
        if hasVolumes, volumes.days.contains(where: { volumes.usual($0) != nil }) {
            parts.append(say("Short line: the usual number for that weekday"))
        }
        let closed = volumes.days.filter(volumes.isClosed)
        if !closed.isEmpty {
            let sundays = closed.allSatisfy { $0.weekday == 6 }
            parts.append(sundays ? say("Light columns: Sundays, closed") : say("Light columns: closed"))
        }
        if !hasVolumes, let most = volumes.days.max(by: { hoursDown($0) < hoursDown($1) }), hoursDown(most) > 0 {
            parts.append(say("Most on \(Words.weekday(most))"))
        }
        let mute = log.entries.filter {
            !labels.contains($0.identifier) && log.systems.prefix(shown).contains($0.system)
        }.count
        if mute > 0 { parts.append(say(mute, "\(mute) outage bears no label", "\(mute) outages bear no label")) }
        return parts.joined(separator: ". ")
    }

    private func day(_ day: Day, _ quiet: [Day]) -> TimelinePlate.Day {
        let isQuiet = quiet.contains(day)
        let number = "\(day.civil.day)"
        let isMarked = day.weekday == 0 || day == context.month.firstDay || isQuiet
        let isNamed = day == context.month.firstDay || isQuiet || (day.weekday == 0 && day.civil.day <= 7)
        let label = isMarked ? (isNamed ? "\(Words.dayNames[day.weekday]) \(number)" : number) : ""
        // Days to come are no gap in the export.
        if day > context.header.asOfDay {
            return TimelinePlate.Day(label, .tooFew(say("not yet over")), closed: volumes.isClosed(day))
        }
        guard hasVolumes else {
            return TimelinePlate.Day(label, .value(hoursDown(day)), closed: volumes.isClosed(day))
        }
        let count = volumes.count(day)
        return TimelinePlate.Day(
            label, count.map { .value(Double($0)) } ?? .missing(say("no export")),
            usual: volumes.isClosed(day) && (count ?? 0) == 0 ? nil : volumes.usual(day)?.level,
            closed: volumes.isClosed(day), signal: isQuiet, valueLabel: isQuiet ? Words.count(count ?? 0) : "")
    }

    /// By the clock, some system down.
    private func hoursDown(_ day: Day) -> Double {
        let zone = context.header.zones[0]
        let whole = zone.startOfDay(day)..<zone.startOfDay(day + 1)
        let spans = log.entries.compactMap { entry -> Range<Instant>? in
            let end = min(entry.outage.end ?? context.header.asOf, context.header.asOf)
            guard entry.outage.start < end else { return nil }
            let part = (entry.outage.start..<end).clamped(to: whole)
            return part.isEmpty ? nil : part
        }
        return Double(IntervalSet(spans).seconds) / 3_600
    }

    private func usualLabel(_ quiet: [Day]) -> String {
        guard let first = quiet.first, let usual = volumes.usual(first) else { return "" }
        return say("usual \(usual.level.shown(0))")
    }

    private func systems(_ labels: Set<String>, _ shown: Int) -> [TimelinePlate.System] {
        let names = log.systems
        var rows = names.prefix(shown).map { name in
            TimelinePlate.System(
                name,
                log.entries.filter { $0.system == name }.map {
                    .init(from: $0.from, to: $0.to, label: labels.contains($0.identifier) ? log.words($0) : "")
                })
        }
        if names.count > shown {
            let rest = log.entries.filter { !names.prefix(shown).contains($0.system) }
            rows.append(
                .init(
                    Words.counted(names.count - shown, "other system", "other systems"),
                    rest.map { .init(from: $0.from, to: $0.to, label: "") }))
        }
        let quiet = context.settings.outages.systems.filter { !names.contains(OutageLog.title(system: $0.name)) }
        if !quiet.isEmpty {
            let name =
                quiet.count == 1
                ? OutageLog.title(system: quiet[0].name) : names.isEmpty ? say("All systems") : say("All others")
            rows.append(.init(name, [], remark: say("no outage recorded")))
        } else if names.isEmpty {
            rows.append(.init(say("All systems"), [], remark: say("no outage recorded")))
        }
        return rows
    }

    /// Outages whose label has room beside them: the longest first, none over another mark or label of its system.
    private var labelled: Set<String> {
        // A character of the label takes about a fifth of a day's width.
        let perCharacter = 0.24
        let days = Double(volumes.days.count)
        var taken: [String: [ClosedRange<Double>]] = [:]
        for entry in log.entries {
            taken[entry.system, default: []].append(entry.from...max(entry.to, entry.from + 0.2))
        }
        var labels: Set<String> = []
        for entry in log.entries.prefix(12) {
            let width = Double(log.words(entry).count) * perCharacter + 0.3
            let mark = entry.from...max(entry.to, entry.from + 0.2)
            let others = (taken[entry.system] ?? []).filter { $0 != mark }
            let places = [(mark.upperBound, mark.upperBound + width), (mark.lowerBound - width, mark.lowerBound)]
            let free = places.first { place in
                place.0 >= 0 && place.1 <= days
                    && others.allSatisfy { $0.upperBound < place.0 || $0.lowerBound > place.1 }
            }
            guard let free else { continue }
            labels.insert(entry.identifier)
            taken[entry.system, default: []].append(free.0...free.1)
        }
        return labels
    }
}

extension OutageLog {
    /// `4 h 28`, `2 h 40, of it 30 min open`, `2 h 40 outside open hours`.
    func words(_ entry: Entry) -> String {
        let whole = Words.duration(entry.wall)
        let still = entry.isStillDown ? say(", still down") : ""
        if !hasHours || entry.open == entry.wall { return whole + still }
        if entry.open == 0 { return say("\(whole) outside open hours\(still)") }
        return say("\(whole), of it \(Words.duration(entry.open)) open\(still)")
    }
}
