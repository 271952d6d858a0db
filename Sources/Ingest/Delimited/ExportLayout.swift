import Basis
import Dealership

/// What is done with one of our columns in every row.
struct CellPlan: Sendable {
    enum Kind: UInt8, Sendable { case identifier, text, time, day, money, integer, decimal, flag, choice, name }
    /// The one source column in the usual case of exactly one and no translation.
    static let mapped = -1
    static let absent = -2
    var source: Int
    var kind: Kind
    var isRequired: Bool
    var isOccurrence: Bool
    var isStore: Bool
    /// A date alone cannot stand here: what matters is how long something took.
    var needsTime: Bool
    /// A time that cannot be read takes the row with it; the row would say something else without it.
    var refusesRow: Bool
    /// What is noted of an empty cell where the field `excuse` has a value; the row counts.
    var absence: SetAside?
    /// A vehicle's number: 17 characters, or the dealership's own.
    var isVIN: Bool
    /// Position of the field that says what it means that this one is empty; −1: none.
    var excuse = -1
    /// Position in the layout's forms: how its dates are written; −1: in no stated one.
    var form = -1
    /// Its wall clocks' zone, where that is stated; −1: the file's or the store's.
    var zone = -1
    /// Position in the layout's delays, which are added to a time; −1: none.
    var delay = -1
}

/// How one file's records become a standard table's rows: delimiter, where the data begins, and for each of our columns
/// which of theirs.
struct ExportLayout: Sendable {
    enum FieldSource: Sendable {
        case absent
        /// Positions of the export's columns; the first with a value counts.
        case columns([Int])
        case constant([UInt8])
        case joined([Int], by: [UInt8])
        case rowPlace
        case summed([Int])
        case dateAndTime(date: [Int], time: [Int])
        case chosen([Choice])
        /// Positions of columns with telephone numbers; the first with a value counts.
        case phones([Int], TelephoneCustomer)
    }

    struct Choice: Sendable {
        enum Outcome: Sendable {
            case constant([UInt8])
            case columns([Int])
        }
        var conditions: [CellCondition]
        var outcome: Outcome
    }

    /// How much later than the cell a time is: columns of the export, the first with a value, and what they count.
    struct Delay: Sendable {
        var columns: [Int]
        var unitSeconds: Int
    }

    struct Field: Sendable {
        var column: StandardColumn
        var source: FieldSource
        /// Nil: the text is as the export has it.
        var shaping: CellShaping?
        /// Choices in lower case, for `choice` columns.
        var choices: [[UInt8]]
    }

    var delimiter: UInt8
    /// Line of the header, from 1.
    var headerLine: Int
    /// Line breaks before the first data record.
    var headerLines: Int
    /// Byte offset of the first data record.
    var dataOffset: Int
    /// Our columns in the order of the schema, `store_id` included.
    var fields: [Field]
    /// Where `store_id` stands in `fields` (it is not staged with the others); −1 where it is the table's own key.
    var storeColumn: Int
    /// The same, nil when the export has no such column.
    var storeField: Int?
    /// By field, what the encoder asks of every cell; without references, so that a row costs no counting of them.
    var plans: [CellPlan]
    var forms: [FormReader] = []
    var delays: [Delay] = []
    /// Rows that do not meet each of these are left out.
    var only: [CellCondition]
    /// Rows that meet one of these are left out.
    var except: [CellCondition]
    var hasQuotes = true
    /// Columns of the export that nothing reads.
    var unread: [String]
    var columnCount: Int
    /// Position of the column that says that a row is no record; −1: none.
    var refusalColumn = -1
    /// The header's cells.
    var names: [String]
}

extension ExportLayout {
    /// Why a record is no row, whatever its cells say; nil: it is one.
    func leftOut(_ record: Record) -> SetAside? {
        if refusalColumn >= 0, refusalColumn < record.count, !record.text(refusalColumn).isEmpty { return .unreadableLead }
        let isLeftOut = !only.allSatisfy { $0.isMet(record) } || except.contains { $0.isMet(record) }
        return isLeftOut ? .leftOutByMapping : nil
    }
}

extension StandardTable {
    /// The column that says when a row happened, from which coverage is inferred. Never a date that lies ahead.
    var occurrenceColumn: String? {
        switch self {
        case .serviceVisits: "opened_at"
        case .leads: "created_at"
        case .appointments: "booked_at"
        case .sales: "sold_at"
        case .messages: "sent_at"
        case .conversations: "opened_at"
        case .mailings: "sent_at"
        case .outages: "started_at"
        case .remedies: "given_at"
        case .complaints: "raised_at"
        case .claims: "asked_at"
        case .ratings: "rated_at"
        case .outageUpdates, .monitorEvents: "at"
        case .stores, .people, .customers, .absences, .outageSteps: nil
        }
    }
}

extension StandardTable {
    /// Waits and downtimes are differences of these.
    func needsTime(_ column: String) -> Bool {
        switch self {
        case .messages: column == "sent_at"
        case .conversations: column == "opened_at" || column == "answered_at"
        case .monitorEvents: column == "at"
        default: false
        }
    }

    /// A deal's reversal may stand in a row of its own, which says nothing of the sale: not its day, nor its customer. A
    /// message's conversation says whose it is.
    func excuse(of column: String) -> String? {
        switch self {
        case .sales: column == "sold_at" ? "reversed_on" : column == "customer_id" ? "sold_at" : nil
        case .messages: column == "customer_id" ? "conversation_id" : nil
        default: nil
        }
    }

    /// Without its end an outage would last until today.
    func refusesRow(without column: String) -> Bool { self == .outages && column == "ended_at" }
}

extension StandardTable {
    /// Rows of these may leave the store empty: they then hold for all.
    var mayBelongToEveryStore: Bool {
        switch self {
        case .stores, .people, .customers, .outages, .mailings, .remedies, .complaints, .claims, .absences,
            .outageUpdates, .monitorEvents, .outageSteps: true
        case .serviceVisits, .leads, .appointments, .sales, .messages, .conversations, .ratings: false
        }
    }
}
