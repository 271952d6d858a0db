#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Color {
    /// The contrast ratio of two colours, 1 to 21.
    ///
    /// Web Content Accessibility Guidelines (WCAG) 2.2, W3C 2023, "contrast ratio".
    public func contrast(with other: Color) -> Double {
        let (a, b) = (luminance, other.luminance)
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    /// Relative luminance, 0 to 1 (WCAG 2.2).
    public var luminance: Double {
        func linear(_ value: UInt8) -> Double {
            let share = Double(value) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }
}
