/// How wide and high text is. Layout asks; Ink answers with Pango, tests with fixed widths.
public protocol TextMeasurer {
    /// The advance width of one line in points.
    func width(of text: String, style: TextStyle) -> Double
}

/// Every character has the same width: layout can be tested without fonts.
public struct FixedWidthMeasurer: TextMeasurer, Sendable {
    /// Width of a character as a share of the font size.
    public var characterWidth: Double
    public init(characterWidth: Double = 0.55) { self.characterWidth = characterWidth }
    public func width(of text: String, style: TextStyle) -> Double {
        Double(text.count) * (style.size * characterWidth + style.tracking)
    }
}
