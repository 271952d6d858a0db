public import Dealership

/// Any list of tables from one pass over the data: tallies a sharing group at a time, merged exactly.
public struct Tabulation: Sendable {
    public let header: JournalHeader
    public let specs: [TableSpec]
    /// One linking for each combination of parameters that the tables ask for.
    private let contexts: [LinkingParameters: LinkingContext]

    public init(header: JournalHeader, specs: [TableSpec]) {
        self.header = header
        self.specs = specs
        var contexts: [LinkingParameters: LinkingContext] = [:]
        // Without a table the records are still joined once, for the faults that only show then.
        let wanted = specs.map { Tabulation.linking($0.request, header.settings) }
        for parameters in wanted.isEmpty ? [LinkingParameters(header.settings)] : wanted {
            if contexts[parameters] == nil {
                contexts[parameters] = LinkingContext(header: header, parameters: parameters)
            }
        }
        if contexts.isEmpty {
            let parameters = LinkingParameters(header.settings)
            contexts[parameters] = LinkingContext(header: header, parameters: parameters)
        }
        self.contexts = contexts
    }

    /// The parameters of linking that a table's measure states; the settings' for the others.
    public static func linking(_ request: MeasureRequest, _ settings: DealershipSettings) -> LinkingParameters {
        var parameters = LinkingParameters(settings)
        switch request {
        case .serviceToSales(let own):
            parameters.windowDays = own.windowDays
            parameters.credit = own.credit
        case .firstResponseTime(let own): parameters.answerOn = own.answerOn
        case .outageImpact(let own): parameters.answerOn = own.answerOn
        case .serviceFunnel(let own): parameters.windowDays = own.windowDays
        case .volume, .dataQuality, .handoffs: break
        }
        return parameters
    }

    /// The group's part of every table, in the order of `specs`.
    /// With it the records that a definition leaves out, by its words, and rows that contradict each other.
    public func tally(
        _ journal: GroupJournal
    ) -> (tables: [TallyTable], leftOut: [String: Int], faults: [LinkFault]) {
        let facts = link(journal)
        return (specs.map { tally($0, facts) }, leftOut(facts), faults(facts))
    }

    /// The group's facts for every combination of parameters that the tables ask for.
    public func link(_ journal: GroupJournal) -> [LinkingParameters: Facts] {
        contexts.mapValues { Facts(journal, context: $0) }
    }

    /// Records left out by rule, by the rule's words.
    public func leftOut(_ facts: [LinkingParameters: Facts]) -> [String: Int] { settled(facts)?.leftOutByRule ?? [:] }

    /// Rows that contradict each other.
    public func faults(_ facts: [LinkingParameters: Facts]) -> [LinkFault] { settled(facts)?.conversations.faults ?? [] }

    /// The facts by the settings' own parameters, else those of the first table.
    private func settled(_ facts: [LinkingParameters: Facts]) -> Facts? {
        let first = specs.first.map { Tabulation.linking($0.request, header.settings) }
        return facts[LinkingParameters(header.settings)] ?? first.flatMap { facts[$0] }
    }

    /// One table of linked facts.
    public func tally(_ spec: TableSpec, _ facts: [LinkingParameters: Facts]) -> TallyTable {
        guard let facts = facts[Tabulation.linking(spec.request, header.settings)] else { return TallyTable() }
        guard knowsEnough(spec) else { return TallyTable() }
        switch spec.request {
        case .serviceToSales(let parameters): return ServiceToSales.tally(facts, parameters, spec)
        case .firstResponseTime(let parameters): return FirstResponseTime.tally(facts, parameters, spec)
        case .outageImpact: return OutageImpact.tally(facts, spec)
        case .serviceFunnel(let parameters): return ServiceFunnel.tally(facts, parameters, spec)
        case .volume: return Volume.tally(facts, spec)
        case .dataQuality: return DataQuality.matches(facts, spec)
        case .handoffs(let parameters): return Handoffs.tally(facts, parameters, spec)
        }
    }

    /// Without the exports that a measure needs it says nothing, rather than 0.
    private func knowsEnough(_ spec: TableSpec) -> Bool {
        switch spec.request {
        case .serviceToSales: header.knows(.serviceVisits) && header.knows(.sales)
        case .firstResponseTime: header.knows(.messages) || header.knows(.conversations)
        case .outageImpact: header.knows(.outages)
        case .serviceFunnel: header.knows(.serviceVisits) && header.knows(.leads)
        case .volume, .dataQuality: true
        case .handoffs: header.knows(.messages)
        }
    }

    /// What belongs to no sharing group: downtime, rows of exports.
    public func common() -> [TallyTable] {
        specs.map { spec in
            switch spec.request {
            case .outageImpact:
                guard let context = contexts[Tabulation.linking(spec.request, header.settings)] else { return TallyTable() }
                return OutageImpact.downtime(context, spec)
            case .dataQuality: return DataQuality.rows(header, spec)
            default: return TallyTable()
            }
        }
    }

    /// One column of one cell.
    public static func value(_ column: String, of tally: Tally, in spec: TableSpec) -> Cell {
        switch spec.request {
        case .serviceToSales(let parameters): ServiceToSales.value(column, tally, parameters)
        case .firstResponseTime(let parameters): FirstResponseTime.value(column, tally, parameters)
        case .outageImpact: OutageImpact.value(column, tally)
        case .serviceFunnel(let parameters): ServiceFunnel.value(column, tally, parameters)
        case .volume: Volume.value(column, tally)
        case .dataQuality: DataQuality.value(column, tally)
        case .handoffs(let parameters): Handoffs.value(column, tally, parameters)
        }
    }

    /// Header and rows of a finished table, as text for machines.
    public static func rows(_ table: TallyTable, _ spec: TableSpec) -> [[String]] {
        [spec.by.map(\.columnName) + spec.columns]
            + table.rows.map { row in row.labels + spec.columns.map { value($0, of: row.tally, in: spec).plain } }
    }
}
