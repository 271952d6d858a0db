import Basis
import Dealership
import Definitions
import Drawing
@testable import Measures
@testable import Reporting
import Testing

@Suite struct BelieveTests {
    private static let october = Month(year: 2026, month: 10)

    /// An export with so many rows on each day from August on; `leaving` out days of October.
    private func export(
        _ label: String, _ table: StandardTable = .messages, rows: Int = 20, until last: Int = 31, leaving: Set<Int> = []
    ) -> ExportAudit {
        var audit = ExportAudit(table: table, label: label, system: "", files: ["exports/\(label.lowercased()).csv"])
        let first = (Self.october + -2).firstDay
        for offset in 0...(Self.october.lastDay - first) {
            let day = first + offset
            let isOctober = day.month == Self.october
            if isOctober, day.civil.day > last || leaving.contains(day.civil.day) { continue }
            audit.rowsByDay[day] = rows
        }
        audit.rowsRead = audit.rowsByDay.values.reduce(0, +)
        return audit
    }

    private func context(
        _ audits: [ExportAudit], outages: [Outage] = [], leftOut: [String: Int] = [:], hours: OpeningHours? = nil
    ) -> ReportContext {
        var report = TinyReport()
        report.settings.hours = HoursSettings(standard: hours)
        report.settings.outages.systems = [.init(name: "lines", activities: ["phone"])]
        report.settings.exports = [
            ExportSettings(
                table: .messages, file: "phone.csv", label: "Phone",
                columns: ["channel": .init(rule: .constant("phone"))])
        ]
        let base = report.context
        var header = base.header
        header.audits = audits
        header.outages = outages
        return ReportContext(request: base.request, header: header, tables: [], tallies: [], leftOutByRule: leftOut)
    }

    private func draw(_ context: ReportContext, on format: PageFormat = .a4Landscape) -> DrawnTiny {
        var ledger = FigureLedger()
        ledger.note(page: 3, FigureID("RESP-02", Self.october), "answered in time", estimate: "0.9")
        let setting = PageSetting(
            format: format, theme: .standard, measurer: FixedWidthMeasurer(characterWidth: 0.5), number: 7, pages: 7,
            definition: PageDefinition(question: "Can I believe it?", page: .believe))
        return DrawnTiny(page: BelievePage.draw(context, setting, ledger: &ledger), ledger: ledger)
    }

    private func standings(_ audit: ExportAudit, _ context: ReportContext) -> [CoverageDays.Standing] {
        CoverageDays(context: context, audit: audit).standings
    }

    @Test func withoutExportsThereIsNothingToBelieve() {
        let drawn = draw(context([]))
        #expect(drawn.headline == "Nothing was read: there are no exports")
        #expect(drawn.text.contains("No export covers a single day"))
        #expect(!drawn.text.contains("1970"))
        #expect(!drawn.text.contains("As of 31"))
    }

    @Test func completeExportsSaySo() {
        let drawn = draw(context([export("E-mail"), export("Phone")]))
        #expect(drawn.headline == "Complete to 31 Oct")
        #expect(drawn.text.contains("No gap in 2 exports with daily rows"))
        #expect(drawn.text.contains("No row has a fault."))
        #expect(drawn.text.contains("Not exported: repair orders, deals, leads and outages."))
    }

    @Test func anExportThatEndsEarlyIsNamedWithItsDays() {
        let audits = [export("E-mail"), export("Chat", until: 28)]
        let drawn = draw(context(audits))
        #expect(drawn.headline == "Complete to 31 Oct, except chat: 29–31 Oct missing")
        #expect(drawn.text.contains("1 of 2 exports with daily rows has no gap"))
        #expect(drawn.text.contains("Chat: export 29–31 Oct again"))
        #expect(standings(audits[1], context(audits)).suffix(3) == [.missing, .missing, .missing])
    }

    @Test func whatNeedsAnExportStopsWithIt() {
        let drawn = draw(context([export("E-mail"), export("CRM leads", .leads, until: 12)]))
        #expect(drawn.headline == "CRM leads end on 12 Oct; the way from visit to sale stops there")
    }

