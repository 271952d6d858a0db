public import Dealership

/// Any list of tables from one pass over the data: tallies a sharing group at a time, merged exactly.
public struct Tabulation: Sendable {
    public let header: JournalHeader
    public let specs: [TableSpec]
    /// One linking for each combination of parameters that the tables ask for.
    private let contexts: [LinkingParameters: LinkingContext]

    /// - Parameter others: parameters of linking that something else than a table asks for.
    public init(header: JournalHeader, specs: [TableSpec], others: [LinkingParameters] = []) {
        self.header = header
        self.specs = specs
        var contexts: [LinkingParameters: LinkingContext] = [:]
        // Without a table the records are still joined once, for the faults that only show then.
        let wanted = specs.map { Tabulation.linking($0.request, header.settings) } + others
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

    /// What all groups share while they are linked so; nil: nothing asks for it.
    public func context(_ parameters: LinkingParameters) -> LinkingContext? { contexts[parameters] }

    /// The parameters of linking that a table's measure states; the settings' for the others.
    public static func linking(_ request: MeasureRequest, _ settings: DealershipSettings) -> LinkingParameters {
        request.measure.linking(LinkingParameters(settings))
    }

    /// The group's part of every table, in the order of `specs`.
    /// With it the records that a definition leaves out, by its words, and rows that contradict each other.
    public func tally(
        _ journal: GroupJournal
    ) -> (tables: [TallyTable], leftOut: [String: Int], faults: [LinkFault]) { tally(link(journal)) }

    /// The same of linked facts.
    public func tally(
        _ facts: [LinkingParameters: Facts]
    ) -> (tables: [TallyTable], leftOut: [String: Int], faults: [LinkFault]) {
        (specs.map { tally($0, facts) }, leftOut(facts), faults(facts))
    }

    /// The group's facts for every combination of parameters that the tables ask for.
    /// - Parameter known: who is who in this journal, where somebody has found it out already; it depends on no parameter.
    public func link(_ journal: GroupJournal, _ known: Identity? = nil) -> [LinkingParameters: Facts] {
        let identity = known ?? Identity(journal, country: header.settings.phoneCountry)
        return contexts.mapValues { Facts(journal, context: $0, identity: identity) }
    }

    /// Positions of the tables, those first that read no conversations.
    public var orderOfWork: [Int] {
        let early = specs.indices.filter { index in
            let needs = type(of: specs[index].request.measure).entry.needs
            return needs.contains("service_visits") && !needs.contains("messages")
        }
        return early + specs.indices.filter { !early.contains($0) }
    }

    /// Joins what most tables wait for.
    public func joinConversations(_ facts: [LinkingParameters: Facts]) { _ = settled(facts)?.conversations }

    /// Records left out by rule, by the rule's words.
    public func leftOut(_ facts: [LinkingParameters: Facts]) -> [String: Int] { settled(facts)?.leftOutByRule ?? [:] }

    /// Rows that contradict each other.
    public func faults(_ facts: [LinkingParameters: Facts]) -> [LinkFault] { settled(facts)?.faults ?? [] }

    /// The facts by the settings' own parameters, else those of the first table.
    private func settled(_ facts: [LinkingParameters: Facts]) -> Facts? {
        let first = specs.first.map { Tabulation.linking($0.request, header.settings) }
        return facts[LinkingParameters(header.settings)] ?? first.flatMap { facts[$0] }
    }

    /// One table of linked facts.
    public func tally(_ spec: TableSpec, _ facts: [LinkingParameters: Facts]) -> TallyTable {
        guard let facts = facts[Tabulation.linking(spec.request, header.settings)],
            spec.request.measure.isKnown(header)
        else { return TallyTable() }
        return spec.request.measure.tally(facts, spec)
    }

    /// The tables once all groups are merged, in the order of `specs`.
    public func completed(_ tables: [TallyTable]) -> [TallyTable] {
        zip(specs, tables).map { $0.request.measure.completed($1, $0) }
    }

    /// One column of one cell.
    public static func value(_ column: String, of tally: Tally, in spec: TableSpec) -> Cell {
        spec.request.measure.value(column, tally)
    }

    /// Header and rows of a finished table, as text for machines.
    public static func rows(_ table: TallyTable, _ spec: TableSpec) -> [[String]] {
        [spec.by.map(\.columnName) + spec.columns]
            + table.rows.map { row in row.labels + spec.columns.map { value($0, of: row.tally, in: spec).plain } }
    }
}
