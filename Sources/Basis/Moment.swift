/// When something happened, as exactly as the export says it: an instant, or a local date alone.
public struct Moment: Hashable, Sendable {
    /// Seconds shifted left by one; the low bit is set for a date alone, whose seconds are those of its local midnight.
    public var raw: Int64

    @inlinable
    public init(raw: Int64) { self.raw = raw }
    @inlinable
    public init(_ instant: Instant) { raw = instant.seconds << 1 }
    /// A date without a time, given by the instant at which it begins in its store's zone.
    @inlinable
    public init(dateStartingAt instant: Instant) { raw = instant.seconds << 1 | 1 }

    /// "The export has no value here."
    public static let missing = Moment(raw: .min)

    @inlinable
    public var isMissing: Bool { raw == .min }
    @inlinable
    public var isDateOnly: Bool { raw & 1 == 1 }
    /// The instant, or the beginning of the date.
    @inlinable
    public var instant: Instant { Instant(seconds: raw >> 1) }
}
