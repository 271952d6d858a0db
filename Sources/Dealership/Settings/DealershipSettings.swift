public import Basis

/// What the owner says about the dealership: `dealership.yaml` as a value.
///
/// Nothing in here has a silent default: a parameter the file leaves out gets its documented value in `Definitions`,
/// and every parameter in force is printed with the figures that use it.
public struct DealershipSettings: Hashable, Sendable {
    public var name: String
    /// ISO 4217, such as `USD`.
    public var currency: String
    /// In which pages speak (RFC 5646, such as `de`); nil: English.
    public var language: String?
    /// IANA name for stores that name none of their own.
    public var timeZone: String?
    /// Opening hours by store, department and default.
    public var hours: HoursSettings
    /// Channels in the order of the file; others found in the data are `unlisted`.
    public var channels: [ChannelSettings]
    public var targets: TargetSettings
    public var conversion: ConversionSettings
    public var conversations: ConversationSettings
    /// Whose phone numbers those are that name no country.
    public var phoneCountry: PhoneCountry
    /// Nil: nobody said who is there when.
    public var staffing: StaffingSettings?
    /// Nil: nobody looked.
    public var offChannelAudit: OffChannelAudit?
    public var stoppedClocks: StoppedClockSettings
    /// Nil: nobody said who is worth a word from sales.
    public var prospects: ProspectRule?
    public var efforts: EffortSettings
    public var outages: OutageSettings
    public var exports: [ExportSettings]
    /// Owner of what goes wrong, by subject: a channel (`sms`), a department (`sales`), a vendor (`Northmail`), or `default`.
    public var owners: [String: OwnerSettings]
    /// Days until an action of page 1 is due, by subject as in `owners`, or `default`.
    public var dueInDays: [String: Int]
    /// Nil: nobody said what is due to whom.
    public var ladder: RemedyLadder?
    /// In order of vendor, then start.
    public var contracts: [VendorContract]
    /// Nil: nobody said when to leave a vendor.
    public var vendorRule: VendorRule?
    public var look: LookSettings

    public init(
        name: String, currency: String, timeZone: String?, hours: HoursSettings, channels: [ChannelSettings],
        targets: TargetSettings, conversion: ConversionSettings, conversations: ConversationSettings,
        outages: OutageSettings, exports: [ExportSettings], owners: [String: OwnerSettings], dueInDays: [String: Int],
        stoppedClocks: StoppedClockSettings, staffing: StaffingSettings? = nil, offChannelAudit: OffChannelAudit? = nil,
        phoneCountry: PhoneCountry = PhoneCountry(callingCode: 1),
        prospects: ProspectRule? = nil, ladder: RemedyLadder? = nil, contracts: [VendorContract] = [],
        vendorRule: VendorRule? = nil,
        efforts: EffortSettings = EffortSettings(mostAtOnce: 3, outagePermille: 50), language: String? = nil,
        look: LookSettings = LookSettings()
    ) {
        self.name = name
        self.currency = currency
        self.timeZone = timeZone
        self.hours = hours
        self.channels = channels
        self.targets = targets
        self.conversion = conversion
        self.conversations = conversations
        self.staffing = staffing
        self.offChannelAudit = offChannelAudit
        self.stoppedClocks = stoppedClocks
        self.prospects = prospects
        self.efforts = efforts
        self.outages = outages
        self.exports = exports
        self.owners = owners
        self.dueInDays = dueInDays
        self.phoneCountry = phoneCountry
        self.ladder = ladder
        self.contracts = contracts
        self.vendorRule = vendorRule
        self.language = language
        self.look = look
    }
}

/// Whose opening hours hold where: the department's at the store, else the store's own week, else the department's, else the
/// dealership's; on a date that the store excepts, the store's.
public struct HoursSettings: Hashable, Sendable {
    /// What one store has of its own.
    public struct OfStore: Hashable, Sendable {
        /// Its own week; nil: it keeps the dealership's and its departments'.
        public var week: OpeningHours?
        /// What holds on its dates whatever the week.
        public var exceptions: [Day: [ClockInterval]]
        public var departments: [String: OpeningHours]

        public init(
            week: OpeningHours? = nil, exceptions: [Day: [ClockInterval]] = [:], departments: [String: OpeningHours] = [:]
        ) {
            self.week = week
            self.exceptions = exceptions
            self.departments = departments
        }
    }

