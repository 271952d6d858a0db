public import Basis
public import Dealership
public import Measures
public import Programs
public import Statistics

/// Everything a page is made from: tallies, header, settings. Pages read; nothing here touches the world.
public struct ReportContext: Sendable {
    public let request: ReportRequest
    public let header: JournalHeader
    public let specs: [ReportTable: TableSpec]
    public let tables: [ReportTable: TallyTable]
    /// Rows set aside because of other rows, and left out by rule, by their words for page 7.
    public let leftOutByRule: [String: Int]
    /// What pages on one outage show beyond the tables.
    public var details = ReportDetails()
    /// Change efforts with their verdicts, in order of their start; empty where no page judges any.
    public var efforts: [EffortAssessment] = []
    /// All that are written down, for marks on series.
    public var effortRecords: [EffortRecord] = []
    /// The one that the report is of.
    public var effort: String?
    /// Reward rules with what they give; nil: no page asks for them, or the folder has none.
    public var rewards: ReportRewards?
    /// What was issued before and reads otherwise today, the report's own month first; empty: nothing to compare with.
    public var restatements: [Restatement] = []

    /// `tallies` are in the order of `tables`, as `specs(_:for:settings:)` gives the specifications.
    public init(
        request: ReportRequest, header: JournalHeader, tables: [ReportTable], tallies: [TallyTable],
        leftOutByRule: [String: Int]
    ) {
        self.request = request
        self.header = header
        self.leftOutByRule = leftOutByRule
        var byName: [ReportTable: TallyTable] = [:]
        var specs: [ReportTable: TableSpec] = [:]
        for (table, cells) in zip(tables, tallies) {
            byName[table] = cells
            specs[table] = table.spec(request, header.settings)
        }
        self.tables = byName
        self.specs = specs
    }

    public static func specs(
        _ tables: [ReportTable], for request: ReportRequest, settings: DealershipSettings
    ) -> [TableSpec] {
        tables.map { $0.spec(request, settings) }
    }

    public var settings: DealershipSettings { header.settings }
    public var month: Month { request.month }
    /// The report's months, oldest first, its own last.
    public var months: [Month] { (0..<request.monthsBack).map { request.month + ($0 - request.monthsBack + 1) } }
    /// As printed at the top right: the store's name where one is asked for, else the dealership's.
    public var place: String {
        request.store.flatMap { id in header.stores.first { $0.identifier == id }?.name } ?? settings.name
    }
    public var minimumN: Int { settings.conversion.minimumN }

    /// The sum of all cells whose labels agree with `slice`; nil where there is none.
    public func tally(_ table: ReportTable, _ slice: [Dimension: String] = [:]) -> Tally? {
        guard let spec = specs[table], let cells = tables[table]?.cells else { return nil }
        if spec.by.allSatisfy({ slice[$0] != nil }) { return cells[spec.by.map { slice[$0] ?? "" }] }
        let wanted = spec.by.map { slice[$0] }
        var found: [Tally] = []
        for (labels, tally) in cells where zip(labels, wanted).allSatisfy({ $1 == nil || $0 == $1 }) { found.append(tally) }
        return Tally.sum(found)
    }

    /// A column's figure of the summed cells.
    public func cell(_ table: ReportTable, _ column: String, _ slice: [Dimension: String] = [:]) -> Cell {
        guard let spec = specs[table], let tally = tally(table, slice) else { return .none }
        return Tabulation.value(column, of: tally, in: spec)
    }

    /// A count; nil where there is no cell at all, so that "none" and "no data" stay apart.
    public func count(_ table: ReportTable, _ column: String, _ slice: [Dimension: String] = [:]) -> Int? {
        if case .count(let value) = cell(table, column, slice) { return Int(value) }
        return nil
    }

    /// The distinct labels of a dimension, sorted.
    public func labels(_ table: ReportTable, _ dimension: Dimension, where slice: [Dimension: String] = [:]) -> [String] {
        guard let spec = specs[table], let cells = tables[table]?.cells,
            let position = spec.by.firstIndex(of: dimension)
        else { return [] }
        let wanted = spec.by.map { slice[$0] }
        let found = cells.keys.filter { labels in zip(labels, wanted).allSatisfy { $1 == nil || $0 == $1 } }
        return Set(found.map { $0[position] }).sorted()
    }

    /// The distinct labels of a dimension by those of another, sorted: one look at the table however many there are.
    public func labels(_ table: ReportTable, _ dimension: Dimension, by other: Dimension) -> [String: [String]] {
        guard let spec = specs[table], let cells = tables[table]?.cells,
            let position = spec.by.firstIndex(of: dimension), let place = spec.by.firstIndex(of: other)
        else { return [:] }
        var found: [String: Set<String>] = [:]
        for key in cells.keys { found[key[place], default: []].insert(key[position]) }
        return found.mapValues { $0.sorted() }
    }

    /// Share answered in time of the judged conversations, with what is needed for its interval.
    public func answeredInTime(_ table: ReportTable, _ slice: [Dimension: String] = [:]) -> Proportion? {
        tally(table, slice).flatMap { answeredInTime(table, of: $0) }
    }

    /// The same of cells that are summed already.
    func answeredInTime(_ table: ReportTable, of tally: Tally) -> Proportion? {
        FirstResponseTime.answeredInTime(tally, adjusted: isAdjusted(table))
    }

    /// The table's waits are less what outages and absences covered.
    private func isAdjusted(_ table: ReportTable) -> Bool {
        (specs[table]?.request.measure as? FirstResponseTime)?.adjusted ?? false
    }

    /// A month's own slice.
    public func at(_ month: Month, _ slice: [Dimension: String] = [:]) -> [Dimension: String] {
        slice.merging([.month: month.description]) { own, _ in own }
    }

    /// Audits of a table's exports.
    public func audits(_ table: StandardTable) -> [ExportAudit] { header.audits.filter { $0.table.tells(of: table) } }
}
