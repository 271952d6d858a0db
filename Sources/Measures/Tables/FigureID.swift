public import Basis

/// Where a figure was taken: its code, month or months, and the slice. Prints as `RESP-02@2026-10;channel=sms`, of several
/// months as `S2S-20@2025-09..2026-08;relation=loyalty`.
public struct FigureID: Hashable, Sendable, CustomStringConvertible {
    public var code: String
    public var months: ClosedRange<Month>
    public var slice: [Dimension: String]

    public init(_ code: String, _ month: Month, _ slice: [Dimension: String] = [:]) {
        self.init(code, month...month, slice)
    }
    public init(_ code: String, _ months: ClosedRange<Month>, _ slice: [Dimension: String] = [:]) {
        self.code = code
        self.months = months
        self.slice = slice
    }

    /// The last of the months.
    public var month: Month { months.upperBound }
    /// Taken of several months together.
    public var isOverMonths: Bool { months.lowerBound < months.upperBound }

    /// Nil for anything that is not of the form above.
    public init?(_ text: String) {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
        let head = parts[0].split(separator: "@", omittingEmptySubsequences: false)
        guard head.count == 2, let months = FigureID.months(head[1]) else { return nil }
        var slice: [Dimension: String] = [:]
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, let dimension = Dimension(rawValue: String(pair[0])) else { return nil }
            slice[dimension] = String(pair[1])
        }
        self.init(String(head[0]), months, slice)
    }

    /// `2026-10`, or `2025-09..2026-08`.
    private static func months(_ text: Substring) -> ClosedRange<Month>? {
        if let month = Month(text) { return month...month }
        guard let first = Month(text.prefix(7)), let last = Month(text.suffix(7)), first < last, text.count == 16,
            text.dropFirst(7).dropLast(7) == ".."
        else { return nil }
        return first...last
    }

    public var description: String {
        let when = isOverMonths ? "\(months.lowerBound)..\(month)" : month.description
        return "\(code)@\(when)" + slice.sorted { $0.key < $1.key }.map { ";\($0.key.rawValue)=\($0.value)" }.joined()
    }
}