    /// Nil: no hours are given; open time then equals wall time and pages say so.
    public var standard: OpeningHours?
    public var departments: [String: OpeningHours]
    public var stores: [String: OfStore]

    public init(standard: OpeningHours?, departments: [String: OpeningHours] = [:], stores: [String: OfStore] = [:]) {
        self.standard = standard
        self.departments = departments
        self.stores = stores
    }

    /// Nil: none are given for the place, which is then open day and night.
    public func hours(store: String?, department: String?) -> OpeningHours? {
        let own = store.flatMap { stores[$0] }
        if let department, let hours = own?.departments[department] { return hours }
        if let week = own?.week { return week }
        guard var hours = department.flatMap({ departments[$0] }) ?? standard else { return nil }
        if let own { hours.exceptions.merge(own.exceptions) { _, own in own } }
        return hours
    }

    /// Departments that have hours of their own somewhere, in order.
    public var departmentNames: [String] {
        Set(departments.keys).union(stores.values.flatMap(\.departments.keys)).sorted()
    }

    /// All hours that hold somewhere at these stores, each once; places without any are passed over.
    public func inUse(stores: [String]) -> [OpeningHours] {
        var distinct: [OpeningHours] = []
        for department in [nil] + departmentNames {
            for hours in stores.compactMap({ self.hours(store: $0, department: department) }) where !distinct.contains(hours) {
                distinct.append(hours)
            }
        }
        return distinct
    }
}

public struct ChannelSettings: Hashable, Sendable {
    public enum Management: String, Hashable, Sendable {
        /// The dealership sees and answers it through its own systems.
        case managed
        /// Known to be used, but outside the dealership's systems.
        case offChannel = "off-channel"
    }
    /// As in the exports' `channel` column.
    public var name: String
    public var management: Management
    public init(name: String, management: Management) {
        self.name = name
        self.management = management
    }
}

public struct TargetSettings: Hashable, Sendable {
    /// Open seconds until a person's first answer, by channel.
    public var firstResponseSeconds: [String: Int64]
    /// For channels without one of their own.
    public var firstResponseSecondsElse: Int64?
    /// Share to be answered in time, in thousandths (900: 90 %).
    public var answeredInTimePermille: Int?
    public var salesFromServiceAMonth: Int?
    public var unansweredAMonth: Int?
    /// Open seconds a month lost to outages at most.
    public var outageSecondsAMonth: Int64?
    /// Service customers also found in the CRM, in thousandths.
    public var matchRatePermille: Int?
    /// Open seconds until a handoff is answered.
    public var handoffSeconds: Int64?
    /// Of those who came to the step before, in thousandths, by step: lead, contact, appointment, shown, sold.
    public var funnelPermille: [String: Int]

    public init(
        firstResponseSeconds: [String: Int64] = [:], firstResponseSecondsElse: Int64? = nil,
        answeredInTimePermille: Int? = nil, salesFromServiceAMonth: Int? = nil, unansweredAMonth: Int? = nil,
        outageSecondsAMonth: Int64? = nil, matchRatePermille: Int? = nil, handoffSeconds: Int64? = nil,
        funnelPermille: [String: Int] = [:]
    ) {
        self.firstResponseSeconds = firstResponseSeconds
        self.firstResponseSecondsElse = firstResponseSecondsElse
        self.answeredInTimePermille = answeredInTimePermille
        self.salesFromServiceAMonth = salesFromServiceAMonth
        self.unansweredAMonth = unansweredAMonth
        self.outageSecondsAMonth = outageSecondsAMonth
        self.matchRatePermille = matchRatePermille
        self.handoffSeconds = handoffSeconds
        self.funnelPermille = funnelPermille
    }

    public func firstResponseSeconds(channel: String) -> Int64? {
        firstResponseSeconds[channel] ?? firstResponseSecondsElse
    }
}

public struct ConversionSettings: Hashable, Sendable {
    public enum Credit: String, Hashable, Sendable, CaseIterable {
        case lastTouch = "last-touch"
        case firstTouch = "first-touch"
    }
    public enum Denominator: String, Hashable, Sendable, CaseIterable { case visits, customers, households }

