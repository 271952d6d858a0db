import Basis
import Dealership
import Definitions
import Drawing
@testable import Measures
@testable import Reporting
import Statistics

/// A report context made by hand: October 2026 of one store, its cells as a test wants them.
struct TinyReport {
    var settings: DealershipSettings
    var exports: [StandardTable: (from: Day, until: Day)] = [:]
    var people: [Person] = []
    var outages: [Outage] = []
    var ledger = OutageLedger()
    var details = ReportDetails()
    /// Of pages on one outage or one vendor.
    var outage: String?
    var vendor: String?
    /// Besides the first, `a`.
    var otherStores: [Store] = []
    var cells: [ReportTable: [[String]: Tally]] = [:]
    let month = Month(year: 2026, month: 10)

    init() {
        settings = DealershipSettings(
            name: "Riverside Motors", currency: "USD", timeZone: nil, hours: HoursSettings(standard: nil),
            channels: [], targets: TargetSettings(firstResponseSecondsElse: 3_600, answeredInTimePermille: 900),
            conversion: ConversionSettings(windowDays: 60, credit: .lastTouch, denominator: .visits, minimumN: 20),
            conversations: ConversationSettings(answerOn: .anyManaged, gapSeconds: 259_200),
            outages: OutageSettings(recoverySeconds: 0, systems: []), exports: [], owners: [:], dueInDays: [:],
            stoppedClocks: StoppedClockSettings(sharePermille: 300, seconds: 20, minimum: 10))
    }

    mutating func export(_ tables: StandardTable...) {
        for table in tables { exports[table] = ((month + -13).firstDay, month.lastDay) }
    }

    /// Conversations of a channel on one day, in every table that page 3 reads.
    mutating func conversations(_ channel: String, day: Int, inTime: Int, late: Int = 0, silent: Int = 0, stillWithin: Int = 0) {
        var counts = [Int64](repeating: 0, count: FirstResponseTime.Counter.allCases.count)
        func set(_ counter: FirstResponseTime.Counter, _ value: Int) { counts[counter.rawValue] = Int64(value) }
        set(.conversations, inTime + late + silent + stillWithin)
        set(.answered, inTime + late)
        set(.inTime, inTime)
        set(.late, late)
        set(.unanswered, silent)
        set(.stillWithin, stillWithin)
        set(.waiting, silent + stillWithin)
        var answered = SparseHistogram()
        if inTime > 0 { answered.add(600, times: Int64(inTime)) }
        if late > 0 { answered.add(18_000, times: Int64(late)) }
        var waiting = SparseHistogram()
        if silent + stillWithin > 0 { waiting.add(400_000, times: Int64(silent + stillWithin)) }
        let tally = Tally(counts: counts, histograms: [answered, waiting, SparseHistogram(), SparseHistogram()])
        guard let date = Day(year: 2026, month: 10, day: day) else { return }
        let weekday = String(date.weekday + 1)
        add(.responses, ["2026-10"], tally)
        add(.responsesByChannel, ["2026-10", channel], tally)
        add(.responsesByHour, [weekday, "10"], tally)
        add(.responsesByDay, [channel, date.description], tally)
        add(.responsesByWeekday, [channel, weekday], tally)
    }

    /// What one department handed to another in October; the unanswered have waited nine days.
    mutating func handoffs(_ from: String, _ to: String, inTime: Int, late: Int = 0, silent: Int = 0, stillWithin: Int = 0) {
        var counts = [Int64](repeating: 0, count: Handoffs.Counter.allCases.count)
        func set(_ counter: Handoffs.Counter, _ value: Int) { counts[counter.rawValue] = Int64(value) }
        set(.handoffs, inTime + late + silent + stillWithin)
        set(.answered, inTime + late)
        set(.inTime, inTime)
        set(.late, late)
        set(.unanswered, silent)
        set(.stillWithin, stillWithin)
        set(.waiting, silent + stillWithin)
        var (answered, waiting, ages) = (SparseHistogram(), SparseHistogram(), SparseHistogram())
        if inTime > 0 { answered.add(3_600, times: Int64(inTime)) }
        if late > 0 { answered.add(30_000, times: Int64(late)) }
        if silent + stillWithin > 0 { waiting.add(100_000, times: Int64(silent + stillWithin)) }
        if silent > 0 { ages.add(9 * 86_400, times: Int64(silent)) }
        add(.handoffs, ["2026-10", from, to], Tally(counts: counts, histograms: [answered, waiting, ages]))
    }

    /// What one person was judged by in a month; "" is nobody.
    mutating func person(_ identifier: String, inTime: Int, missed: Int, month: String = "2026-10") {
        var counts = [Int64](repeating: 0, count: FirstResponseTime.Counter.allCases.count)
        counts[FirstResponseTime.Counter.conversations.rawValue] = Int64(inTime + missed)
        counts[FirstResponseTime.Counter.inTime.rawValue] = Int64(inTime)
        counts[FirstResponseTime.Counter.unanswered.rawValue] = Int64(missed)
        counts[FirstResponseTime.Counter.inTimeAdjusted.rawValue] = Int64(inTime)
        counts[FirstResponseTime.Counter.unansweredAdjusted.rawValue] = Int64(missed)
        let tally = Tally(counts: counts, histograms: [SparseHistogram](repeating: SparseHistogram(), count: 4))
        add(.adjustedByPerson, [month, identifier], tally)
        add(.responsesByPerson, [month, identifier], tally)
    }

