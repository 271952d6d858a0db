public import Basis

/// The records of one sharing group, columnar: an array per field, identifiers as codes of the group's pools (−1: none),
/// names as codes of the header (−1: none), times as `Moment`.
public struct GroupJournal: Sendable {
    public var group: Int
    /// Customer numbers with the system that gave them: `dms·1001`.
    public var customers = IdentifierPool()
    public var vehicles = IdentifierPool()
    public var people = IdentifierPool()
    public var threads = IdentifierPool()

    public var orders = Orders()
    public var sales = Sales()
    public var leads = Leads()
    public var appointments = Appointments()
    public var messages = Messages()
    public var conversations = Conversations()
    public var assignments = Assignments()
    public var ratings = Ratings()
    public var customerRecords = CustomerRecords()
    public var mailings = Mailings()
    /// Rows that turned out wrong only beside others (same number twice, date ahead).
    public var faults: [GroupFault] = []

    public init(group: Int) { self.group = group }

    public struct Orders: Sendable {
        public var identifiers = IdentifierPool()
        public var source: [RowSource] = []
        public var store: [Int32] = []
        public var customer: [Int32] = []
        public var vehicle: [Int32] = []
        public var openedAt: [Moment] = []
        public var closedAt: [Moment] = []
        public var advisor: [Int32] = []
        /// Below 1: not on record.
        public var vehicleYear: [Int32] = []
        public var mileage: [Int32] = []
        /// Minor units; `Int64.min`: none.
        public var amount: [Int64] = []
        public var payType: [PayType?] = []
        public var status: [OrderStatus?] = []
        public var boughtHere: [Bool?] = []
        public init() {}
        public var count: Int { source.count }
    }

    public struct Sales: Sendable {
        public var identifiers = IdentifierPool()
        public var source: [RowSource] = []
        public var store: [Int32] = []
        public var customer: [Int32] = []
        public var vehicle: [Int32] = []
        public var tradeIn: [Int32] = []
        public var soldAt: [Moment] = []
        public var salesperson: [Int32] = []
        /// Minor units; `Int64.min`: none. `gross` is the given total, else front and back.
        public var gross: [Int64] = []
        public var frontGross: [Int64] = []
        public var backGross: [Int64] = []
        public var kind: [SaleKind?] = []
        public var reversedOn: [Moment] = []
        /// Rows that reverse a deal which stands in a row of its own.
        public var reversals: [Reversal] = []
        /// A day of the store.
        public var leaseEnd: [Moment] = []
        public init() {}
        public var count: Int { source.count }
    }

    public struct Reversal: Hashable, Sendable {
        /// The deal's number, as its row may have it in the pool, the likeliest first.
        public var numbers: [String]
        public var on: Moment
        public var source: RowSource
        public init(numbers: [String], on: Moment, source: RowSource) {
            self.numbers = numbers
            self.on = on
            self.source = source
        }
    }

    public struct Leads: Sendable {
        public var identifiers = IdentifierPool()
        public var source: [RowSource] = []
        public var store: [Int32] = []
        public var customer: [Int32] = []
        public var createdAt: [Moment] = []
        public var origin: [Int32] = []
        public var owner: [Int32] = []
        /// When the customer asked, by the provider's clock: no wait is measured from it.
        public var requestedAt: [Moment] = []
        public init() {}
        public var count: Int { source.count }
    }

    public struct Appointments: Sendable {
        public var identifiers = IdentifierPool()
        public var source: [RowSource] = []
        public var store: [Int32] = []
        public var customer: [Int32] = []
        public var kind: [Int32] = []
        public var bookedAt: [Moment] = []
        public var scheduledFor: [Moment] = []
        public var status: [AppointmentStatus?] = []
        public var person: [Int32] = []
        /// The car it is for, where the export says so. Year and mileage below 1: not on record.
        public var vehicle: [Int32] = []
        public var vehicleYear: [Int32] = []
        public var mileage: [Int32] = []
        /// A day of the store.
        public var leaseEnd: [Moment] = []
        public var recall: [Bool?] = []
        public init() {}
        public var count: Int { source.count }
    }

