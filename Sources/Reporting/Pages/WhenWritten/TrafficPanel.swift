import Basis
import Dealership
import Drawing
import Measures

/// Messages and calls by hour and weekday: how many, and how many for each person on duty.
struct TrafficPanel {
    let traffic: TrafficHours
    private var context: ReportContext { traffic.context }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        guard traffic.inbound > 0 else {
            return Block(
                say("Messages and calls by hour are not known"), sub: say("Against people on duty"),
                plate: NoticePlate(
                    RichText(
                        marked: say("""
                            Export every message and call with its time as **exports/messages.csv**: conversations alone do \
                            not show how much comes in.
                            """)), isMissing: true))
        }
        if traffic.isStaffed {
            ledger.note(
                page: page, context.figure("TRAF-02", context.month), "messages and calls an hour of a person on duty",
                context.cell(.traffic, "inbound_per_staffed_hour"), n: traffic.inbound)
        }
        ledger.note(page: page, context.figure("TRAF-01", context.month), "messages and calls", count: traffic.inbound)
        let sub = traffic.isStaffed
            ? Colours.named(say("Square: messages and calls. Tone: for each person on duty, an hour. Orange: nobody on duty"))
            : say("Square: messages and calls of customers in \(Words.monthName(context.month))")
        return Block(finding, sub: sub, plate: plate)
    }

    private var finding: String {
        if let first = traffic.unmanned.first {
            return traffic.unmanned.count == 1
                ? say("\(Words.capitalised(Words.longDayNames[first.day])) at \(first.hour):00 nobody is on duty")
                : say("In \(traffic.unmanned.count) open hours of the week nobody is on duty")
        }
        if let most = traffic.heaviest {
            return say("\(Words.capitalised(most.words)): \(most.rate.shown(1)) for each person on duty")
        }
        return traffic.busiest.map { say("Most comes on \($0.words)") }
            ?? say("Too few messages in any hour to see a pattern")
    }

    private var plate: HeatPlate {
        let hours = traffic.hours
        let rows = (0..<7).map { day in
            let slots = traffic.slots[day]
            let isClosed = traffic.week.days.map { $0[day].isEmpty } ?? false
            return HeatPlate.Row(
                Words.dayNames[day], cells: hours.map { cell(slots[$0]) }, closedNote: isClosed ? say("closed") : "",
                totals: totals(slots))
        }
        let volumes = traffic.all.filter { traffic.isOpen($0) }.map(\.inbound)
        return HeatPlate(
            subject: say("Messages and calls by weekday and hour"), hours: hours.map { $0 % 2 == 0 ? "\($0):00" : "" },
            rows: rows,
            columns: traffic.isStaffed ? [say("All"), say("Each")] : [say("All")], sizes: sizes(volumes.max() ?? 0),
            toneTitle: bounds.isEmpty ? "" : say("Each"), tones: toneWords,
            absence: .tooFew(say("nobody wrote in opening hours")))
    }

    private func totals(_ slots: [TrafficHours.Slot]) -> [Label] {
        let sum = Label(Words.count(slots.reduce(0) { $0 + $1.inbound }))
        guard traffic.isStaffed else { return [sum] }
        return [sum, TrafficHours.rate(slots).map { Label($0.shown(1)) } ?? "–"]
    }

    private func cell(_ slot: TrafficHours.Slot) -> HeatPlate.Cell {
        guard traffic.isOpen(slot) else { return .closed }
        guard slot.inbound > 0 else { return .empty }
        let isUnmanned = traffic.unmanned.contains { $0.day == slot.day && $0.hour == slot.hour }
        return .value(volume: Double(slot.inbound), tone: tone(slot), signal: isUnmanned)
    }

    /// Round rates that part the hours in three.
    private var bounds: [Double] {
        let rates = traffic.all.filter { traffic.isOpen($0) && $0.inbound > 0 }.compactMap(\.rate).sorted()
        guard let last = rates.last else { return [] }
        let ladder = [0.1, 0.2, 0.5, 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 100, 200]
        let first = ladder.first { $0 >= rates[(rates.count - 1) / 3] } ?? last
        let second = ladder.first { $0 >= max(rates[(rates.count - 1) * 2 / 3], first + 0.001) } ?? max(last, first)
        return [first, second]
    }

    private var toneWords: [String] {
        let bounds = self.bounds
        guard bounds.count == 2 else { return [] }
        func short(_ value: Double) -> String { value == value.rounded() ? value.shown(0) : value.shown(1) }
        return [
            say("up to \(short(bounds[0]))", context: "at most"), say("up to \(short(bounds[1]))", context: "at most"),
            say("more", context: "after up to"),
        ]
    }

    private func tone(_ slot: TrafficHours.Slot) -> Int {
        guard let rate = slot.rate else { return 0 }
        return bounds.firstIndex { rate <= $0 } ?? 2
    }

    private func sizes(_ most: Int) -> [HeatPlate.Size] {
        guard most > 0 else { return [] }
        let steps = [1, 10, 100, 1_000, 10_000, 100_000].flatMap { step in [1, 2, 5].map { step * $0 } }
        let largest = steps.last { $0 <= most } ?? most
        return Array(Set([largest / 10, largest / 2, largest].filter { $0 > 0 })).sorted().map {
            HeatPlate.Size(Double($0), $0 == largest ? Words.counted($0, "message", "messages") : Words.count($0))
        }
    }
}

