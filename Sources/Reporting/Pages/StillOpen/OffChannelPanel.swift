import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// How much of the known traffic runs past the dealership's channels, and what an audit sample allows.
struct OffChannelPanel {
    let context: ReportContext
    private let share: Proportion
    /// Those that are not managed and have messages, most first.
    private let channels: [(name: String, messages: Int)]

    init(_ context: ReportContext) {
        self.context = context
        share = context.tally(.offChannel).map { OffChannel.share($0) } ?? Proportion(successes: 0, trials: 0)
        channels = context.labels(.offChannel, .channel).compactMap { name in
            let count = context.count(.offChannel, "off_channel", [.channel: name]) ?? 0
            return count > 0 ? (name, count) : nil
        }.sorted { ($1.messages, $0.name) < ($0.messages, $1.name) }
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let sub = say("Messages outside managed channels, of all known")
        guard !context.settings.channels.isEmpty else {
            return Block(
                say("Managed channels are not listed"), sub: sub,
                plate: NoticePlate(
                    RichText(
                        marked: say("""
                            List your channels under **channels:** in dealership.yaml, each managed or off-channel \
                            (sms: managed, whatsapp: off-channel).
                            """))))
        }
        guard share.trials > 0 else {
            return Block(
                say("What runs outside is not known"), sub: sub,
                plate: NoticePlate(
                    RichText(
                        marked: say(
                            "Export **exports/messages.csv** for \(Words.monthName(context.month)), every channel.")),
                    isMissing: true))
        }
        let hasRate = share.trials >= context.minimumN
        if hasRate {
            ledger.note(
                page: page, context.figure("OFF-02", context.month), "Messages outside managed channels, of all known",
                context.cell(.offChannel, "share"), n: share.trials)
        }
        ledger.note(
            page: page, context.figure("OFF-04", context.month), "Messages called off-channel", count: share.successes)
        let value = share.estimate ?? 0
        let finding = !hasRate
            ? say("\(Words.counted(share.trials, "message", "messages")): too few for a share")
            : share.successes == 0 ? say("No message seen outside managed channels")
                : say("\(Words.share(value, decimals: 1)) of what we see runs outside")
        return Block(finding, sub: sub, plate: StackPlate(parts: parts(page: page, &ledger), gap: 9))
    }

    private func parts(page: Int, _ ledger: inout FigureLedger) -> [any Plate] {
        var seen = channels.prefix(3).map { FactsPlate.Row(Label(Words.channel($0.name)), Label(Words.count($0.messages))) }
        for channel in channels.prefix(3) {
            ledger.note(
                page: page, context.figure("OFF-04", context.month, [.channel: channel.name]),
                "\(Words.channel(channel.name)), messages called off-channel", count: channel.messages)
        }
        if let unlisted = context.count(.offChannel, "unlisted"), unlisted > 0 {
            ledger.note(
                page: page, context.figure("OFF-05", context.month), "Messages on channels not listed", count: unlisted)
            seen.append(FactsPlate.Row(say("On channels not listed"), Label(Words.count(unlisted))))
        }
        seen.append(FactsPlate.Row(say("All known messages"), Label(Words.count(share.trials))))
        return [FactsPlate(title: say("In the exports"), rows: seen, rowHeight: 14), audit(page: page, &ledger)]
    }

    private func audit(page: Int, _ ledger: inout FigureLedger) -> any Plate {
        guard let audit = context.settings.offChannelAudit, audit.lookedAt > 0 else {
            return ParagraphPlate(
                RichText(
                    marked: say("""
                        **What no export shows is not known.** Look through 200 contacts by hand and enter \
                        off-channel-audit: { looked-at: 200, off-channel: 31 } in dealership.yaml.
                        """)))
        }
        let found = audit.proportion
        ledger.note(page: page, context.figure("OFF-03", context.month), "Outside managed channels by audit", found)
        let limits = found.wilson()
        let words = found.trials >= context.minimumN ? found.estimate.map { Words.share($0) } ?? "–" : say("too few")
        return FactsPlate(
            title: say("In the audit sample"),
            rows: [
                .init(say("Looked at by hand"), Label(Words.count(audit.lookedAt))),
                .init(
                    say("Of these outside"), Label("\(Words.count(audit.offChannel)), \(words)", bold: true),
                    note: limits.map { say("\(Words.likely($0.lower, $0.upper)) of all contacts") } ?? ""),
            ], rowHeight: 14)
    }
}