    /// What one store was judged by in a month.
    mutating func store(_ identifier: String, inTime: Int, missed: Int, month: String = "2026-10") {
        var counts = [Int64](repeating: 0, count: FirstResponseTime.Counter.allCases.count)
        counts[FirstResponseTime.Counter.conversations.rawValue] = Int64(inTime + missed)
        counts[FirstResponseTime.Counter.inTime.rawValue] = Int64(inTime)
        counts[FirstResponseTime.Counter.unanswered.rawValue] = Int64(missed)
        let tally = Tally(counts: counts, histograms: [SparseHistogram](repeating: SparseHistogram(), count: 4))
        add(.responsesByStore, [month, identifier], tally)
    }

    /// Messages of a channel in October, as the settings manage it.
    mutating func messages(_ channel: String, _ count: Int, isOff: Bool = false) {
        var counts = [Int64](repeating: 0, count: Volume.Counter.allCases.count)
        counts[Volume.Counter.messages.rawValue] = Int64(count)
        counts[Volume.Counter.offChannel.rawValue] = isOff ? Int64(count) : 0
        counts[Volume.Counter.knowsMessages.rawValue] = 1
        counts[Volume.Counter.knowsOffChannel.rawValue] = 1
        add(.volumes, ["2026-10"], Tally(counts: counts, histograms: []))
        add(.volumesByChannel, ["2026-10", channel], Tally(counts: counts, histograms: []))
    }

    /// A month's visits: how many bought after five days; watched up to the end of October.
    mutating func visits(_ month: Month, _ visits: Int, bought: Int, leads: Int = 0, contacts: Int = 0) {
        let age = self.month.lastDay - month.lastDay
        let isFinished = age >= settings.conversion.windowDays
        var counts = [Int64](repeating: 0, count: ServiceToSales.Counter.allCases.count)
        counts[ServiceToSales.Counter.visits.rawValue] = Int64(visits)
        counts[ServiceToSales.Counter.customers.rawValue] = Int64(visits)
        counts[ServiceToSales.Counter.matureVisits.rawValue] = isFinished ? Int64(visits) : 0
        counts[ServiceToSales.Counter.matureCustomers.rawValue] = isFinished ? Int64(visits) : 0
        counts[ServiceToSales.Counter.convertedVisits.rawValue] = Int64(bought)
        counts[ServiceToSales.Counter.convertedCustomers.rawValue] = Int64(bought)
        var lags = SparseHistogram()
        if bought > 0 { lags.add(5, times: Int64(bought)) }
        var watched = SparseHistogram()
        watched.add(Int64(min(age, settings.conversion.windowDays)), times: Int64(visits - bought))
        add(.visits, [month.description], Tally(counts: counts, histograms: [lags, watched, SparseHistogram()]))
        let funnel = [visits, leads, contacts, bought, bought, bought, isFinished ? visits : 0].map(Int64.init)
            + [Int64](repeating: 1, count: 6) // every step's export is there
            + [Int64](repeating: 0, count: 7) // no gross
        add(.funnel, [month.description], Tally(counts: funnel, histograms: [SparseHistogram](repeating: lags, count: 10)))
    }

    mutating func add(_ table: ReportTable, _ labels: [String], _ tally: Tally) {
        let known = cells[table]?[labels]
        cells[table, default: [:]][labels] = known.map { $0 + tally } ?? tally
    }

    var context: ReportContext { context(of: ReportTable.allCases) }

    /// The same with these tables alone.
    func context(of tables: [ReportTable]) -> ReportContext {
        var audits: [ExportAudit] = []
        for (table, span) in exports.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            var audit = ExportAudit(table: table, label: table.rawValue, system: "", files: ["\(table.rawValue).csv"])
            audit.statedFrom = span.from
            audit.statedUntil = span.until
            audits.append(audit)
        }
        var header = JournalHeader(
            settings: settings, stores: [Store(identifier: "a", name: settings.name, zone: 0, group: 0)] + otherStores,
            zones: [.utc],
            groups: ["a"], names: [], people: Dictionary(uniqueKeysWithValues: people.map { ($0.identifier, $0) }),
            outages: outages, audits: audits, asOf: ZoneRules.utc.startOfDay(month.lastDay + 1), asOfDay: month.lastDay)
        header.ledger = ledger
        var context = ReportContext(
            request: ReportRequest(month: month, outage: outage, vendor: vendor), header: header,
            tables: tables, tallies: tables.map { TallyTable(cells: cells[$0] ?? [:]) }, leftOutByRule: [:])
        context.details = details
        return context
    }

    /// `from`: another context than the report's own.
    func draw(_ kind: PageKind, on format: PageFormat = .a4Landscape, from other: ReportContext? = nil) -> DrawnTiny {
        var ledger = FigureLedger()
        let setting = PageSetting(
            format: format, theme: .standard, measurer: FixedWidthMeasurer(), number: 2, pages: 7,
            definition: PageDefinition(question: "The question?", page: kind))
        let page = kind.type.draw(other ?? context, setting, ledger: &ledger)
        return DrawnTiny(page: page, ledger: ledger)
    }
}

/// A drawn page, its texts in reading order.
struct DrawnTiny {
    var page: DrawnPage
    var ledger: FigureLedger
    var headline: String { page.headline }
    var runs: [TextRun] { page.laid.sheets.flatMap(\.items).flatMap(DrawnTiny.runs) }
    var text: String { runs.map(\.text).joined(separator: " ") }
    /// The same with one space between words, wherever a line ends.
    var words: String { text.split(separator: " ").joined(separator: " ") }

    private static func runs(_ item: FrameItem) -> [TextRun] {
        switch item {
        case .text(let run): [run]
        case .group(let group): group.items.flatMap(runs)
        case .link(let link): link.items.flatMap(runs)
        case .path, .image: []
        }
    }
}