    /// Days between the visit's and the sale's local dates, at most.
    public var windowDays: Int
    public var credit: Credit
    public var denominator: Denominator
    /// Below it counts are printed and no rate.
    public var minimumN: Int
    /// People or roles dedicated to service customers; none: whoever's role says so.
    public var dedicated: [String]
    /// Whose visit a sale may be credited to: the customer's own, or anybody's of the household.
    public enum SameCustomer: String, Hashable, Sendable, CaseIterable { case person, household }
    public var sameCustomer: SameCustomer
    /// After a visit's opening, by which its customer must be in the CRM.
    public var captureHours: Int
    /// Days after a sale within which the first service should be booked; nil: nobody said.
    public var wayBackDays: Int?

    public init(
        windowDays: Int, credit: Credit, denominator: Denominator, minimumN: Int, dedicated: [String] = [],
        sameCustomer: SameCustomer = .person, captureHours: Int = 24, wayBackDays: Int? = nil
    ) {
        self.dedicated = dedicated
        self.sameCustomer = sameCustomer
        self.captureHours = captureHours
        self.windowDays = windowDays
        self.credit = credit
        self.denominator = denominator
        self.minimumN = minimumN
        self.wayBackDays = wayBackDays
    }
}

public struct ConversationSettings: Hashable, Sendable {
    public enum AnswerOn: String, Hashable, Sendable, CaseIterable {
        /// A person's message on any managed channel answers (a call answers an e-mail).
        case anyManaged = "any-managed"
        /// Only the same conversation answers.
        case same
    }
    public var answerOn: AnswerOn
    /// Without a thread in the export: the longest pause inside one conversation, in wall seconds.
    public var gapSeconds: Int64

    public init(answerOn: AnswerOn, gapSeconds: Int64) {
        self.answerOn = answerOn
        self.gapSeconds = gapSeconds
    }
}

public struct OutageSettings: Hashable, Sendable {
    public struct System: Hashable, Sendable {
        public var name: String
        /// What stops when it is down: channels by name, or `mailings`, `payments`, `visits`, `leads`,
        /// `appointments`.
        public var activities: [String]
        public var vendor: String?
        /// The owner wrote down what to do when it breaks.
        public var hasProtocol: Bool
        /// Its own steps; nil: those that hold for every system.
        public var protocolSteps: OutageProtocol?
        /// Whose it is; nil: nobody said.
        public var kind: Kind?
        /// Identifiers of the stores that have it; empty: all.
        public var stores: [String]
        public init(
            name: String, activities: [String], vendor: String? = nil, hasProtocol: Bool = false, kind: Kind? = nil,
            stores: [String] = [], protocolSteps: OutageProtocol? = nil
        ) {
            self.protocolSteps = protocolSteps
            self.name = name
            self.activities = activities
            self.vendor = vendor
            self.hasProtocol = hasProtocol
            self.kind = kind
            self.stores = stores
        }
    }

    /// Whose a system is, and whose fault its outages are unless their row says otherwise.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case vendor
        /// Power, water, the line to the building.
        case utility
        /// The dealership's own.
        case own
    }

    /// Which outages excuse those who answered late.
    public enum Excluded: String, Hashable, Sendable, CaseIterable {
        case all
        /// Neither planned maintenance nor faults of our own, nor those of which nobody said whose they were.
        case external
    }

    /// What can stop beside channels.
    public static let activitiesBesideChannels = ["mailings", "payments", "visits", "leads", "appointments"]
    /// Open seconds after restoration in which the queue clears, also taken out of adjusted times.
    public var recoverySeconds: Int64
    public var systems: [System]
    public var excluded: Excluded
    /// How impact is estimated.
    public var impact: ImpactSettings
    /// Steps for every system that has a protocol and none of its own.
    public var commonProtocol: OutageProtocol?
    /// `outages: none`: the owner says that there were none, so that a missing log is no gap.
    public var hadNone = false

    public init(
        recoverySeconds: Int64, systems: [System], excluded: Excluded = .all, impact: ImpactSettings = ImpactSettings(),
        commonProtocol: OutageProtocol? = nil
    ) {
        self.commonProtocol = commonProtocol
        self.recoverySeconds = recoverySeconds
        self.systems = systems
        self.excluded = excluded
        self.impact = impact
    }

    public func system(named name: String) -> System? { systems.first { $0.name == name } }
}

public struct OwnerSettings: Hashable, Sendable {
    public var name: String
    public var role: String?
    public init(name: String, role: String? = nil) {
        self.name = name
        self.role = role
    }
}
