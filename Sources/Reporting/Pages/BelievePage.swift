import Basis
import Dealership
import Definitions
import Drawing
import Measures

/// Can I believe it? What was read, what it covers, what was set aside, and what the words mean.
enum BelievePage: ReportPage {
    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        let page = setting.number
        let coverage = CoveragePanel(context: context)
        let setAside = SetAsidePanel(context: context)
        let headline = self.headline(context, coverage)
        let aside = setAside.block(page: page, ledger: &ledger)
        let match = MatchPanel(context: context).block(page: page, ledger: &ledger)
        let feet = PageFeet(context: context, setting: setting, tables: [.serviceVisits, .sales, .leads, .messages, .outages])
        var layout = PageLayout(
            format: setting.format, theme: setting.theme, measurer: setting.measurer,
            header: PageHeader(
                question: "\(page)  \(setting.definition.question)", headline: headline,
                sentence: sentence(context, coverage, setAside), place: context.place, period: Words.month(context.month)),
            footer: feet.footer(first: ["Fixed before anything is split; nothing reads the machine’s clock."], ledger: ledger))
        layout.add(rows: [
            PageRow(height: .weight(1.05), .init(span: 8, coverage.block()), .init(span: 4, made(context, setAside))),
            PageRow(height: .weight(1), .init(span: 4, aside), .init(span: 4, match), .init(span: 4, words(context, ledger))),
        ])
        return DrawnPage(laid: layout.finish(), headline: headline)
    }

    private static func headline(_ context: ReportContext, _ coverage: CoveragePanel) -> String {
        if context.header.audits.allSatisfy({ $0.rowsRead == 0 }) { return "Nothing was read: there are no exports" }
        let end = Words.day(min(context.month.lastDay, context.header.asOfDay))
        let gaps = coverage.incomplete
        if gaps.isEmpty { return "Complete to \(end)" }
        if gaps.count == 1, let gap = gaps.first {
            return "Complete to \(end), except \(lowercased(gap.label)): \(Words.list(gap.spans)) missing"
        }
        return "\(gaps.count) exports have gaps before \(end)"
    }

    private static func sentence(
        _ context: ReportContext, _ coverage: CoveragePanel, _ setAside: SetAsidePanel
    ) -> RichText {
        if setAside.rowsRead == 0 {
            return RichText(marked: "Put the exports into the folder; **kpi check says what is missing for which page.**")
        }
        var parts = ["\(Words.counted(setAside.rowsRead, "row", "rows")) of \(Words.counted(context.header.audits.count, "export", "exports")) were read."]
        parts.append(
            setAside.faults == 0
                ? "None has a fault." : "**\(Words.counted(setAside.faults, "row has a fault", "rows have faults")) and do not count.**")
        return RichText(marked: parts.joined(separator: " "))
    }

    private static func lowercased(_ label: String) -> String {
        // An abbreviation stays as it is: "DMS deals".
        label.dropFirst().first?.isLowercase == true ? label.prefix(1).lowercased() + label.dropFirst() : label
    }

    private static func made(_ context: ReportContext, _ setAside: SetAsidePanel) -> Block {
        let header = context.header
        let settings = context.settings
        let adjusted = header.audits.reduce(0) { $0 + $1.skippedLocalTimes + $1.repeatedLocalTimes }
        var rows: [FactsPlate.Row] = [
            .init("As of", Label("\(Words.dayAndYear(header.asOfDay)), end of day")),
            .init("Exports read", Label(Words.count(header.audits.reduce(0) { $0 + $1.files.count }) + " files")),
            .init("Rows read", Label(Words.count(setAside.rowsRead))),
            .init("Stores", Label(Words.count(header.stores.count))),
            .init("Local time", Label(header.zones.first?.identifier ?? "UTC")),
            .init("Window after a visit", Label("\(settings.conversion.windowDays) days, \(settings.conversion.credit.rawValue)")),
            .init("An answer counts on", Label(settings.conversations.answerOn == .same ? "the same channel" : "any managed channel")),
            .init("Repeat run", Label("same figures, same file")),
        ]
        if adjusted > 0 {
            rows.append(.init("Clock-change times settled", Label(Words.count(adjusted))))
        }
        let unreadable = header.audits.reduce(0) { $0 + $1.unreadableCells }
        if unreadable > 0 {
            rows.append(.init("Optional cells not readable", Label(Words.count(unreadable))))
        }
        return Block("What this report was made from", plate: FactsPlate(rows: rows))
    }

    /// The figures that the report's pages print, in the order of their codes, as many as there is room for.
    private static func words(_ context: ReportContext, _ ledger: FigureLedger) -> Block {
        let used = Set(ledger.entries.map(\.id.code))
        let order = ["S2S-01", "S2S-02", "S2S-04", "RESP-02", "RESP-05", "RESP-09", "OUT-03", "DATA-02"]
        let figures = order.filter(used.contains).compactMap { Figures.figure($0) }
        var points = figures.map { figure in
            PointsPlate.Point(Label("\(figure.title):"), RichText("\(figure.inShort). \(figure.code)"))
        }
        points.append(.init(Label("Likely:"), RichText("the range holds in 19 of 20 cases.")))
        points.append(.init(Label("Too new:"), RichText("its \(context.settings.conversion.windowDays) days are not over.")))
        return Block("Words in short", plate: PointsPlate(points: points, runIn: true))
    }
}
