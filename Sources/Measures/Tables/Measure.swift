public import Dealership

/// A measure with every parameter stated: what it counts, and how its counts are read.
///
/// A new measure is a file with such a value, one line of `Catalog`, and its test.
public protocol Measure: Hashable, Sendable {
    /// What `kpi measures` prints, and what a specification is checked against.
    static var entry: MeasureEntry { get }

    /// From a table's parameters; those it leaves out are the dealership's. Nil: one that must be stated is missing.
    init?(_ parameters: inout some ParameterReading)

    /// The parameters with their values, as `kpi explain` prints them.
    var inForce: [(parameter: String, value: String)] { get }

    /// The parameters of linking where the measure states its own.
    func linking(_ usual: LinkingParameters) -> LinkingParameters

    /// Whether the exports it needs are there: without them it says nothing, rather than 0.
    func isKnown(_ header: JournalHeader) -> Bool

    /// One sharing group's part of a table.
    func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable

    /// What belongs to no sharing group: downtime, rows of exports.
    func common(_ context: LinkingContext, _ spec: TableSpec) -> TallyTable

    /// Other stores whose groups' facts count in a table of one store alone: those that it is held against.
    func storesBeside(_ store: Int32, _ header: JournalHeader) -> [Int32]

    /// One column of one cell.
    func value(_ column: String, _ tally: Tally) -> Cell

    /// The table once all groups are merged: what a cell says of others stands in it only then. Not to be done twice.
    func completed(_ table: TallyTable, _ spec: TableSpec) -> TallyTable

    /// The rows behind a slice; nil: the measure counts rows as they are.
    func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence?
}

extension Measure {
    public var inForce: [(parameter: String, value: String)] { [] }
    public func linking(_ usual: LinkingParameters) -> LinkingParameters { usual }
    public func isKnown(_ header: JournalHeader) -> Bool { true }
    public func common(_ context: LinkingContext, _ spec: TableSpec) -> TallyTable { TallyTable() }
    public func storesBeside(_ store: Int32, _ header: JournalHeader) -> [Int32] { [] }
    public func completed(_ table: TallyTable, _ spec: TableSpec) -> TallyTable { table }
    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? { nil }
}

/// Any measure, as tables ask for it.
public struct MeasureRequest: Hashable, Sendable {
    public let measure: any Measure

    public init(_ measure: some Measure) { self.measure = measure }

    public var entry: MeasureEntry { type(of: measure).entry }
    /// The catalogue's name: `first-response-time`.
    public var name: String { entry.name }

    public static func == (a: MeasureRequest, b: MeasureRequest) -> Bool {
        AnyHashable(a.measure) == AnyHashable(b.measure)
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(AnyHashable(measure)) }
}

/// Reads the parameters that a table states. Whoever implements it reports what is wrong with one, and gives nil then.
public protocol ParameterReading {
    /// The dealership's own values, for what the table leaves out.
    var settings: DealershipSettings { get }
    /// False, and reported with the remedy, where the table does not state the parameter.
    mutating func require(_ parameter: String, _ remedy: String) -> Bool
    /// Reports a parameter's value that does not go with another's.
    mutating func refuse(_ parameter: String, _ message: String, _ remedy: String)
    mutating func choice<Choice>(_ parameter: String, _ type: Choice.Type) -> Choice?
    where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String
    mutating func flag(_ parameter: String) -> Bool?
    /// Whole days, 1 to 3,660.
    mutating func days(_ parameter: String) -> Int?
    mutating func count(_ parameter: String, in range: ClosedRange<Int>) -> Int?
    /// One of the words, else a duration of the clock.
    mutating func wordOrSeconds(_ parameter: String, words: [String], _ clock: FirstResponseTime.Clock) -> WordOrSeconds?
}

public enum WordOrSeconds: Hashable, Sendable {
    case word(String)
    case seconds(Int64)
}

extension ParameterReading {
    /// The parameters that several measures share.
    mutating func minimumN() -> Int { count("minimum-n", in: 1...10_000) ?? settings.conversion.minimumN }
    mutating func answerOn() -> ConversationSettings.AnswerOn {
        choice("answer-on", ConversationSettings.AnswerOn.self) ?? settings.conversations.answerOn
    }
}

/// States nothing: every parameter is the dealership's own.
struct UsualParameters: ParameterReading {
    let settings: DealershipSettings
    func require(_ parameter: String, _ remedy: String) -> Bool { false }
    func refuse(_ parameter: String, _ message: String, _ remedy: String) {}
    func choice<Choice>(_ parameter: String, _ type: Choice.Type) -> Choice?
    where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String { nil }
    func flag(_ parameter: String) -> Bool? { nil }
    func days(_ parameter: String) -> Int? { nil }
    func count(_ parameter: String, in range: ClosedRange<Int>) -> Int? { nil }
    func wordOrSeconds(_ parameter: String, words: [String], _ clock: FirstResponseTime.Clock) -> WordOrSeconds? { nil }
}