    @Test func daysMissingInTheMiddleAreAGap() {
        let audits = [export("E-mail"), export("Phone", leaving: [13, 14, 15])]
        #expect(draw(context(audits)).headline == "Complete to 31 Oct, except phone: 13–15 Oct missing")
    }

    /// Every fifth day has a row: two days without any at the end are no proof, and no silence either.
    @Test func anEndThatMayBeChanceIsLeftOpen() {
        var rare = export("Chat", rows: 3, until: 29)
        for day in rare.rowsByDay.keys where day.number % 2 == 0 { rare.rowsByDay[day] = nil }
        let audits = [export("E-mail"), rare]
        let drawn = draw(context(audits))
        let last = rare.rowsByDay.keys.max() ?? Self.october.firstDay
        #expect(drawn.headline == "Complete to 31 Oct, but chat may end on \(Words.day(last))")
        #expect(!standings(rare, context(audits)).contains(.missing))
    }

    /// The other pages' footers say no more than page 7 does.
    @Test func footersSayMayWhereAnEndIsInferred() throws {
        var rare = export("Chat", rows: 3, until: 28)
        for day in rare.rowsByDay.keys where day.number % 4 > 0 { rare.rowsByDay[day] = nil }
        let last = try #require(rare.rowsByDay.keys.max())
        var stated = export("Phone", until: 20)
        stated.statedUntil = Day(year: 2026, month: 10, day: 20)
        let base = context([export("E-mail"), rare, stated])
        let setting = PageSetting(
            format: .letterLandscape, theme: .standard, measurer: FixedWidthMeasurer(characterWidth: 0.5), number: 3,
            pages: 7, definition: PageDefinition(question: "Who waits?", page: .whoWaits))
        let ends = PageFeet(context: base, setting: setting, tables: [.messages]).earlyEnds
        #expect(ends == ["Chat may end \(Words.day(last)).", "Phone ends 20 Oct."])
    }

    @Test func severalUnsureEndsAreInTheHeadline() {
        let rare = ["Chat", "Social"].map { label in
            var audit = export(label, rows: 3, until: 29)
            for day in audit.rowsByDay.keys where day.number % 2 == 0 { audit.rowsByDay[day] = nil }
            return audit
        }
        #expect(draw(context([export("E-mail")] + rare)).headline == "Complete to 31 Oct, but 2 exports may be cut off")
    }

    /// One export: what was never exported stands under it, and no hole.
    @Test func fewExportsLeaveNoHole() throws {
        let drawn = draw(context([export("E-mail")]), on: .letterLandscape)
        for words in ["Repair orders", "Deals", "Leads", "Outages", "never exported"] {
            #expect(drawn.text.contains(words), "\(words)")
        }
        let last = try #require(drawn.runs.last { $0.text.contains("never exported") })
        let next = try #require(drawn.runs.first { $0.origin.x < 60 && $0.origin.y > last.origin.y })
        #expect(next.origin.y - last.origin.y < 60)
        #expect(PageFaults(drawn.page.laid.frame, format: .letterLandscape).all.isEmpty)
    }

    @Test func anOutageExplainsThinDays() throws {
        let day = try #require(Day(year: 2026, month: 10, day: 13))
        let start = ZoneRules.utc.startOfDay(day)
        let outage = Outage(
            identifier: "1", store: -1, vendor: "", system: "lines", channel: "", start: start, end: start + 86_400 * 3,
            detected: nil, acknowledged: nil, notified: nil, isExternal: nil, vendorStart: nil, vendorEnd: nil, source: .none)
        let audits = [export("E-mail"), export("Phone", leaving: [13, 14, 15])]
        let drawn = draw(context(audits, outages: [outage]))
        #expect(drawn.headline == "Complete to 31 Oct")
        #expect(drawn.text.contains("Phone, 13 Oct: thin because of an outage, not the export."))
    }

