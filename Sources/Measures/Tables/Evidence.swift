public import Basis
public import Dealership

/// The rows behind a figure: those counted, and those left out with the reason. Every row names its place in the exports.
public struct Evidence: Sendable {
    public struct Row: Sendable {
        /// In the order of `columns`.
        public var cells: [String]
        public var isCounted: Bool
        /// What it counted as, or why it did not.
        public var standing: String
        public var source: RowSource
        /// Other rows that it rests on: an answer, a repair order's deal.
        public var restsOn: [RowSource] = []
    }

    public var columns: [String]
    public var rows: [Row]
}

/// Which facts a figure was taken of.
public struct EvidenceSlice: Hashable, Sendable {
    /// Nil: all months.
    public var months: ClosedRange<Month>?
    public var labels: [Dimension: String]
    /// The figure's column, for measures whose columns count different rows.
    public var column: String?
    /// Phones and e-mails may be shown; else only their ends.
    public var showsValues: Bool
    public init(month: Month?, labels: [Dimension: String], column: String? = nil, showsValues: Bool = false) {
        self.init(months: month.map { $0...$0 }, labels: labels, column: column, showsValues: showsValues)
    }
    public init(
        months: ClosedRange<Month>?, labels: [Dimension: String], column: String? = nil, showsValues: Bool = false
    ) {
        self.months = months
        self.labels = labels
        self.column = column
        self.showsValues = showsValues
    }

    /// Of a row that was left out before it had all dimensions: whether it belongs here as far as it can be told. What
    /// it has no label for, it cannot belong to.
    func holds(_ known: [Dimension: String]) -> Bool {
        if let months, !(known[.month].flatMap { Month($0) }.map(months.contains) ?? false) { return false }
        return labels.allSatisfy { known[$0.key] == $0.value }
    }
}

extension Facts {
    /// Facts whose labels agree with the slice; `column` gives a dimension's column.
    func selected(
        _ count: Int, _ slice: EvidenceSlice, _ column: (Dimension) -> FactColumn?
    ) -> [Int] {
        var labels = slice.labels
        if let months = slice.months, months.lowerBound == months.upperBound {
            labels[.month] = months.lowerBound.description
        }
        let wanted = labels.sorted { $0.key < $1.key }.map { (column($0.key), $0.value) }
        if wanted.contains(where: { $0.0 == nil && !$0.1.isEmpty }) { return [] }
        var found = (0..<count).filter { fact in
            wanted.allSatisfy { column, label in column.map { $0.label($0.codes[fact]) == label } ?? true }
        }
        if let months = slice.months, months.lowerBound < months.upperBound {
            guard let column = column(.month) else { return [] }
            found = found.filter { Month(column.label(column.codes[$0])).map(months.contains) ?? false }
        }
        return found
    }

    /// `2026-10-13 09:20:31` on the store's clock; empty where there is none.
    func local(_ seconds: Int64, store: Int32) -> String {
        seconds == ConversationFacts.none ? "" : header.localTime(seconds, store: store)
    }

    func local(_ moment: Moment, store: Int32) -> String {
        if moment.isMissing { return "" }
        if moment.isDateOnly { return header.zone(ofStore: Int(store)).day(at: moment.instant).description }
        return local(moment.instant.seconds, store: store)
    }
}
