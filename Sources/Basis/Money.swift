/// An amount in minor units (cents) of the dealership's one currency. Integer throughout: sums are exact in any order.
public struct Money: Hashable, Comparable, Sendable {
    public var minorUnits: Int64

    @inlinable
    public init(minorUnits: Int64) { self.minorUnits = minorUnits }

    public static let zero = Money(minorUnits: 0)

    @inlinable
    public static func < (a: Money, b: Money) -> Bool { a.minorUnits < b.minorUnits }
    @inlinable
    public static func + (a: Money, b: Money) -> Money { Money(minorUnits: a.minorUnits + b.minorUnits) }
    @inlinable
    public static func - (a: Money, b: Money) -> Money { Money(minorUnits: a.minorUnits - b.minorUnits) }
    @inlinable
    public static func += (a: inout Money, b: Money) { a = a + b }
}

extension Money: CustomStringConvertible {
    /// Two decimals, no currency, no grouping: `-1234.50`.
    public var description: String {
        let magnitude = minorUnits.magnitude
        return "\(minorUnits < 0 ? "-" : "")\(magnitude / 100).\(twoDigits(magnitude % 100))"
    }
}
