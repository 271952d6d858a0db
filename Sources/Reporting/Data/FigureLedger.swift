import Basis
public import Measures

/// Every figure that the pages print, with its id: the analyst's table beside the report, and what `kpi explain` takes.
public struct FigureLedger: Sendable {
    public struct Entry: Hashable, Sendable {
        public var page: Int
        public var id: FigureID
        /// What it is, in words.
        public var label: String
        /// As machines read it, from the unrounded figure.
        public var estimate: String
        public var lower: String
        public var upper: String
        /// The number behind a share.
        public var n: Int?
        public var method: String
    }

    public private(set) var entries: [Entry] = []
    /// The last sheet of each page that has several, by the number of its first.
    public var lastSheets: [Int: Int] = [:]
    public init() {}

    /// Notes a figure as printed on a page; its label is English whatever the page's language.
    public mutating func note(
        page: Int, _ id: FigureID, _ label: @autoclosure () -> String, estimate: String, lower: String = "",
        upper: String = "", n: Int? = nil, method: String = ""
    ) {
        let label = Speech.$book.withValue(.english, operation: label)
        entries.append(
            Entry(page: page, id: id, label: label, estimate: estimate, lower: lower, upper: upper, n: n, method: method))
    }

    /// Header and rows; the codes noted on a page, sorted, for its footer.
    public var rows: [[String]] {
        [["page", "id", "label", "estimate", "lower", "upper", "n", "method"]]
            + entries.map {
                [pages($0.page), $0.id.description, $0.label, $0.estimate, $0.lower, $0.upper, $0.n.map(String.init) ?? "",
                 $0.method]
            }
    }

    /// `4`, or `4-5` of a page that goes on.
    private func pages(_ first: Int) -> String { lastSheets[first].map { "\(first)-\($0)" } ?? String(first) }

    public func codes(page: Int) -> [String] { Set(entries.filter { $0.page == page }.map(\.id.code)).sorted() }
}