/// The hours that are hardest on those on duty; without staffing what to enter.
struct DutyDaysPanel {
    let traffic: TrafficHours
    private var context: ReportContext { traffic.context }
    private static let most = 6

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        guard traffic.isStaffed else {
            return Block(
                say("Who is on duty is not known"), sub: say("Customers’ messages and calls for each person on duty"),
                plate: NoticePlate(
                    RichText(
                        marked: say("""
                            Enter **staffing:** in dealership.yaml, people on duty by department and hour, such as \
                            **service: { mon-fri: \"07:30-12:00 x5, 12:00-19:00 x7\", sat: \"08:00-17:00 x3\" }**. \
                            Without it there is no load for each person, and none is guessed.
                            """))))
        }
        let hours = traffic.all.filter { $0.inbound >= context.minimumN && $0.rate != nil }
            .sorted { (-($0.rate ?? 0), $0.day, $0.hour) < (-($1.rate ?? 0), $1.day, $1.hour) }
        let shown = traffic.unmanned.prefix(2) + hours.prefix(DutyDaysPanel.most - min(traffic.unmanned.count, 2))
        guard !shown.isEmpty, let usual = traffic.rate else {
            return Block(
                say("Too few in any hour to compare"), sub: say("Messages and calls for each person on duty"),
                plate: ParagraphPlate(
                    RichText(
                        say("""
                            No hour of the week had \(Words.count(context.minimumN)) messages and somebody on duty in \
                            \(Words.monthName(context.month)).
                            """))))
        }
        for slot in shown {
            let slice: [Dimension: String] = [.weekday: String(slot.day + 1), .hour: twoDigits(slot.hour)]
            func title() -> String { "\(Words.longDayNames[slot.day]) \(slot.hour):00" }
            ledger.note(
                page: page, context.figure("TRAF-01", context.month, slice), "\(title()), messages and calls",
                count: slot.inbound)
            if slot.rate != nil {
                ledger.note(
                    page: page, context.figure("TRAF-02", context.month, slice),
                    "\(title()), messages and calls an hour of a person on duty",
                    context.cell(.traffic, "inbound_per_staffed_hour", slice), n: slot.inbound)
            }
        }
        let rows = shown.map { slot in
            TablePlate.Row.row([
                Label("\(Words.capitalised(Words.longDayNames[slot.day])) \(slot.hour):00"), Label(Words.count(slot.inbound)),
                Label((slot.staffed ?? 0).shown(0)),
                slot.rate.map { Label($0.shown(1), bold: true) } ?? .bad(say("nobody")),
            ])
        }
        return Block(
            say("Hardest hours, against a usual \(usual.shown(1)) for each"),
            sub: say("Messages and calls an hour, for each person on duty"),
            plate: TablePlate(
                subject: say("Hardest hours"),
                columns: [
                    .init("", flexible: true), .init(say("Messages"), align: .right),
                    .init(say("Hours on duty"), align: .right),
                    .init(say("Each"), align: .right),
                ], rows: Array(rows), rowHeight: 19))
    }
}
