public import Basis

/// One table of results: a measure with its parameters, what it is split by, and which columns are printed.
public struct TableSpec: Hashable, Sendable {
    /// More could not be told apart: a cell's key holds so many codes.
    public static let mostDimensions = 4

    public var name: String
    public var request: MeasureRequest
    public var by: [Dimension]
    /// Names of `MeasureEntry.columns`.
    public var columns: [String]
    /// Only this store's facts; nil: all stores'.
    public var store: String?
    /// Only facts of these months; nil: all months'.
    public var months: ClosedRange<Month>?

    public init(
        name: String, request: MeasureRequest, by: [Dimension], columns: [String],
        store: String? = nil, months: ClosedRange<Month>? = nil
    ) {
        self.name = name
        self.request = request
        self.by = by
        self.columns = columns
        self.store = store
        self.months = months
    }
}
