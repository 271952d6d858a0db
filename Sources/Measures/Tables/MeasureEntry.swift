/// A measure as the catalogue knows it: what `kpi measures` prints, and what a specification is checked against.
public struct MeasureEntry: Hashable, Sendable {
    public struct Column: Hashable, Sendable {
        /// snake_case, ending in its unit where it has one.
        public var name: String
        public var meaning: String
        public init(_ name: String, _ meaning: String) {
            self.name = name
            self.meaning = meaning
        }
    }

    public struct Parameter: Hashable, Sendable {
        /// As a table states it: `minimum-n`.
        public var name: String
        public var meaning: String
        public init(_ name: String, _ meaning: String) {
            self.name = name
            self.meaning = meaning
        }
        public static let window = Parameter("window", "days between two dates at most; else the dealership's")
        public static let answerOn = Parameter("answer-on", "any-managed or same; else the dealership's")
        public static let minimumN = Parameter("minimum-n", "below it counts and no rate; else the dealership's")
    }

    /// `first-response-time`.
    public var name: String
    /// Printed under figures: `RESP-02`.
    public var code: String
    public var title: String
    /// One sentence for a manager.
    public var summary: String
    /// The definition in full, with its parameters and sources.
    public var definition: String
    public var dimensions: [Dimension]
    public var columns: [Column]
    /// What a table may state; it leaves out what is to be as in the settings.
    public var parameters: [Parameter]
    /// Tables without which nothing can be said.
    public var needs: [String]

    public init(
        name: String, code: String, title: String, summary: String, definition: String,
        dimensions: [Dimension], columns: [Column], parameters: [Parameter] = [], needs: [String] = []
    ) {
        self.name = name
        self.code = code
        self.title = title
        self.summary = summary
        self.definition = definition
        self.dimensions = dimensions
        self.columns = columns
        self.parameters = parameters
        self.needs = needs
    }
}
