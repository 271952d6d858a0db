import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// Channels we do not see: the share of the known messages that ran outside the managed channels, by month. All known
/// messages are counted and those of one thread hang together, so no interval is given, nor a change claimed.
struct UnseenPanel {
    enum State: Equatable {
        case noMessages
        /// No channel is said to be outside.
        case noneNamed
        /// Named, but no export ever showed a message of it.
        case neverSeen
        /// Seen before, but not in this month: not 0, unknown.
        case notNow
        case known
    }

    let context: ReportContext
    /// The named channels outside, as in the settings.
    let channels: [String]
    /// Oldest first; nil: unknown.
    let months: [(month: Month, share: Proportion?)]
    let state: State

    init(_ context: ReportContext) {
        self.context = context
        channels = context.settings.channels.filter { $0.management == .offChannel }.map(\.name)
        let counted = context.months.map { month -> (month: Month, off: Int, all: Int) in
            (
                month, context.count(.volumesByChannel, "off_channel", context.at(month)) ?? 0,
                context.count(.volumesByChannel, "messages", context.at(month)) ?? 0
            )
        }
        // Between the first and the last month with such messages an empty one is a real 0; outside them nobody knows.
        let first = counted.first { $0.off > 0 }?.month
        let last = counted.last { $0.off > 0 }?.month
        months = counted.map { item in
            guard let first, let last, item.month >= first, item.month <= last, item.all > 0 else { return (item.month, nil) }
            return (item.month, Proportion(successes: item.off, trials: item.all))
        }
        if (counted.last?.all ?? 0) == 0 {
            state = .noMessages
        } else if channels.isEmpty {
            state = .noneNamed
        } else if first == nil {
            state = .neverSeen
        } else {
            state = months.last?.share == nil ? .notNow : .known
        }
    }

    var now: Proportion? { state == .known ? months.last?.share : nil }
    private var month: String { Words.monthName(context.month) }
    private var named: String { Words.list(channels.map { Words.channel($0) }) }
    private var hasRate: Bool { (now?.trials ?? 0) >= context.minimumN }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let sub = "Share of all known messages, by month"
        switch state {
        case .noMessages:
            return notice(
                "No message of \(month) in the exports", "Export messages, one row each, as exports/messages.csv.",
                isMissing: true)
        case .noneNamed:
            return notice(
                "No channel is named as outside",
                "List what people use beside your systems under channels: in dealership.yaml, such as "
                    + "whatsapp: off-channel, and export what you can of it. Personal phones need an audit sample.")
        case .neverSeen:
            return notice(
                "\(named): in no export, share unknown",
                "Export what can be exported of it into exports/ with its channel’s name. The rest needs an audit sample: "
                    + "look through some customers’ threads and count what ran elsewhere.", isMissing: true)
        case .notNow:
            return notice(
                "\(named): not in \(month)’s exports, share unknown", "Seen in earlier months, so silence here is more "
                    + "likely a missing export than none. Export \(month) and draw the report again.", isMissing: true)
        case .known:
            for item in months {
                guard let share = item.share else { continue }
                ledger.note(
                    page: page, context.figure("OFF-01", item.month),
                    "known messages outside managed channels, \(Words.month(item.month))",
                    estimate: share.estimate?.fixed(6) ?? "", n: share.trials, method: "all known messages")
            }
            return Block(finding, sub: sub, note: remark, plate: plate)
        }
    }

    private func notice(_ finding: String, _ text: String, isMissing: Bool = false) -> Block {
        Block(
            finding, sub: "Messages outside managed channels",
            plate: NoticePlate(RichText(text), isMissing: isMissing, showsFrame: false))
    }

    var finding: String {
        guard let now, let share = now.estimate else { return "" }
        guard hasRate else { return "Messages of \(month): \(Words.tooFew(now.trials, of: context.minimumN))" }
        return "At least \(Words.share(share, decimals: 1)) is outside our channels"
    }

    private var remark: RichText {
        guard let now else { return "" }
        let text = "\(Words.count(now.successes)) of \(Words.count(now.trials)) messages in \(month) ran on \(named)"
        return RichText(
            marked: text + ". **Only what exports show**: personal phones and the counter need an audit sample.")
    }

    private var plate: any Plate {
        let shown = Array(months.drop { $0.share == nil })
        let readings = shown.map { item -> Reading in
            guard let share = item.share else { return .missing("no export") }
            guard share.trials >= context.minimumN, let value = share.estimate else {
                return .tooFew(Words.tooFew(share.trials, of: context.minimumN))
            }
            return .value(value * 100)
        }
        let periods = shown.enumerated().map { index, item in
            let isNamed = index % 3 == (shown.count - 1) % 3
            return LinePlate.Period(
                isNamed ? Words.shortMonth(item.month) : "",
                sub: isNamed && (index < 3 || item.month.monthOfYear <= 3) ? String(item.month.year) : "",
                bold: index == shown.count - 1)
        }
        let last = hasRate ? now?.estimate.map { Label(Words.share($0, decimals: 1), .good, bold: true) } : nil
        let series = LinePlate.Series("outside", readings, look: .muted, lastLabel: last, emphasiseLast: last != nil)
        return LinePlate(
            subject: "Messages outside managed channels by month", periods: periods, series: [series], fromZero: true,
            unit: " %")
    }
}