    public struct Messages: Sendable {
        public var source: [RowSource] = []
        public var store: [Int32] = []
        /// Code in `threads`.
        public var thread: [Int32] = []
        public var customer: [Int32] = []
        public var channel: [Int32] = []
        public var direction: [MessageDirection] = []
        public var person: [Int32] = []
        public var department: [Int32] = []
        public var toDepartment: [Int32] = []
        /// Seconds since 1970: messages always have a time.
        public var sentAt: [Int64] = []
        public var isAutomated: [Bool] = []
        public var outcome: [CallOutcome?] = []
        /// Equal where the export's `text_hash` is the same, so that somebody wrote the same text; 0: the export has none.
        public var textHash: [Int64] = []
        public init() {}
        public var count: Int { source.count }
    }

    /// What an export says of conversations beside their messages; without a message log also when they began and were
    /// answered. One row a conversation: where the export has one for each assignment, what the latest says, and where that
    /// says nothing, the one before.
    public struct Conversations: Sendable {
        public var source: [RowSource] = []
        public var thread: [Int32] = []
        public var store: [Int32] = []
        public var customer: [Int32] = []
        public var channel: [Int32] = []
        public var department: [Int32] = []
        public var openedAt: [Moment] = []
        public var answeredAt: [Moment] = []
        public var assignee: [Int32] = []
        public var assignedAt: [Moment] = []
        public var status: [ConversationStatus?] = []
        public var dueAt: [Moment] = []
        public var resolvedAt: [Moment] = []
        public init() {}
        public var count: Int { source.count }
    }

    /// Who conversations were given to, and when: in order of thread, then time.
    public struct Assignments: Sendable {
        /// Code in `threads`.
        public var thread: [Int32] = []
        /// −1: taken from whoever had it, and given to nobody.
        public var person: [Int32] = []
        /// Seconds since 1970; `Int64.min`: from the beginning, since the export does not say when. A date alone counts from
        /// its local midnight.
        public var at: [Int64] = []
        public var source: [RowSource] = []
        public init() {}
        public var count: Int { source.count }

        /// The assignments of one conversation.
        public func range(ofThread code: Int32) -> Range<Int> { first(from: code)..<first(from: code + 1) }

        /// Who had the conversation at an instant; −1: nobody.
        public func person(ofThread code: Int32, at instant: Int64) -> Int32 {
            let range = range(ofThread: code)
            return range.last { at[$0] <= instant }.map { person[$0] } ?? -1
        }

        private func first(from code: Int32) -> Int {
            var (low, high) = (0, thread.count)
            while low < high {
                let middle = (low + high) / 2
                if thread[middle] < code { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }

    /// What customers said of us.
    public struct Ratings: Sendable {
        public var source: [RowSource] = []
        public var store: [Int32] = []
        public var customer: [Int32] = []
        public var ratedAt: [Moment] = []
        /// Thousandths of whatever the export's scale is.
        public var score: [Int32] = []
        /// Code in `threads`; −1: of no conversation in particular.
        public var thread: [Int32] = []
        public init() {}
        public var count: Int { source.count }
    }

    public struct CustomerRecords: Sendable {
        public var source: [RowSource] = []
        /// Code in `customers`.
        public var customer: [Int32] = []
        public var system: [Int32] = []
        public var phones = IdentifierPool()
        public var emails = IdentifierPool()
        /// Codes in `phones` and `emails`, as the export writes them; −1: none.
        public var phone: [Int32] = []
        public var email: [Int32] = []
        public var names = IdentifierPool()
        public var addresses = IdentifierPool()
        /// Codes in `names` and `addresses`, as the export writes them; −1: none.
        public var name: [Int32] = []
        public var address: [Int32] = []
        /// −1: of every store.
        public var store: [Int32] = []
        public var createdAt: [Moment] = []
        public init() {}
        public var count: Int { source.count }
    }
}

/// A row set aside because of other rows; or one cell of a row, which counts without it.
public struct GroupFault: Hashable, Sendable {
    public var reason: SetAside
    public var table: StandardTable
    public var column: String?
    /// The first of the rows.
    public var source: RowSource
    /// How many rows have the fault.
    public var rows = 1
    /// The rows count without the cell.
    public var isOfCell = false
    /// What the cell says.
    public var value: String?
    /// The row that counts in its place.
    public var other: RowSource?
    public init(reason: SetAside, table: StandardTable, column: String?, source: RowSource) {
        self.reason = reason
        self.table = table
        self.column = column
        self.source = source
    }
}
