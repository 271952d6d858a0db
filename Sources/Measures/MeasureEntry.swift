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
    /// Tables without which nothing can be said.
    public var needs: [String]

    public init(
        name: String, code: String, title: String, summary: String, definition: String,
        dimensions: [Dimension], columns: [Column], needs: [String]
    ) {
        self.name = name
        self.code = code
        self.title = title
        self.summary = summary
        self.definition = definition
        self.dimensions = dimensions
        self.columns = columns
        self.needs = needs
    }
}
