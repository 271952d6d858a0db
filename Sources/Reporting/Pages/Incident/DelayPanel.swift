import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// How much longer those waited whom an outage hit, by channel, as far as the limits allow to say.
struct DelayEffect {
    struct Channel {
        var name: String
        var exposed: Int
        var compared: Int
        /// Seconds of excess, each; nil: nothing to hold them against.
        var excess: Double?
        var lower = 0.0
        var upper = 0.0
        var references: Int
        var referencesNeeded = 0
        var isDelayed: Bool { excess != nil && lower > 0 }
    }

    let channels: [Channel]

    init(_ context: ReportContext, _ table: ReportTable, _ slice: [Dimension: String]) {
        channels = context.labels(table, .channel, where: slice).compactMap { name -> Channel? in
            let own = slice.merging([.channel: name]) { $1 }
            guard let exposed = context.count(table, "exposed", own), exposed > 0 else { return nil }
            func number(_ column: String) -> Double {
                if case .mean(let value) = context.cell(table, column, own) { return value }
                return 0
            }
            var channel = Channel(
                name: name, exposed: exposed, compared: context.count(table, "compared", own) ?? 0,
                references: context.count(table, "references", own) ?? 0)
            switch context.cell(table, "excess_mean_seconds", own) {
            case .mean(let excess):
                channel.excess = excess
                (channel.lower, channel.upper) = (
                    number("excess_mean_seconds_lower"), number("excess_mean_seconds_upper")
                )
            case .tooFew(let few): channel.referencesNeeded = few.needed
            default: break
            }
            return channel
        }.sorted { ($1.exposed, $0.name) < ($0.exposed, $1.name) }
    }

    var delayed: [Channel] { channels.filter(\.isDelayed) }

    /// `2 h 12 to 3 h 36`; below 0 nobody waited longer.
    static func likely(_ channel: Channel) -> String {
        say("\(signed(channel.lower)) to \(signed(channel.upper))")
    }
    private static func signed(_ seconds: Double) -> String {
        let whole = Int64(seconds.rounded(.toNearestOrAwayFromZero))
        return whole < 0 ? "\u{2212}\(Words.duration(-whole))" : Words.duration(whole)
    }
}

struct DelayPanel {
    let incident: Incident
    let effect: DelayEffect
    private var context: ReportContext { incident.context }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        guard !effect.channels.isEmpty else {
            let has = context.header.has(.messages) || context.header.has(.conversations)
            return Block(
                has ? say("Nobody was waiting for an answer") : say("Who waited is not known"),
                sub: say("Extra wait for those who wrote"),
                plate: has
                    ? ParagraphPlate(say("No conversation on record ran through it while it was down."))
                    : NoticePlate(
                        say("To see who waited, export messages as exports/messages.csv."), isMissing: true,
                        showsFrame: false))
        }
        for channel in effect.channels { note(channel, page: page, &ledger) }
        return Block(
            finding, sub: say("Open time beyond the usual. Line: likely range"), note: rest,
            plate: IntervalsPlate(
                subject: say("Extra wait each, hours"),
                groups: [.init(rows: effect.channels.prefix(5).map(row))],
                reference: .init(0, say("none", context: "reference line")), showsAxis: false))
    }

    private var finding: String {
        guard let first = effect.delayed.first, let excess = first.excess else {
            return effect.channels.allSatisfy({ $0.excess == nil })
                ? say("Extra wait: too little to compare with") : say("Effect on waits unclear")
        }
        let whose = Words.channelPlural(first.name).capitalizedFirst
        return say("\(whose) waited \(Words.duration(Int64(excess.rounded()))) longer each")
    }

    private func row(_ channel: DelayEffect.Channel) -> IntervalsPlate.Row {
        let name = Words.channel(channel.name)
        guard let excess = channel.excess else {
            return .init(name, .tooFew(Words.tooFew(channel.references, of: channel.referencesNeeded)), value: "")
        }
        let reading = Reading.value(excess / 3_600, likely: LikelyRange(channel.lower / 3_600, channel.upper / 3_600))
        return channel.isDelayed
            ? .init(
                name, reading, value: Label("+\(Words.duration(Int64(excess.rounded())))", .bad, bold: true), tone: .bad
            )
            : .init(name, reading, value: say("effect unclear"), tone: .text, hollow: true)
    }

    private var rest: RichText {
        let likely = effect.delayed.prefix(2).map {
            say("\(Words.channel($0.name)): likely \(DelayEffect.likely($0)) each.")
        }
        let exposed = effect.channels.reduce(0) { $0 + $1.exposed }
        let compared = effect.channels.reduce(0) { $0 + $1.compared }
        // Who had been left waiting for long before cannot be told from who was kept waiting by it.
        let (ran, could) = (Words.count(exposed), Words.count(compared))
        let all =
            compared == exposed
            ? say(
                exposed, "\(ran) conversation ran through it, each compared.",
                "\(ran) conversations ran through it, each compared.")
            : say(
                exposed,
                """
                \(ran) conversation ran through it; \(could) could be compared: the others had waited long before, or too few \
                like them are on record.
                """,
                """
                \(ran) conversations ran through it; \(could) could be compared: the others had waited long before, or too few \
                like them are on record.
                """)
        return RichText((likely + [all]).joined(separator: " "))
    }

    private func note(_ channel: DelayEffect.Channel, page: Int, _ ledger: inout FigureLedger) {
        let slice = incident.slice.merging([.channel: channel.name]) { $1 }
        func name() -> String { "\(incident.title), \(Words.channelPlural(channel.name))" }
        ledger.note(
            page: page, context.figure("DELAY-01", incident.month, slice), "\(name()) exposed", count: channel.exposed)
        guard let excess = channel.excess else { return }
        ledger.note(
            page: page, context.figure("DELAY-02", incident.month, slice), "\(name()), extra wait each, open seconds",
            estimate: excess.fixed(3), lower: channel.lower.fixed(3), upper: channel.upper.fixed(3),
            n: channel.compared,
            method: "restricted mean against the same hours of clean weeks, prediction limits")
    }
}
