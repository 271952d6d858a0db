import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// How much runs on channels that the dealership does not manage, and what no export shows.
struct UnseenChannelsPanel {
    let context: ReportContext
    private let all: Int
    private let off: Int
    /// Off-channel and unlisted ones with messages, most first.
    private let channels: [(name: String, messages: Int, isListed: Bool)]

    init(_ context: ReportContext) {
        self.context = context
        all = context.count(.volumes, "messages", context.at(context.month)) ?? 0
        off = context.count(.volumes, "off_channel", context.at(context.month)) ?? 0
        let listed = Dictionary(context.settings.channels.map { ($0.name, $0.management) }) { $1 }
        let month = context.at(context.month)
        channels = context.labels(.volumesByChannel, .channel, where: month).compactMap { name in
            let count = context.count(.volumesByChannel, "messages", context.at(context.month, [.channel: name])) ?? 0
            guard count > 0, listed[name] != .managed else { return nil }
            return (name, count, listed[name] != nil)
        }.sorted { ($1.messages, $0.name) < ($0.messages, $1.name) }
    }

    private var share: Proportion { Proportion(successes: min(off, all), trials: all) }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let sub = say("Share of messages outside managed channels")
        guard !context.settings.channels.isEmpty else {
            return Block(
                say("Managed channels are not listed"), sub: sub,
                plate: NoticePlate(
                    RichText(
                        marked: say("""
                            List your channels under **channels:** in dealership.yaml, each managed or off-channel \
                            (sms: managed, whatsapp: off-channel); this panel then shows what runs outside.
                            """))))
        }
        guard all > 0 else {
            return Block(
                say("No messages to look at"), sub: sub,
                plate: NoticePlate(
                    RichText(marked: say("Export **exports/messages.csv** for \(Words.monthName(context.month)), the channels outside your systems included.")),
                    isMissing: true))
        }
        ledger.note(
            page: page, context.figure("OFF-01", context.month), "Messages outside managed channels, of all known", share)
        let hasRate = all >= context.minimumN
        let value = share.estimate ?? 0
        let finding = !hasRate
            ? say("\(Words.counted(all, "message", "messages")): too few for a share")
            : off == 0 ? say("No message seen outside managed channels") : say("\(Words.share(value, decimals: 1)) of what we see runs outside")
        return Block(finding, sub: sub, plate: StackPlate(parts: parts(hasRate), gap: 11))
    }

    private func parts(_ hasRate: Bool) -> [any Plate] {
        var parts: [any Plate] = []
        if hasRate, let before {
            parts.append(ParagraphPlate(before))
        }
        if !channels.isEmpty {
            let rows = channels.prefix(4).map { channel in
                BarsPlate.Row(
                    Words.channel(channel.name), labelNote: channel.isListed ? "" : say("not listed"),
                    .value(Double(channel.messages)), end: Label(Words.count(channel.messages)))
            }
            parts.append(BarsPlate(subject: say("Messages outside managed channels"), rows: Array(rows), rowHeight: 20))
        }
        parts.append(FactsPlate(title: say("Not seen at all"), rows: unseen, rowHeight: 14))
        return parts
    }

    /// The month before, and whether anything clearly changed.
    private var before: RichText? {
        let earlier = context.month + -1
        guard let total = context.count(.volumes, "messages", context.at(earlier)), total >= context.minimumN,
            let outside = context.count(.volumes, "off_channel", context.at(earlier))
        else { return nil }
        let past = Proportion(successes: min(outside, total), trials: total)
        let difference = NewcombeDifference(first: share, second: past)
        guard let change = Words.change(difference, on: Words.monthName(earlier)) else { return nil }
        return RichText(
            marked: say("\(Words.count(off)) of \(Words.count(all)) messages: **\(change)**."))
    }

    private var unseen: [FactsPlate.Row] {
        let silent = context.settings.channels.filter { channel in
            (context.count(.volumesByChannel, "messages", context.at(context.month, [.channel: channel.name])) ?? 0) == 0
        }
        let rows = silent.prefix(3).map { channel in
            FactsPlate.Row(Label(Words.channel(channel.name), cue: .ring), Label(say("no export for \(Words.shortMonth(context.month))")))
        }
        // No export can show these; an audit sample could bound them.
        return rows + [
            FactsPlate.Row(Label(say("Personal phones"), cue: .ring), say("not sampled")),
            FactsPlate.Row(Label(say("Counter and walk-in"), cue: .ring), say("not recorded")),
        ]
    }
}
