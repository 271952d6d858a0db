import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// When customers write and how long they wait: hours across, weekdays down.
struct HourPanel {
    struct Slot {
        var conversations: Int
        var half: Cell
        var share: Proportion
        var isBelow: Bool
    }

    let answers: ChannelAnswers
    let week: OpenWeek
    /// By weekday and hour; nil: nobody wrote.
    private let slots: [[Slot?]]
    private let days: [Slot?]
    private let hours: ClosedRange<Int>
    /// Bounds of the tones: round times that part the hours' half-waits in three; empty: nobody waited.
    private let toneBounds: [Int64]
    private var context: ReportContext { answers.context }

    init(_ answers: ChannelAnswers, week: OpenWeek) {
        self.answers = answers
        self.week = week
        let context = answers.context
        func slot(_ slice: [Dimension: String]) -> Slot? {
            guard let tally = context.tally(.responsesByHour, slice), let spec = context.specs[.responsesByHour],
                case .count(let conversations) = Tabulation.value("conversations", of: tally, in: spec), conversations > 0
            else { return nil }
            let share = context.answeredInTime(.responsesByHour, of: tally) ?? Proportion(successes: 0, trials: 0)
            let standing = ChannelAnswers.standing(
                share, goal: answers.goal, target: share.trials > 0 ? 0 : nil, minimumN: context.minimumN)
            return Slot(
                conversations: Int(conversations), half: Tabulation.value("p50", of: tally, in: spec), share: share,
                isBelow: standing == .below)
        }
        let slots = (1...7).map { day in
            (0..<24).map { slot([.weekday: String(day), .hour: twoDigits($0)]) }
        }
        days = (1...7).map { slot([.weekday: String($0)]) }
        let written = (0..<24).filter { hour in slots.contains { $0[hour] != nil } }
        let open = week.hours
        let hours = week.days == nil ? (written.first ?? 0)...(written.last ?? 23) : open ?? 0...23
        self.slots = slots
        self.hours = hours
        toneBounds = HourPanel.bounds(HourPanel.shown(slots, hours, week))
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        note(page: page, &ledger)
        var sub = say("Square: conversations. Tone: half waited so long")
        if let goal = answers.goal, answers.hasTargets {
            sub += Colours.named(say(". Orange with dot: clearly below \(Words.share(goal)) in time"))
        }
        return Block(finding, sub: sub, note: week.days == nil ? say("No opening hours are given: waits count all hours.") : "", plate: plate)
    }

    // MARK: Finding

    private var signals: [(day: Int, hour: Int)] {
        (0..<7).flatMap { day in
            hours.filter { week.isOpen(weekday: day, hour: $0) && slots[day][$0]?.isBelow == true }.map { (day, $0) }
        }
    }

    private var finding: String {
        let signals = self.signals
        let withDays = Set(signals.map(\.day))
        guard answers.hasTargets, answers.goal != nil else { return busiest }
        if let day = withDays.first, withDays.count == 1 {
            return finding(on: day, signals.map(\.hour))
        }
        if signals.count > 1 {
            return say("\(signals.count) hours of the week are clearly below target")
        }
        let below = days.indices.filter { days[$0]?.isBelow == true }
        if below.isEmpty { return answers.rated.isEmpty ? busiest : say("No hour is clearly below target") }
        let names = below.map { Words.longDayNames[$0] }
        if below.count > 3 { return say("\(below.count) days of the week are clearly below target") }
        let list = Words.list(names)
        return say(below.count, "\(list) is clearly below target", "\(list) are clearly below target")
    }

    /// All hours below target are of one day: `from 10:00 on`, `10:00 to 13:00`, `at 10:00`, or how many.
    private func finding(on day: Int, _ found: [Int]) -> String {
        guard let first = found.first, let last = found.last else { return "" }
        let name = Words.longDayNames[day]
        if found.count == 1 { return say("\(name) at \(first):00 is clearly below target") }
        guard last - first + 1 == found.count else {
            return say("\(name) has \(found.count) hours clearly below target")
        }
        let laterOpen = hours.filter { $0 > last && week.isOpen(weekday: day, hour: $0) && slots[day][$0] != nil }
        return laterOpen.isEmpty
            ? say("\(name) from \(first):00 on is clearly below target")
            : say("\(name) \(first):00 to \(last + 1):00 is clearly below target")
    }

    /// When most write, as a finding.
    var busiest: String {
        let all = (0..<7).flatMap { day in (0..<24).compactMap { hour in slots[day][hour].map { (day, hour, $0.conversations) } } }
        guard let most = all.max(by: { ($0.2, $1.0, $1.1) < ($1.2, $0.0, $0.1) }) else { return say("Nobody wrote in \(Words.monthName(context.month))") }
        return say("Most write on \(Words.longDayNames[most.0]) from \(most.1):00 to \(most.1 + 1):00")
    }

    // MARK: Plate

