import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// First answers, every later turn, leads, settled matters: how many, half within, nine in ten, in time, still waiting.
struct KindsOfWaitPanel {
    /// One kind of wait, as its table holds it.
    private struct Kind {
        /// Said anew for the ledger, whose labels are English.
        var naming: () -> String
        var title: String { naming() }
        var table: ReportTable
        var slice: [Dimension: String]
        /// Of the ids: the measure's own slice.
        var labels: [Dimension: String] = [:]
        /// Half within, nine in ten within, in time, still waiting; empty: not printed.
        var codes: (half: String, nine: String, inTime: String, waiting: String)
        var waiting: String?
        /// What must be exported for it.
        var needs: [StandardTable]
    }

    let answers: ChannelAnswers
    private var context: ReportContext { answers.context }

    private var kinds: [Kind] {
        let month = context.at(context.month)
        return [
            Kind(
                naming: { say("First answer") }, table: .responses, slice: month,
                codes: ("RESP-07", "RESP-08", "RESP-02", "RESP-06"),
                waiting: "still_waiting", needs: []),
            Kind(
                naming: { say("First, adjusted") }, table: .adjustedByChannel, slice: month,
                codes: ("RESP-10", "RESP-11", "RESP-09", ""), waiting: nil, needs: []),
            Kind(
                naming: { say("Later turns") }, table: .turns, slice: [.turn: "later"], labels: [.turn: "later"],
                codes: ("NEXT-01", "NEXT-03", "NEXT-02", "NEXT-04"), waiting: "still_waiting", needs: [.messages]),
            Kind(
                naming: { say("Leads") }, table: .leads, slice: month,
                codes: ("LEAD-01", "LEAD-03", "LEAD-02", "LEAD-04"),
                waiting: "still_waiting", needs: [.leads, .messages]),
            Kind(
                naming: { say("Settled") }, table: .resolutions, slice: month,
                codes: ("RES-01", "RES-02", "", "RES-03"),
                waiting: "still_open", needs: [.conversations]),
        ]
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let known = kinds.filter { kind in (context.count(kind.table, "conversations", kind.slice) ?? 0) > 0 }
        for kind in known { note(kind, page: page, &ledger) }
        let rows = kinds.map { kind in
            known.contains { $0.title == kind.title } ? row(kind) : absent(kind)
        }
        return Block(
            finding, sub: say("Of all who asked, silence counted. Later turns: they wrote again"),
            note: note(known.map(\.table)),
            plate: TablePlate(
                subject: finding,
                columns: [
                    .init("", flexible: true), .init(say("Asked"), align: .right), .init(say("Half"), align: .right),
                    .init(say("9 in 10"), align: .right), .init(say("In time"), align: .right),
                    .init(say("likely"), align: .right),
                    .init(say("Waiting"), align: .right),
                ], rows: rows, rowHeight: 17))
    }

    private func asked(_ kind: Kind) -> Int { context.count(kind.table, "conversations", kind.slice) ?? 0 }

    private func share(_ kind: Kind) -> Proportion? {
        guard !kind.codes.inTime.isEmpty, let share = context.answeredInTime(kind.table, kind.slice),
            share.trials >= context.minimumN
        else { return nil }
        return share
    }

    private func row(_ kind: Kind) -> TablePlate.Row {
        let asked = asked(kind)
        let isEnough = asked >= context.minimumN
        let waiting = kind.waiting.flatMap { context.count(kind.table, $0, kind.slice) }
        let share = share(kind)
        let limits = share?.wilson()
        return .row([
            Label(kind.title), Label(Words.count(asked)), wait(kind, "p50", isEnough), wait(kind, "p90", isEnough),
            share?.estimate.map { Label(Words.share($0), bold: true) } ?? (isEnough || kind.codes.inTime.isEmpty ? "–" : ""),
            limits.map { Label("\(($0.lower * 100).shown(0))–\(($0.upper * 100).shown(0))") } ?? "",
            waiting.map { Label(Words.count($0)) } ?? "",
        ])
    }

    private func wait(_ kind: Kind, _ column: String, _ isEnough: Bool) -> Label {
        isEnough ? Label(Words.wait(context.cell(kind.table, column, kind.slice))) : Label(say("too few"), .quiet)
    }

    private func absent(_ kind: Kind) -> TablePlate.Row {
        .row([Label(kind.title, .quiet), "–", "–", "–", "–", "", "–"])
    }

    private func note(_ known: [ReportTable]) -> RichText {
        var parts: [String] = []
        for kind in kinds where !known.contains(kind.table) {
            let lacking = kind.needs.filter { context.audits($0).isEmpty }
            if !lacking.isEmpty {
                parts.append(say("\(kind.title): export \(Words.list(lacking.map { "exports/\($0.rawValue).csv" }))."))
            } else if kind.table == .resolutions {
                parts.append(say("Settled: the conversations export gives no resolved_at and no status open."))
            } else if asked(kind) == 0, kind.table != .adjustedByChannel {
                parts.append(say("\(kind.title): none in \(Words.monthName(context.month))."))
            }
        }
        if known.contains(.leads), (context.answeredInTime(.leads, context.at(context.month))?.trials ?? 0) == 0 {
            parts.append(say("Leads have no target: set targets: first-response-time: { lead: 1 h }."))
        }
        return RichText(parts.joined(separator: " "))
    }

    private var finding: String {
        let later = context.cell(.turns, "p50", [.turn: "later"])
        let first = context.cell(.responses, "p50", context.at(context.month))
        let enough = (context.count(.turns, "conversations", [.turn: "later"]) ?? 0) >= context.minimumN
            && answers.all.conversations >= context.minimumN
        guard enough else { return say("Every kind of wait") }
        return say("Half of first answers within \(Words.wait(first)), of later ones within \(Words.wait(later))")
    }

    private func note(_ kind: Kind, page: Int, _ ledger: inout FigureLedger) {
        let n = asked(kind)
        func id(_ code: String) -> FigureID { context.figure(code, context.month, kind.labels) }
        if n >= context.minimumN {
            ledger.note(
                page: page, id(kind.codes.half), "\(kind.title), half within, seconds",
                context.cell(kind.table, "p50", kind.slice), n: n, method: "Kaplan–Meier")
            ledger.note(
                page: page, id(kind.codes.nine), "\(kind.title), nine in ten within, seconds",
                context.cell(kind.table, "p90", kind.slice), n: n, method: "Kaplan–Meier")
        }
        if let share = share(kind) {
            ledger.note(page: page, id(kind.codes.inTime), "\(kind.title), answered in time", share)
        }
        if let column = kind.waiting, let waiting = context.count(kind.table, column, kind.slice) {
            ledger.note(page: page, id(kind.codes.waiting), "\(kind.title), still waiting", count: waiting)
        }
    }
}
