public import Basis

/// What a vendor promised, and what it owes when the promise is not kept. DEFINITIONS 4, Vendor.
public struct VendorContract: Hashable, Sendable {
    /// A share of time in thousandths of a percent (99,900: 99.9 %): contracts promise up to five digits.
    public struct Availability: Hashable, Comparable, Sendable {
        public var milliPercent: Int
        public init(milliPercent: Int) { self.milliPercent = milliPercent }
        public static func < (a: Self, b: Self) -> Bool { a.milliPercent < b.milliPercent }

        /// Whether `down` of `total` seconds leave less than this. Exact.
        public func isMissed(down: Int64, total: Int64) -> Bool {
            (total - down) * 100_000 < Int64(milliPercent) * total
        }

        /// The most seconds of `total` that may be down. Exact: one more is too many.
        public func allowance(total: Int64) -> Int64 {
            total - (Int64(milliPercent) * total + 99_999).floorDivided(by: 100_000)
        }

        /// `99.9 %`, `99.95 %`.
        public var words: String {
            var digits = String(milliPercent % 1_000)
            digits = String(repeating: "0", count: 3 - digits.count) + digits
            while digits.count > 1, digits.hasSuffix("0") { digits.removeLast() }
            return "\(milliPercent / 1_000).\(digits) %"
        }
    }

    /// From an availability, included, to below another: so much of the fee.
    public struct Tier: Hashable, Sendable {
        /// Nil: down to nothing.
        public var from: Availability?
        public var below: Availability
        /// Thousandths of the fee.
        public var creditPermille: Int
        public init(from: Availability?, below: Availability, creditPermille: Int) {
            self.from = from
            self.below = below
            self.creditPermille = creditPermille
        }
    }

    public enum Clock: String, Hashable, Sendable, CaseIterable {
        /// All time of the month.
        case all
        /// The stores' opening hours alone.
        case open
    }
    public enum Maintenance: String, Hashable, Sendable, CaseIterable {
        /// Planned maintenance breaks no promise.
        case excluded
        case counted
    }
    /// From when on the days to claim in are counted.
    public enum ClaimFrom: String, Hashable, Sendable, CaseIterable {
        /// The local day on which the outage that broke the promise ended.
        case outage
        /// The last day of the month.
        case month
    }

    public var vendor: String
    /// Empty: those that the settings say are the vendor's.
    public var systems: [String]
    /// Empty: all.
    public var stores: [String]
    /// Of each calendar month.
    public var availability: Availability
    public var measured: Clock
    public var maintenance: Maintenance
    /// A month; nil: nobody said, and no credit can be computed.
    public var fee: Money?
    /// From the highest down, without gaps or overlaps.
    public var tiers: [Tier]
    /// Nil: nobody said.
    public var claimWithinDays: Int?
    public var claimFrom: ClaimFrom
    /// First and last day in force; nil: as far as is known.
    public var from: Day?
    public var until: Day?
    /// When it renews by itself, and how many days before that notice must be given.
    public var renewal: Day?
    public var noticeDays: Int?

    public init(
        vendor: String, systems: [String] = [], stores: [String] = [], availability: Availability, measured: Clock = .all,
        maintenance: Maintenance = .excluded, fee: Money? = nil, tiers: [Tier] = [], claimWithinDays: Int? = nil,
        claimFrom: ClaimFrom = .outage, from: Day? = nil, until: Day? = nil, renewal: Day? = nil, noticeDays: Int? = nil
    ) {
        self.vendor = vendor
        self.systems = systems
        self.stores = stores
        self.availability = availability
        self.measured = measured
        self.maintenance = maintenance
        self.fee = fee
        self.tiers = tiers
        self.claimWithinDays = claimWithinDays
        self.claimFrom = claimFrom
        self.from = from
        self.until = until
        self.renewal = renewal
        self.noticeDays = noticeDays
    }

    /// The last day on which notice can be given.
    public var noticeDay: Day? { renewal.map { $0 + -(noticeDays ?? 0) } }

    /// The tier that so much downtime falls in; nil: none, no credit is due.
    public func tier(down: Int64, total: Int64) -> Tier? {
        tiers.last { $0.below.isMissed(down: down, total: total) && !($0.from?.isMissed(down: down, total: total) ?? false) }
    }

    public func isInForce(_ day: Day) -> Bool { (from.map { $0 <= day } ?? true) && (until.map { day <= $0 } ?? true) }

    /// The systems it covers.
    public func coveredSystems(_ settings: OutageSettings) -> [String] {
        systems.isEmpty ? settings.systems.filter { $0.vendor == vendor }.map(\.name) : systems
    }
}
