import Basis
import Dealership
import Drawing

/// What page 7 says in its first two lines.
struct BelieveHeadline {
    let context: ReportContext
    let coverage: CoveragePanel
    let setAside: SetAsidePanel

    private var due: Day { min(context.month.lastDay, context.header.asOfDay) }
    private var month: String { Words.monthName(context.month) }

    var text: String {
        if setAside.rowsRead == 0 { return say("Nothing was read: there are no exports") }
        if coverage.exports.isEmpty { return say("No export has dates: nothing says what it covers") }
        if coverage.exports.allSatisfy({ $0.coverage.rowsInMonth == 0 }) {
            let last = coverage.exports.compactMap(\.audit.lastDay).max()
            return say("No export reaches \(month)") + (last.map { say("; the last row is of \(Words.dayAndYear($0))") } ?? "")
        }
        if coverage.daily.isEmpty {
            let stated = coverage.exports.compactMap(\.audit.statedUntil)
            guard stated.count == coverage.exports.count, let least = stated.min() else {
                return say("Logs of events only: nothing says how complete they are")
            }
            return say("Complete to \(Words.day(min(least, due))), as the settings state")
        }
        if let stopped { return stopped }
        let gaps = coverage.incomplete
        let end = Words.day(due)
        if gaps.count == 1, let gap = gaps.first {
            if coverage.daily.count == 1 { return say("\(gap.audit.label): \(Words.list(gap.missing)) missing") }
            return say("Complete to \(end), except \(CoveragePanel.inside(gap.audit.label)): \(Words.list(gap.missing)) missing")
        }
        if gaps.count > 1 { return say("\(gaps.count) of \(coverage.daily.count) exports have gaps before \(end)") }
        let open = due < context.month.lastDay ? say("; the rest of \(month) is still to come") : ""
        if coverage.unsure.count > 1 {
            return say("Complete to \(end)\(open), but \(Words.count(coverage.unsure.count)) exports may be cut off")
        }
        if let one = coverage.unsure.first, coverage.unsure.count == 1 {
            let label = CoveragePanel.inside(one.label)
            return say("Complete to \(end)\(open), but \(label) may end on \(Words.day(one.last))")
        }
        return say("Complete to \(end)\(open)")
    }

    /// A table all of whose exports end early ends the figures made of it.
    private var stopped: String? {
        let topics: [(table: StandardTable, words: String)] = [
            (.messages, say("answers stop there")), (.serviceVisits, say("sales from service stop there")),
            (.sales, say("sales from service stop there")), (.leads, say("the way from visit to sale stops there")),
        ]
        for topic in topics where coverage.daily.count > 1 {
            let own = coverage.exports.filter { $0.audit.table == topic.table }
            guard !own.isEmpty, own.count < coverage.daily.count, own.allSatisfy(endsEarly),
                let last = own.max(by: { ($0.audit.lastDay ?? due) < ($1.audit.lastDay ?? due) }),
                let day = last.audit.lastDay
            else { continue }
            let until = Words.day(day)
            guard own.count == 1 else {
                return say("All \(own.count) exports of \(topic.table.rawValue) end on \(until); \(topic.words)")
            }
            let label = last.audit.label
            return label.hasSuffix("s")
                ? say("\(label) end on \(until); \(topic.words)") : say("\(label) ends on \(until); \(topic.words)")
        }
        return nil
    }

    private func endsEarly(_ export: CoveragePanel.Export) -> Bool {
        guard let last = export.audit.lastDay, last < due else { return false }
        return export.standings.last { $0 != .notDue && $0 != .closed } == .missing
    }

    var sentence: RichText {
        if setAside.rowsRead == 0 {
            return RichText(marked: say("Put the exports into the folder; **kpi check says what is missing for which page.**"))
        }
        let exports = Words.counted(context.header.audits.count, "export", "exports", context: "from")
        var parts = [say("\(Words.counted(setAside.rowsRead, "row", "rows")) of \(exports) were read.")]
        let count = Words.count(setAside.toCorrect)
        parts.append(
            setAside.toCorrect == 0
                ? say("No row has a fault.")
                : say(
                    setAside.toCorrect, "**\(count) row has a fault and does not count.**",
                    "**\(count) rows have faults and do not count.**"))
        if stopped != nil, coverage.incomplete.count > 1 {
            parts.insert(say("\(coverage.incomplete.count) exports have gaps."), at: 0)
        }
        if let missing { parts.append(missing) }
        return RichText(marked: parts.joined(separator: " "))
    }

    /// What no export says anything of.
    private var missing: String? {
        let names = coverage.neverExported.map { Words.inside($0.words) }
        return names.isEmpty ? nil : say("Not exported: \(Words.list(names)).")
    }
}
