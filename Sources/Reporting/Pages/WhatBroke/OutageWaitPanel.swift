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
    private var shown: [OutageLog.Entry] { Array(log.entries.prefix(limit)) }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        guard !log.entries.isEmpty else {
            return Block(
                "No outage recorded, nobody hit", sub: "Extra wait for those who wrote",
                plate: ParagraphPlate("Where an outage is recorded, this panel says who wrote in it and how much longer they waited."))
        }
        let effects = shown.map { ($0, DelayEffect(context, .delays, [.outage: $0.identifier])) }
        for (entry, effect) in effects { note(entry, effect, page: page, &ledger) }
        return Block(
            finding(effects), sub: sub, note: rest,
            plate: TablePlate(
                subject: "Outages of the month", columns: columns, rows: effects.map { .row(cells($0.0, $0.1)) }, rowHeight: 15))
    }

    private var hasConversations: Bool { context.header.has(.messages) || context.header.has(.conversations) }

    private var sub: String {
        hasConversations ? "Longest first. Hit: waited while it was down. Longer: open time, each" : "Longest first"
    }

    private func finding(_ effects: [(OutageLog.Entry, DelayEffect)]) -> String {
        let delayed = effects.compactMap { entry, effect in effect.delayed.first.map { (entry, $0) } }
            .max { ($0.1.compared, $1.0.identifier) < ($1.1.compared, $0.0.identifier) }
        if let (entry, channel) = delayed, let excess = channel.excess {
            return "\(entry.title): \(Words.duration(Int64(excess.rounded()))) longer each"
        }
        guard hasConversations, log.entries.contains(where: { !$0.channels.isEmpty }) else { return "Whom it hit is not known" }
        if log.entries.allSatisfy({ $0.exposed == 0 }) { return "No conversation was hit" }
        return log.entries.count == 1
            ? "\(Words.counted(log.entries[0].exposed, "conversation", "conversations")) hit; effect on waits unclear" : "Effect on waits unclear"
    }

    private var columns: [TablePlate.Column] {
        [.init("Outage", flexible: true), .init("Down", align: .right)]
            + (hasConversations ? [.init("Hit", align: .right), .init("Longer", align: .right), .init("likely", align: .right)] : [])
    }

    private func cells(_ entry: OutageLog.Entry, _ effect: DelayEffect) -> [Label] {
        let head = [Label(entry.title), Label(Words.duration(log.hasHours ? entry.open : entry.wall))]
        guard hasConversations else { return head }
        guard !entry.channels.isEmpty else { return head + [Label("–", .quiet), Label("–", .quiet), Label("")] }
        let hit = Label(Words.count(entry.exposed))
        if let channel = effect.delayed.first, let excess = channel.excess {
            return head + [
                hit, .bad("+\(Words.duration(Int64(excess.rounded())))", cue: .up), Label(DelayEffect.likely(channel), .quiet),
            ]
        }
        if effect.channels.isEmpty { return head + [hit, Label("–", .quiet), Label("")] }
        let isTooFew = effect.channels.allSatisfy { $0.excess == nil }
        return head + [hit, Label(isTooFew ? "too few" : "unclear", .quiet), Label("")]
    }

    private var rest: RichText {
        var parts: [String] = []
        let others = log.entries.dropFirst(limit)
        if !others.isEmpty {
            let down = others.reduce(Int64(0)) { $0 + (log.hasHours ? $1.open : $1.wall) }
            parts.append(
                "**\(Words.counted(others.count, "other outage", "others"))**, each no longer, together "
                    + "\(Words.duration(down)) \(log.hasHours ? "of open hours" : "down").")
        }
        if !hasConversations {
            parts.append("To see whom they hit, export messages as exports/messages.csv, or conversations as exports/conversations.csv.")
        }
        let mute = Set(shown.filter(\.channels.isEmpty).map(\.system)).sorted()
        if hasConversations, !mute.isEmpty, mute.count <= 3 {
            parts.append("\(Words.list(mute)): no conversation on record goes through \(mute.count == 1 ? "it" : "them").")
        }
        return RichText(marked: parts.joined(separator: " "))
    }

    private func note(_ entry: OutageLog.Entry, _ effect: DelayEffect, page: Int, _ ledger: inout FigureLedger) {
        let slice: [Dimension: String] = [.outage: entry.identifier]
        ledger.note(
            page: page, context.figure("OUT-03", context.month, slice), "\(entry.title), open seconds down", .count(entry.open), n: 1)
        guard !entry.channels.isEmpty else { return }
        ledger.note(
            page: page, context.figure("OUT-04", context.month, slice), "\(entry.title), conversations hit", count: entry.exposed)
        for channel in effect.channels {
            guard let excess = channel.excess else { continue }
            ledger.note(
                page: page, context.figure("DELAY-02", context.month, slice.merging([.channel: channel.name]) { $1 }),
                "\(entry.title), \(Words.channelPlural(channel.name)), extra wait each, open seconds", estimate: excess.fixed(3),
                lower: channel.lower.fixed(3), upper: channel.upper.fixed(3), n: channel.compared,
                method: "restricted mean against the same hours of clean weeks, prediction limits")
        }
    }
}
