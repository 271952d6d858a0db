import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// What each outage did to those who wrote: how many began in it or waited through it, and how long half of them waited.
struct EffectPanel {
    let log: OutageLog
    /// Outages with a row of their own.
    let limit: Int
    private var context: ReportContext { log.context }
    private var shown: [OutageLog.Entry] { Array(log.entries.prefix(limit)) }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        guard !log.entries.isEmpty else {
            return Block(
                "No outage recorded, nobody hit", sub: "Conversations during outages",
                plate: ParagraphPlate("Where an outage is recorded, this panel says who wrote in it and how long they waited."))
        }
        for entry in shown { note(entry, page: page, &ledger) }
        return Block(finding, sub: sub, note: rest, plate: table)
    }

    private var hasConversations: Bool { context.header.has(.messages) || context.header.has(.conversations) }

    private var sub: String {
        guard hasConversations else { return "Longest first, in \(log.hasHours ? "open hours" : "hours by the clock")" }
        return "Wrote: asked while it was down. Hit: waited then. Half within: of those who wrote; others: of the month’s others"
    }

    /// Those whose wait was clearly longer than the others'.
    private var slower: [(entry: OutageLog.Entry, half: Int64, others: Int64)] {
        shown.compactMap { entry in
            guard let own = half(entry.waits), let others = half(entry.otherWaits), own.lower > others.upper else { return nil }
            return (entry, own.estimate, others.estimate)
        }
    }

    private var finding: String {
        let hit = shown.reduce(0) { $0 + $1.exposed }
        if let first = slower.first {
            return "\(first.entry.title): half waited \(words(first.half)), else \(words(first.others))"
        }
        guard hasConversations, log.entries.contains(where: { !$0.channels.isEmpty }) else {
            return "Whom it hit is not known"
        }
        if log.entries.allSatisfy({ $0.exposed == 0 }) { return "No conversation was hit" }
        if log.entries.count == 1 { return "\(log.entries[0].title): \(Words.counted(hit, "conversation", "conversations")) hit; effect on waits unclear" }
        let most = log.entries.max { $0.exposed < $1.exposed }
        return most.map { "\($0.title): \(Words.counted($0.exposed, "conversation", "conversations")) hit; effect on waits unclear" }
            ?? "Effect unclear"
    }

    private func words(_ seconds: Int64) -> String { Words.wait(.seconds(seconds)) }

    /// A median with its limits; nil where there are too few, or the limits are open.
    private func half(_ waits: KaplanMeier?) -> (estimate: Int64, lower: Int64, upper: Int64)? {
        guard let waits, waits.count >= Int64(context.minimumN), case .at(let middle) = waits.quantile(.median),
            let limits = waits.quantileInterval(.median)
        else { return nil }
        var lower = middle
        if case .at(let time) = limits.lower { lower = time }
        var upper = Int64.max
        if case .at(let time) = limits.upper { upper = time }
        return (middle, lower, upper)
    }

    private var table: TablePlate {
        guard hasConversations else {
            return TablePlate(
                subject: "Outages of the month",
                columns: [.init("Outage", flexible: true), .init("Began"), .init("Down", align: .right)],
                rows: shown.map { entry in
                    .row([
                        Label(entry.title), Label(Words.weekday(day(entry))), Label(log.words(entry), bold: true),
                    ])
                })
        }
        return TablePlate(
            subject: "What each outage did",
            columns: [
                .init("Outage", flexible: true), .init(showsDay ? "Day" : ""), .init("Down", align: .right),
                .init("Wrote", align: .right), .init("Hit", align: .right), .init("Half within", align: .right),
                .init("Others", align: .right),
            ], rows: shown.map(row), rowHeight: 16)
    }

    /// Names of stores need the room; the timeline has the days.
    private var showsDay: Bool { !shown.contains { $0.title != $0.system } }

    private func day(_ entry: OutageLog.Entry) -> Day { context.month.firstDay + Int(entry.from) }

    private func row(_ entry: OutageLog.Entry) -> TablePlate.Row {
        let isSlow = slower.contains { $0.entry.identifier == entry.identifier }
        let down = Words.duration(log.hasHours ? entry.open : entry.wall)
        let head = [Label(entry.title, bold: isSlow), Label(showsDay ? Words.day(day(entry)) : "", .quiet), Label(down)]
        guard !entry.channels.isEmpty else {
            return .row(head + [Label("–", .quiet), Label("–", .quiet), Label("–", .quiet), Label("–", .quiet)])
        }
        let own = quantile(entry.waits)
        return .row(
            head + [
                Label(Words.count(entry.began)), Label(Words.count(entry.exposed)),
                isSlow ? .bad(own, cue: .up) : Label(own, own == "too few" ? .quiet : .text),
                Label(quantile(entry.otherWaits), .quiet),
            ])
    }

    private func quantile(_ waits: KaplanMeier?) -> String {
        guard let waits, waits.count > 0 else { return "–" }
        guard waits.count >= Int64(context.minimumN) else { return "too few" }
        switch waits.quantile(.median) {
        case .at(let time): return words(time)
        case .over(let time): return "over \(Words.duration(time))"
        case nil: return "–"
        }
    }

    private var rest: RichText {
        var parts: [String] = []
        let others = log.entries.dropFirst(limit)
        if !others.isEmpty {
            let down = others.reduce(Int64(0)) { $0 + (log.hasHours ? $1.open : $1.wall) }
            let hit = others.reduce(0) { $0 + $1.exposed }
            let each = hasConversations && hit > 0 ? "; \(Words.count(hit)) times a conversation was hit" : ""
            parts.append(
                "**\(Words.counted(others.count, "other outage", "others"))**, each no longer, together "
                    + "\(Words.duration(down)) \(log.hasHours ? "of open hours" : "down")\(each).")
        }
        if !hasConversations {
            parts.append("To see whom they hit, export messages as exports/messages.csv, or conversations as exports/conversations.csv.")
        }
        let mute = Set(shown.filter(\.channels.isEmpty).map(\.system)).sorted()
        if hasConversations, !mute.isEmpty, mute.count <= 3 {
            parts.append("\(Words.list(mute)): no conversation on record goes through \(mute.count == 1 ? "it" : "them").")
        }
        if hasConversations, shown.contains(where: { !$0.channels.isEmpty && $0.waits.map { $0.count < Int64(context.minimumN) } ?? true }) {
            parts.append("Too few: under \(Words.count(context.minimumN)) wrote.")
        }
        return RichText(marked: parts.joined(separator: " "))
    }

    private func note(_ entry: OutageLog.Entry, page: Int, _ ledger: inout FigureLedger) {
        let slice: [Dimension: String] = [.outage: entry.identifier]
        let n = entry.began
        ledger.note(
            page: page, context.figure("OUT-03", context.month, slice), "\(entry.title), open seconds down",
            .count(entry.open), n: 1)
        guard !entry.channels.isEmpty else { return }
        ledger.note(
            page: page, context.figure("OUT-04", context.month, slice), "\(entry.title), conversations hit",
            count: entry.exposed)
        ledger.note(
            page: page, context.figure("OUT-05", context.month, slice), "\(entry.title), conversations begun in it", count: n)
        for (waits, id, label) in [
            (entry.waits, context.figure("OUT-06", context.month, slice), "begun in it, half answered within"),
            (entry.otherWaits, context.figure("RESP-07", context.month, [.channel: entry.channels.joined(separator: "+")]),
                "the month’s others, half answered within"),
        ] {
            guard let waits, waits.count >= Int64(context.minimumN), let half = waits.quantile(.median) else { continue }
            let limits = waits.quantileInterval(.median)
            ledger.note(
                page: page, id, "\(entry.title), \(label)", estimate: plain(half), lower: limits.map { plain($0.lower) } ?? "",
                upper: limits.map { plain($0.upper) } ?? "", n: Int(waits.count), method: limits?.method ?? "")
        }
    }

    private func plain(_ time: TimeQuantile) -> String {
        switch time {
        case .at(let seconds): String(seconds)
        case .over(let seconds): ">\(seconds)"
        }
    }
}