    private var plate: HeatPlate {
        let hasGoal = answers.hasTargets
        let columns = [say("All")] + (week.days == nil ? [] : [say("Closed")]) + (hasGoal ? [say("In time")] : [])
        let rows = (0..<7).map { day in
            HeatPlate.Row(
                Words.dayNames[day], cells: hours.map { cell(day, $0) }, closedNote: closedNote(day),
                totals: totals(day), emphasised: days[day]?.isBelow == true)
        }
        let volumes = HourPanel.shown(slots, hours, week).map(\.conversations).sorted()
        return HeatPlate(
            subject: say("Conversations and waits by weekday and hour"), hours: hours.map { $0 % 2 == 0 ? "\($0):00" : "" },
            rows: rows, columns: columns, sizes: sizes(volumes), toneTitle: say("Half within"), tones: toneWords,
            absence: .tooFew(say("nobody wrote in opening hours")))
    }

    private static func shown(_ slots: [[Slot?]], _ hours: ClosedRange<Int>, _ week: OpenWeek) -> [Slot] {
        (0..<7).flatMap { day in hours.filter { week.isOpen(weekday: day, hour: $0) }.compactMap { slots[day][$0] } }
    }

    private func cell(_ day: Int, _ hour: Int) -> HeatPlate.Cell {
        guard week.isOpen(weekday: day, hour: hour) else { return .closed }
        guard let slot = slots[day][hour] else { return .empty }
        return .value(volume: Double(slot.conversations), tone: tone(slot.half), signal: slot.isBelow)
    }

    private func closedNote(_ day: Int) -> String {
        guard let open = week.days, open[day].isEmpty else { return "" }
        guard let count = days[day]?.conversations else { return say("closed") }
        guard let next = week.nextOpenDay(after: day) else { return say("closed: \(Words.count(count)) wrote") }
        let (name, nextName) = (Words.longDayNames[day], Words.longDayNames[next])
        return say(
            count, "closed: \(name)’s \(Words.count(count)) is due on \(nextName)",
            "closed: \(name)’s \(Words.count(count)) are due on \(nextName)")
    }

    private func totals(_ day: Int) -> [Label] {
        let slot = days[day]
        var labels: [Label] = [Label(Words.count(slot?.conversations ?? 0))]
        if week.days != nil {
            let closed = context.count(.responsesByHour, "after_hours", [.weekday: String(day + 1)]) ?? 0
            labels.append(Label(Words.count(closed), .quiet))
        }
        guard answers.hasTargets else { return labels }
        guard let slot, slot.share.trials >= context.minimumN, let share = slot.share.estimate else { return labels + ["–"] }
        return labels + [slot.isBelow ? .bad(Words.share(share)) : Label(Words.share(share), .ink)]
    }

    private static func bounds(_ shown: [Slot]) -> [Int64] {
        let waits = shown.compactMap { slot -> Int64? in
            if case .seconds(let seconds) = slot.half { return seconds }
            return nil
        }.sorted()
        guard !waits.isEmpty else { return [] }
        let first = WaitClasses.step(atLeast: waits[(waits.count - 1) / 3])
        let second = max(WaitClasses.step(atLeast: waits[(waits.count - 1) * 2 / 3]), WaitClasses.step(after: first))
        return [first, second]
    }

    private var toneWords: [String] {
        guard let first = toneBounds.first, let second = toneBounds.last else { return [] }
        return [Words.bound(first), Words.bound(second), say("longer")]
    }

    private func tone(_ half: Cell) -> Int {
        guard case .seconds(let seconds) = half else { return 2 }
        return toneBounds.firstIndex { seconds <= $0 } ?? 2
    }

    private func sizes(_ volumes: [Int]) -> [HeatPlate.Size] {
        guard let most = volumes.last, most > 0 else { return [] }
        let largest = [1, 2, 5].flatMap { step in [1, 10, 100, 1_000, 10_000, 100_000].map { step * $0 } }.sorted().last { $0 <= most } ?? most
        let steps = [largest / 10, largest / 2, largest].filter { $0 > 0 }
        return Array(Set(steps)).sorted().map { step in
            HeatPlate.Size(
                Double(step), step == largest ? Words.counted(step, "conversation", "conversations") : Words.count(step))
        }
    }

    private func note(page: Int, _ ledger: inout FigureLedger) {
        for day in 0..<7 {
            guard let slot = days[day], slot.share.trials >= context.minimumN else { continue }
            ledger.note(
                page: page, context.figure("RESP-02", context.month, [.weekday: String(day + 1)]),
                "\(Words.longDayNames[day]), answered in time", slot.share)
        }
        for signal in signals {
            guard let slot = slots[signal.day][signal.hour] else { continue }
            ledger.note(
                page: page,
                context.figure("RESP-02", context.month, [.weekday: String(signal.day + 1), .hour: twoDigits(signal.hour)]),
                "\(Words.longDayNames[signal.day]) \(signal.hour):00, answered in time", slot.share)
        }
    }
}
