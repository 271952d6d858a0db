/// A sheet and its grid: twelve columns between the margins, computed from the width.
public struct PageFormat: Hashable, Sendable {
    /// Points.
    public var size: Size
    public var margin = 36.0
    public var gutter = 18.0
    public var columns = 12

    public init(size: Size) { self.size = size }

    public static let a4Landscape = PageFormat(size: Size(width: 842, height: 595))
    public static let letterLandscape = PageFormat(size: Size(width: 792, height: 612))
    public static let a4Portrait = PageFormat(size: Size(width: 595, height: 842))
    public static let letterPortrait = PageFormat(size: Size(width: 612, height: 792))

    public var isPortrait: Bool { size.width < size.height }
    public var contentWidth: Double { size.width - 2 * margin }
    public var columnWidth: Double { (contentWidth - Double(columns - 1) * gutter) / Double(columns) }
    public var right: Double { size.width - margin }

    /// Where blocks begin under a one-line headline.
    public var contentTop: Double { 104 }
    /// Where blocks end.
    public var contentBottom: Double { size.height - 55 }
    public var footerRule: Double { size.height - 43 }
    /// The two baselines of the footer.
    public var footerLines: (Double, Double) { (size.height - 31, size.height - 20) }

    /// The left edge of a column, counted from 0.
    public func x(column: Int) -> Double { margin + Double(column) * (columnWidth + gutter) }
    /// The width of so many columns and the gutters between them.
    public func width(span: Int) -> Double { Double(span) * columnWidth + Double(max(span - 1, 0)) * gutter }
}
