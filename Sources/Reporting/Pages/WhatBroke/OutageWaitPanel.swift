import Basis
import Dealership
import Drawing
import Measures

/// How much longer those waited whom the month's outages hit, by outage, and what was down how long.
struct OutageWaitPanel {
    let log: OutageLog
    /// Outages with a row of their own.
    let limit: Int
    private var context: ReportContext { log.context }
    /// Those that conversations go through, where any are on record.
    private var hit: [OutageLog.Entry] { hasConversations ? log.entries.filter { !$0.channels.isEmpty } : log.entries }
    private var shown: [OutageLog.Entry] { Array(hit.prefix(limit)) }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        guard !log.entries.isEmpty else {
            return Block(
                say("No outage recorded, nobody hit"),
                plate: ParagraphPlate(
                    say("Where an outage is recorded, this panel says who wrote in it and how much longer they waited.")
                ))
        }
        for entry in log.entries.prefix(6) {
            ledger.note(
                page: page, context.figure("OUT-03", context.month, [.outage: entry.identifier]),
                "\(entry.title), open seconds down", .count(entry.open), n: 1)
        }
        let effects = shown.map { ($0, DelayEffect(context, .delays, [.outage: $0.identifier])) }
        for (entry, effect) in effects { note(entry, effect, page: page, &ledger) }
        guard !effects.isEmpty else {
            return Block(
                finding(effects), plate: ParagraphPlate(say("No conversation on record goes through what was down.")))
        }
        return Block(
            finding(effects), note: rest,
            plate: TablePlate(
                subject: say("Extra wait for those who wrote"),
                columns: [.init("", flexible: true), .init("", align: .right), .init("", align: .right)],
                rows: effects.map { row($0.0, $0.1) }, rowHeight: 14.5))
    }

    private var hasConversations: Bool { context.header.has(.messages) || context.header.has(.conversations) }

    private func finding(_ effects: [(OutageLog.Entry, DelayEffect)]) -> String {
        let delayed = effects.compactMap { entry, effect in effect.delayed.first.map { (entry, $0) } }
            .max { ($0.1.compared, $1.0.identifier) < ($1.1.compared, $0.0.identifier) }
        if let (entry, channel) = delayed, let excess = channel.excess {
            return say("\(entry.title): those who wrote waited \(Words.duration(Int64(excess.rounded()))) longer")
        }
        guard hasConversations, log.entries.contains(where: { !$0.channels.isEmpty }) else {
            return say("Whom it hit is not known")
        }
        if log.entries.allSatisfy({ $0.exposed == 0 }) { return say("No conversation was hit") }
        return log.entries.count == 1
            ? say(
                "\(Words.counted(log.entries[0].exposed, "conversation", "conversations")) hit; effect on waits unclear"
            ) : say("Effect on waits unclear")
    }

    private func row(_ entry: OutageLog.Entry, _ effect: DelayEffect) -> TablePlate.Row {
        guard hasConversations else {
            let down = say("\(Words.duration(log.hasHours ? entry.open : entry.wall)) down")
            return .row([Label(entry.title), Label(down), Label("")])
        }
        let name = Label(say("\(entry.title), \(Words.count(entry.exposed)) hit"))
        if let channel = effect.delayed.first, let excess = channel.excess {
            return .row([
                name, .bad(say("+\(Words.duration(Int64(excess.rounded()))) each"), cue: .up),
                Label(DelayEffect.likely(channel), .quiet),
            ])
        }
        let isTooFew = !effect.channels.isEmpty && effect.channels.allSatisfy { $0.excess == nil }
        return .row([name, Label(isTooFew ? say("too few to say") : say("effect unclear"), .quiet), Label("")])
    }

    private var rest: RichText {
        var parts: [String] = []
        let more = hit.count - limit
        if more > 0 {
            parts.append(say("And \(Words.counted(more, "other outage", "other outages")), each no longer."))
        }
        if !hasConversations {
            parts.append(
                say(
                    "To see whom they hit, export messages as exports/messages.csv, or conversations as exports/conversations.csv."
                ))
        }
        return RichText(marked: parts.joined(separator: " "))
    }

    private func note(_ entry: OutageLog.Entry, _ effect: DelayEffect, page: Int, _ ledger: inout FigureLedger) {
        let slice: [Dimension: String] = [.outage: entry.identifier]
        guard !entry.channels.isEmpty else { return }
        ledger.note(
            page: page, context.figure("OUT-04", context.month, slice), "\(entry.title), conversations hit",
            count: entry.exposed)
        for channel in effect.channels {
            guard let excess = channel.excess else { continue }
            ledger.note(
                page: page, context.figure("DELAY-02", context.month, slice.merging([.channel: channel.name]) { $1 }),
                "\(entry.title), \(Words.channelPlural(channel.name)), extra wait each, open seconds",
                estimate: excess.fixed(3),
                lower: channel.lower.fixed(3), upper: channel.upper.fixed(3), n: channel.compared,
                method: "restricted mean against the same hours of clean weeks, prediction limits")
        }
    }
}
