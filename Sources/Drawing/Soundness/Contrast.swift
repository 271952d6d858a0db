import Basis

extension Color {
    /// The contrast ratio of two colours, 1 to 21.
    ///
    /// Web Content Accessibility Guidelines (WCAG) 2.2, W3C 2023, "contrast ratio".
    public func contrast(with other: Color) -> Double { web.contrast(with: other.web) }

    /// Relative luminance, 0 to 1 (WCAG 2.2).
    public var luminance: Double { web.luminance }
}
