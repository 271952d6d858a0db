import Basis
import Dealership

/// How one file's records become a standard table's rows: delimiter, where the data begins, and for each of our columns
/// which of theirs.
struct ExportLayout: Sendable {
    enum FieldSource: Sendable {
        case absent
        /// Positions of the export's columns; the first with a value counts.
        case columns([Int])
        case constant([UInt8])
        case joined([Int])
    }

    struct Field: Sendable {
        var column: StandardColumn
        var source: FieldSource
        /// The export's value → ours, both as bytes.
        var values: [[UInt8]: [UInt8]]
        /// Choices in lower case, for `choice` columns.
        var choices: [[UInt8]]
        /// The first source column, for the usual case of exactly one and no translation; else −1.
        var direct: Int
    }

    var delimiter: UInt8
    /// Line of the header, from 1.
    var headerLine: Int
    /// Byte offset of the first data record.
    var dataOffset: Int
    /// Our columns in the order of the schema, `store_id` included.
    var fields: [Field]
    /// Position of `store_id` in `fields`; nil when the export has none.
    var storeField: Int?
    var only: [(column: Int, values: Set<[UInt8]>)]
    /// Columns of the export that nothing reads.
    var unread: [String]
    var columnCount: Int
    /// Position in `fields` of the column whose time says when the row happened.
    var occurrenceField: Int?
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
        case .stores, .people, .customers, .absences: nil
        }
    }
}
