/// A calendar month.
public struct Month: Hashable, Comparable, Sendable {
    /// Months since year 0: `year * 12 + month - 1`.
    public var number: Int32

    @inlinable
    public init(number: Int32) { self.number = number }

    /// `month` is 1 to 12.
    @inlinable
    public init(year: Int, month: Int) { self.init(number: Int32(year * 12 + month - 1)) }

    @inlinable
    public static func < (a: Month, b: Month) -> Bool { a.number < b.number }

    @inlinable
    public static func + (a: Month, months: Int) -> Month { Month(number: a.number + Int32(months)) }

    /// Months from `b` to `a`.
    @inlinable
    public static func - (a: Month, b: Month) -> Int { Int(a.number) - Int(b.number) }

    public var year: Int { Int(number).floorDivided(by: 12) }
    /// 1 to 12.
    public var monthOfYear: Int { Int(number) - year * 12 + 1 }
    public var firstDay: Day { Day(year: year, month: monthOfYear, day: 1) ?? Day(number: 0) }
    public var lastDay: Day { (self + 1).firstDay + -1 }

    /// Reads `2026-10`; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
            let year = Int(parts[0]), let month = Int(parts[1]), (1...12).contains(month)
        else { return nil }
        self.init(year: year, month: month)
    }
}

extension Month: CustomStringConvertible {
    /// `2026-10`.
    public var description: String { "\(year)-\(twoDigits(monthOfYear))" }
}