    @Test func closedDaysAreNotMissing() {
        var hours = OpeningHours()
        hours.set([ClockInterval.wholeDay], on: 0..<5)
        // 3, 4, 10, 11 … October 2026 are weekends.
        let weekends = Set((1...31).filter { (Day(year: 2026, month: 10, day: $0)?.weekday ?? 0) > 4 })
        let audit = export("E-mail", leaving: weekends)
        let context = context([audit], hours: hours)
        #expect(standings(audit, context).filter { $0 == .missing }.isEmpty)
        #expect(standings(audit, context).count { $0 == .closed } == weekends.count)
        // The same export of a place that never closes has gaps.
        #expect(standings(audit, self.context([audit])).contains(.missing))
    }

    @Test func aStatedEndIsCertain() {
        var audit = export("E-mail", rows: 1, until: 20)
        audit.statedUntil = Day(year: 2026, month: 10, day: 20)
        #expect(standings(audit, context([audit])).count { $0 == .missing } == 11)
    }

    /// Five empty days after rows on every other day: enough to suspect an end that nobody stated, but chance leaves so
    /// many inside an export that is stated to go on.
    @Test func aStatedEndKeepsSilenceFromLookingLikeAnEnd() {
        var audit = export("E-mail", rows: 5, until: 26)
        let last = audit.rowsByDay.keys.max() ?? Self.october.firstDay
        for day in audit.rowsByDay.keys where (last - day) % 2 == 1 { audit.rowsByDay[day] = nil }
        #expect(standings(audit, context([audit])).count { $0 == .missing } == 5)
        audit.statedUntil = Self.october.lastDay
        #expect(!standings(audit, context([audit])).contains(.missing))
    }

    @Test func anOutageLogSaysNothingOfItsEnd() {
        let log = export("Outage log", .outages, until: 22, leaving: Set(2...21))
        let context = context([export("E-mail"), log])
        #expect(draw(context).headline == "Complete to 31 Oct")
        #expect(CoverageDays(context: context, audit: log).isLog)
        #expect(standings(log, context).count { $0 == .event } == 2)
    }

    @Test func logsAloneAreAsCompleteAsTheSettingsSay() {
        var log = export("Outage log", .outages, until: 22, leaving: Set(2...21))
        #expect(draw(context([log])).headline == "Logs of events only: nothing says how complete they are")
        log.statedUntil = Self.october.lastDay
        #expect(draw(context([log])).headline == "Complete to 31 Oct, as the settings state")
    }

    @Test func rowsToCorrectComeApartFromRules() {
        var audit = export("E-mail")
        audit.setAside = [.unreadableTime: 11, .duplicateRow: 21]
        let drawn = draw(context([audit], leftOut: ["Void repair order": 48]))
        #expect(drawn.text.contains("11 rows to correct; 69 left out by rule"))
        #expect(drawn.text.contains("11 to correct"))
        #expect(drawn.text.contains("11 rows have faults and do not count."))
        let noted = drawn.ledger.entries.filter { $0.id.code == "DATA-01" }
        #expect(noted.first?.n == audit.rowsRead)
    }

    @Test func wordsAreThoseOfTheFiguresPrinted() {
        let drawn = draw(context([export("E-mail")]))
        #expect(drawn.text.contains("Answered in time:"))
        #expect(!drawn.text.contains("Sales from service:"))
    }

    @Test(arguments: [PageFormat.a4Landscape, .letterLandscape])
    func manyExportsFitAndGapsAreAlwaysDrawn(_ format: PageFormat) {
        var audits = (1...20).map { export("Text platform of store \($0)") }
        audits.append(export("Chat", until: 20))
        let drawn = draw(context(audits, leftOut: ["Void repair order": 3]), on: format)
        #expect(drawn.runs.contains { $0.text == "Chat" })
        #expect(drawn.text.contains("more exports are not drawn"))
        #expect(drawn.page.laid.shortened.isEmpty, "\(drawn.page.laid.shortened)")
        expectSound(drawn, format)
    }
}
