import Basis
import Dealership
import Definitions
import Drawing
import Measures

/// The two lines at a page's foot: what the figures stand on, and where they come from.
struct PageFeet {
    let context: ReportContext
    let setting: PageSetting
    /// The tables whose exports the page reads.
    let tables: [StandardTable]

    /// `first`: what the page has to say after the as-of day. Figures must be noted before.
    func footer(first: [String], ledger: FigureLedger) -> PageFooter {
        // Without exports there is no day that anything is known of.
        let opening = context.header.audits.isEmpty ? "" : say("As of \(Words.asOf(context.header)).")
        // Where the line is full the least needed words go: page 7 has them all.
        let ends = earlyEnds
        let minimum = ledger.codes(page: setting.number).isEmpty ? "" : minimum
        let lines = [[opening] + first + ends + [minimum], [opening] + first + ends, [opening] + first.prefix(1) + ends]
            .map { $0.filter { !$0.isEmpty }.joined(separator: " ") }
        return PageFooter(
            first: lines.first(where: fits) ?? many(opening, ends.count),
            second: second(ledger), page: setting.number, pages: setting.pages)
    }

    private func many(_ opening: String, _ count: Int) -> String {
        say(
            count, "\(opening) \(count) exports end early or may: see \(elsewhere).",
            "\(opening) \(count) exports end early or may: see \(elsewhere).")
    }

    private var minimum: String { say("Minimum to print a rate: \(Words.count(context.minimumN)).") }

    /// Exports that end before the report's month and the as-of day do: as the settings state, as no row of the month
    /// says, as days without a row say that chance would hardly leave. Where chance may well have left them it says so.
    var earlyEnds: [String] {
        let due = min(context.month.lastDay, context.header.asOfDay)
        return tables.flatMap { context.audits($0) }.compactMap { audit -> String? in
            guard let last = audit.lastDay, last < due else { return nil }
            let coverage = CoverageDays(context: context, audit: audit)
            if coverage.unsureEnd != nil {
                return due - last > 2 ? say("\(audit.label) may end \(Words.day(last)).") : nil
            }
            // Outages, remedies and claims are rare: their last row is no end unless the settings say so.
            let isRare = [.outages, .remedies, .claims].contains(audit.table)
            let isOver = audit.statedUntil != nil || (!isRare && last < context.month.firstDay)
                || coverage.standings.last { $0 != .notDue && $0 != .closed } == .missing
            guard isOver else { return nil }
            let day = last.month.year == context.month.year ? Words.day(last) : Words.dayAndYear(last)
            return say("\(audit.label) ends \(day).")
        }
    }

    /// Where definitions and coverage stand: the page that has them, else the command.
    private var elsewhere: String {
        if setting.numbers.isEmpty { return say("page 7") }
        return setting.numbers[.believe].map { say("page \($0)") } ?? "kpi check"
    }
    /// Page 7 has room for the words a manager meets; the command has every figure's definition.
    private let definitions = say("Definitions (kpi explain)")

    /// Names of the exports, then the figures' codes with their titles as far as the line reaches.
    private func second(_ ledger: FigureLedger) -> String {
        var labels: [String] = []
        for table in tables {
            for audit in context.audits(table) where !labels.contains(audit.label) { labels.append(audit.label) }
        }
        let sources = labels.isEmpty ? "" : say("Sources: \(labels.joined(separator: ", ")). ")
        let codes = ledger.codes(page: setting.number)
        guard !codes.isEmpty else { return sources }
        let titled = codes.map { code in
            Figures.figure(code).map { "\(code) \(Words.inside(say(text: $0.title)))" } ?? code
        }
        let long = "\(sources)\(definitions): \(titled.joined(separator: ", "))"
        if fits(long) { return long }
        let short = "\(sources)\(definitions): \(codes.joined(separator: ", "))"
        if fits(short) { return short }
        let few = say("Sources: \(labels.count) exports (\(elsewhere)). ")
        let all = "\(few)\(definitions): \(codes.joined(separator: ", "))"
        return fits(all) ? all : "\(few)\(definitions): \(PageFeet.families(codes))"
    }

    /// `NEXT-01 to 04, RES-01, 03`: codes of one family together.
    static func families(_ codes: [String]) -> String {
        var families: [(name: String, numbers: [Int])] = []
        for code in codes {
            let parts = code.split(separator: "-")
            guard parts.count == 2, let number = Int(parts[1]) else { continue }
            if families.last?.name == String(parts[0]) {
                families[families.count - 1].numbers.append(number)
            } else {
                families.append((String(parts[0]), [number]))
            }
        }
        return families.map { family in
            var spans: [(Int, Int)] = []
            for number in family.numbers {
                if let last = spans.last, last.1 + 1 == number { spans[spans.count - 1].1 = number } else { spans.append((number, number)) }
            }
            func text(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
            let words = spans.map { first, last in
                first == last ? text(first) : last == first + 1 ? "\(text(first)), \(text(last))" : say("\(text(first)) to \(text(last))")
            }
            return "\(family.name)-\(words.joined(separator: ", "))"
        }.joined(separator: "; ")
    }

    private func fits(_ text: String) -> Bool {
        let pen = Pen(theme: setting.theme, measurer: setting.measurer)
        // Upright a line may take two.
        let room = (setting.format.contentWidth - 42) * (setting.format.isPortrait ? 1.9 : 1)
        return pen.width(text, setting.theme.style(.small, .quiet)) <= room
    }
}
