/// A point in time in whole seconds since 1970-01-01T00:00:00Z. No leap seconds, no zone.
public struct Instant: Hashable, Comparable, Sendable {
    public var seconds: Int64

    @inlinable
    public init(seconds: Int64) { self.seconds = seconds }

    @inlinable
    public static func < (a: Instant, b: Instant) -> Bool { a.seconds < b.seconds }

    /// The instant `seconds` later (earlier when negative).
    @inlinable
    public static func + (a: Instant, seconds: Int64) -> Instant { Instant(seconds: a.seconds + seconds) }

    /// Wall-clock seconds from `b` to `a`.
    @inlinable
    public static func - (a: Instant, b: Instant) -> Int64 { a.seconds - b.seconds }
}

extension Instant: CustomStringConvertible {
    /// ISO 8601 in UTC: `2026-10-31T23:59:59Z`.
    public var description: String {
        let day = Day(number: Int32(seconds.floorDivided(by: 86_400)))
        let rest = seconds - Int64(day.number) * 86_400
        return "\(day)T\(twoDigits(rest / 3_600)):\(twoDigits(rest / 60 % 60)):\(twoDigits(rest % 60))Z"
    }
}

extension BinaryInteger {
    /// The quotient rounded towards minus infinity, which is what calendars need before 1970.
    @inlinable
    public func floorDivided(by divisor: Self) -> Self {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder != 0 && (remainder < 0) != (divisor < 0) ? quotient - 1 : quotient
    }
}

/// `7` → `"07"`.
public func twoDigits(_ value: some BinaryInteger) -> String {
    value < 10 ? "0\(value)" : "\(value)"
}
