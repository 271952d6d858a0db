public import Basis

/// What was put into a made-up dealership, for tests to compare computed figures with. Counted from the events
/// themselves, not from the rows: as of the end of the last day, all stores together where no store is named.
public struct SampleTruth: Sendable {
    /// A kind of planted fault; each stands in rows of its own.
    public enum Fault: String, Hashable, Sendable, CaseIterable {
        case voidOrder, internalOrder, preparationOrder, repeatedRow, unreadableDate, shortVIN
        case outageEndsBeforeStart, replyBeforeQuestion, skippedLocalTime, unreadableCell, numberGivenAgain
    }

    /// Rows planted, by kind. Nothing where dirt is switched off.
    public var faults: [Fault: Int] = [:]
    /// Customer numbers that the DMS and the CRM each gave to somebody else.
    public var collidingNumbers = 0

    /// Visits that count, by month.
    public var visits: [Month: Int] = [:]
    public var sales = SaleTruth()
    public var leads = LeadTruth()
    public var responses = ResponseTruth()
    public var outages = OutageTruth()
    public var handoffs: [HandoffPair: HandoffCount] = [:]
    /// Service customers with a visit, and those of them whom phone or e-mail links to a CRM record.
    public var serviceCustomers = 0
    public var matchedServiceCustomers = 0

    public init() {}
}

/// Retail sales that the window of 60 days credits to a visit, by month of sale.
public struct SaleTruth: Sendable {
    /// Without those reversed by the end.
    public var credited: [Month: Int] = [:]
    public var creditedReversed: [Month: Int] = [:]
    /// Front and back gross of the credited.
    public var creditedGross: [Month: Money] = [:]
    public var creditedLoyalty: [Month: Int] = [:]
    public var retail: [Month: Int] = [:]
    public var wholesale = 0
    /// Sales after a visit that nothing in the data links to it.
    public var unlinked = 0
}

/// Leads from service, by month of creation.
public struct LeadTruth: Sendable {
    public struct Reached: Hashable, Sendable {
        public var leads = 0
        /// The customer answered by the end.
        public var reached = 0
        public init() {}
    }
    public var dedicated: [Month: Reached] = [:]
    public var others: [Month: Reached] = [:]
}

/// First responses by channel and month of the question. Every conversation is in one of the four.
public struct ResponseTruth: Sendable {
    public struct Key: Hashable, Sendable {
        public var month: Month
        public var channel: String
        public init(month: Month, channel: String) {
            self.month = month
            self.channel = channel
        }
    }
    public struct Counts: Hashable, Sendable {
        public var inTime = 0
        public var late = 0
        /// Unanswered by the end, their target passed.
        public var waiting = 0
        /// Unanswered by the end, still within target.
        public var young = 0
        public var withdrawn = 0
        public init() {}
        public var all: Int { inTime + late + waiting + young + withdrawn }
        /// Answered in time, of those whose time is over.
        public var share: Double { Double(inTime) / Double(max(1, inTime + late + waiting)) }
    }
    public var counts: [Key: Counts] = [:]
    /// Service e-mails before the one inbox, in its first three weeks, and after.
    public var beforeEffort = Counts()
    public var dip = Counts()
    public var afterEffort = Counts()
    /// Questions outside opening hours.
    public var afterHours = 0
    /// Unanswered texts of the last month that came on a Saturday.
    public var saturdayTexts = 0
    /// The first answers, by conversation: open seconds outside outages and recovery, with outages or without.
    public var workSeconds: [String: Int64] = [:]
    /// Of these, answers that lay while the assignee was away: open seconds of absence outside outages and recovery.
    public var awaySeconds: [String: Int64] = [:]
    /// Conversations that a colleague took over because the assignee was away: who had them, and who answered.
    public var takenOver: [String: Takeover] = [:]
    /// First answers within seconds, in the same words, after which the customer asked again: by who gave them.
    public var stoppedClocks: [String: Int] = [:]

    public struct Takeover: Hashable, Sendable {
        public var from: String
        public var to: String
        public var at: Instant
    }
}

/// What outages did.
public struct OutageTruth: Sendable {
    public struct Delay: Hashable, Sendable {
        public var conversation: String
        public var channel: String
        public var asked: Instant
        public var replyWithout: Instant
        public var reply: Instant
        /// Open seconds between the two.
        public var openSeconds: Int64
    }
    /// First answers that came later than they would have.
    public var delays: [Delay] = []
    /// Conversations that never came, and those that came later, by channel.
    public var lost: [String: Int] = [:]
    public var returned: [String: Int] = [:]
    /// Those that never came, one by one.
    public var lostArrivals: [Lost] = []

    public struct Lost: Hashable, Sendable {
        /// Identifier.
        public var store: String
        /// A channel, or `leads`.
        public var kind: String
        /// When it would have come.
        public var at: Instant
    }
    /// Open seconds down in the last month, each system's outages counted once, summed over systems and stores.
    public var openSecondsLastMonth: Int64 = 0
    public var outages = 0
}

/// Who handed over to whom.
public struct HandoffPair: Hashable, Sendable {
    public var from: String
    public var to: String
    public init(from: String, to: String) {
        self.from = from
        self.to = to
    }
}

/// Handoffs by whether the other department answered within four open hours.
public struct HandoffCount: Hashable, Sendable {
    public var inTime = 0
    public var late = 0
    public var unanswered = 0
    public init() {}
}
