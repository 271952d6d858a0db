import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// What arrives outside opening hours, by channel, and how soon after opening it is answered.
struct AfterHoursPanel {
    let answers: ChannelAnswers
    let arrivals: Arrivals
    private var context: ReportContext { answers.context }
    private static let most = 6

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let sub = say("Begun outside opening hours; waits count from the next opening")
        guard arrivals.isKnown else {
            return Block(
                say("Nobody can tell what comes after hours"), sub: say("Conversations by arrival"),
                plate: NoticePlate(
                    RichText(
                        marked: say("""
                            Enter **hours:** in dealership.yaml (mon-fri: \"07:30-18:00\"); this panel then shows what \
                            arrives when you are closed, and how soon after opening it is answered.
                            """))))
        }
        guard arrivals.after > 0 else {
            return Block(
                say("Nobody wrote after hours"), sub: sub,
                plate: ParagraphPlate(
                    RichText(say("Every conversation of \(Words.monthName(context.month)) began in opening hours."))))
        }
        note(page: page, &ledger)
        var rows = channels.prefix(AfterHoursPanel.most).map { row($0, Words.channel($0)) }
        rows.append(total(Arrivals.afterHours, say("After hours", context: "row")))
        rows.append(total(Arrivals.openHours, say("Open hours", context: "row")))
        return Block(
            finding, sub: sub,
            plate: TablePlate(
                subject: finding,
                columns: [
                    .init("", flexible: true), .init(say("Asked"), align: .right), .init(say("of all"), align: .right),
                    .init(say("Half in"), align: .right), .init(say("In time"), align: .right),
                    .init(say("Waiting"), align: .right),
                ], rows: Array(rows), rowHeight: 19))
    }

    /// Channels with arrivals after hours, most first.
    private var channels: [String] {
        let names = context.labels(.responsesByArrival, .channel, where: [.arrival: Arrivals.afterHours])
        let counted = names.map { ($0, count(Arrivals.afterHours, $0)) }.filter { $0.1 > 0 }
        return counted.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map(\.0)
    }

    private func slice(_ arrival: String, _ channel: String?) -> [Dimension: String] {
        var slice: [Dimension: String] = [.arrival: arrival]
        if let channel { slice[.channel] = channel }
        return slice
    }

    private func count(_ arrival: String, _ channel: String?) -> Int {
        context.count(.responsesByArrival, "conversations", slice(arrival, channel)) ?? 0
    }

    private func row(_ channel: String, _ title: String) -> TablePlate.Row {
        let all = count(Arrivals.afterHours, channel) + count(Arrivals.openHours, channel)
        return .row(cells(Arrivals.afterHours, channel, title, of: all))
    }

    private func total(_ arrival: String, _ title: String) -> TablePlate.Row {
        .total(cells(arrival, nil, title, of: count(Arrivals.afterHours, nil) + count(Arrivals.openHours, nil)))
    }

    private func cells(_ arrival: String, _ channel: String?, _ title: String, of all: Int) -> [Label] {
        let slice = slice(arrival, channel)
        let asked = count(arrival, channel)
        let share = Double(asked) / Double(max(all, 1))
        let isEnough = asked >= context.minimumN
        let inTime = context.answeredInTime(.responsesByArrival, slice)
        let waiting = context.count(.responsesByArrival, "still_waiting", slice)
        return [
            Label(title), Label(Words.count(asked)), all >= context.minimumN ? Label(Words.share(share)) : "",
            isEnough
                ? Label(Words.wait(context.cell(.responsesByArrival, "p50", slice))) : Label(say("too few"), .quiet),
            inTime.flatMap { $0.trials >= context.minimumN ? $0.estimate : nil }.map { Label(Words.share($0)) } ?? "",
            waiting.map { Label(Words.count($0)) } ?? "",
        ]
    }

    private var finding: String {
        let after = context.answeredInTime(.responsesByArrival, [.arrival: Arrivals.afterHours])
        let open = context.answeredInTime(.responsesByArrival, [.arrival: Arrivals.openHours])
        let began = say(
            arrivals.after, "\(Words.count(arrivals.after)) conversation began after hours",
            "\(Words.count(arrivals.after)) conversations began after hours")
        guard let after, let open, after.trials >= context.minimumN, open.trials >= context.minimumN else {
            return began
        }
        let difference = NewcombeDifference(first: after, second: open)
        guard let estimate = difference.estimate, let limits = difference.interval() else { return began }
        if limits.contains(0) { return say("After hours is answered about as well as open hours") }
        return estimate < 0
            ? say("After hours is answered less in time than open hours")
            : say("After hours is answered more in time than open hours")
    }

    private func note(page: Int, _ ledger: inout FigureLedger) {
        for arrival in [Arrivals.afterHours, Arrivals.openHours] {
            for channel in [nil] + channels.map(Optional.some) {
                let own = slice(arrival, channel)
                let asked = count(arrival, channel)
                guard asked > 0, channel == nil || arrival == Arrivals.afterHours else { continue }
                func title() -> String { "\(channel.map(Words.channel) ?? say("All")), \(arrival)" }
                ledger.note(
                    page: page, context.figure("RESP-12", context.month, own), "\(title()), asked", count: asked)
                if asked >= context.minimumN {
                    ledger.note(
                        page: page, context.figure("RESP-07", context.month, own),
                        "\(title()), half answered within, seconds",
                        context.cell(.responsesByArrival, "p50", own), n: asked, method: "Kaplan–Meier")
                }
                if let share = context.answeredInTime(.responsesByArrival, own), share.trials >= context.minimumN {
                    ledger.note(
                        page: page, context.figure("RESP-02", context.month, own), "\(title()), answered in time", share
                    )
                }
                if let waiting = context.count(.responsesByArrival, "still_waiting", own) {
                    ledger.note(
                        page: page, context.figure("RESP-06", context.month, own), "\(title()), still waiting",
                        count: waiting)
                }
            }
        }
    }
}
