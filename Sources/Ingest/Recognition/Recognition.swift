public import Dealership

/// What an export seems to be: the table, which of its columns are which of ours and why, and what to know of it.
public struct Recognition: Sendable {
    public enum Rule: Hashable, Sendable {
        /// The export's column.
        case column(String)
        case constant(String)
        /// A column of telephone numbers, by which customers are joined.
        case phone(String)
        /// Whom from and whom to: the one that is not the dealership's own.
        case phones([String], own: [String])
        case rowPlace
        /// Texts of several columns, a space between them.
        case joined([String])
    }

    public struct Match: Hashable, Sendable {
        /// Ours.
        public var column: String
        public var rule: Rule
        /// The export's values → ours, where they differ.
        public var values: [String: String] = [:]
        /// From 0 to 1.
        public var confidence: Double
        /// In words; empty: the name says it.
        public var reason: String
        /// Values of the column that none of ours is known for.
        public var unknownValues: [String] = []
    }

    /// Something of ours that the export lacks, and what is not told without it.
    public struct Missing: Hashable, Sendable {
        public var column: String
        public var isRequired: Bool
        public var cost: String
    }

    public enum DateOrder: Hashable, Sendable {
        /// No date is written with slashes.
        case none
        case monthFirst, dayFirst
        /// All rows fit both.
        case open
        /// Some rows fit one order alone, others the other alone.
        case mixed
    }

    public enum DecimalMarks: Hashable, Sendable {
        /// A point, or no number has decimals.
        case point
        case comma
        /// Every number that may have decimals may have thousands instead: `1.234`.
        case open
        /// Some numbers have a comma before decimals, others a point.
        case mixed
    }

    /// As the user knows it; of a workbook with several sheets with the sheet's name behind a `!`.
    public internal(set) var file: String
    public internal(set) var sheet: String?
    /// The file as a mapping names it.
    var pattern: String { sheet.map { String(file.dropLast($0.count + 1)) } ?? file }
    /// Nil: nothing fits.
    public internal(set) var table: StandardTable?
    /// How sure, from 0 to 1.
    public internal(set) var confidence: Double = 0
    /// The next best.
    public internal(set) var alternative: StandardTable?
    public internal(set) var matches: [Match] = []
    /// The export's columns, and those that nothing reads.
    public internal(set) var columnCount = 0
    public internal(set) var unused: [String] = []
    public internal(set) var missing: [Missing] = []
    /// Customers in an export of something else.
    public internal(set) var isBeside = false
    /// Rows to be left out, by a column that nothing else reads: deals that were taken back.
    public internal(set) var leftOut: (column: String, words: [String])?
    /// In plain words, what to mend or to decide.
    public internal(set) var notes: [String] = []
    /// Leads that came as mails: their columns are ours.
    public internal(set) var isOfMails = false
    public internal(set) var rowCount = 0
    public internal(set) var isWhole = true
    public internal(set) var delimiter: UInt8 = 0x2C
    public internal(set) var headerLine = 1
    public internal(set) var dateOrder = DateOrder.none
    public internal(set) var decimalMarks = DecimalMarks.point
    /// The same in every row where the order is open: of the folder's other exports.
    public internal(set) var assumedOrder: ExportSettings.DateOrder?
    /// Times say how far from UTC they are.
    public internal(set) var hasOffsets = false
    /// Whose customer numbers they are; empty: one system's.
    public internal(set) var system = ""
    public internal(set) var systemReason = ""

    public func match(of column: String) -> Match? { matches.first { $0.column == column } }

    /// The export's columns that are read.
    var columnsRead: [String] {
        matches.flatMap { match -> [String] in
            switch match.rule {
            case .column(let name), .phone(let name): [name]
            case .phones(let names, _), .joined(let names): names
            case .constant, .rowPlace: []
            }
        }
    }

    /// Every column that the table cannot do without is there.
    public var isReadable: Bool { table != nil && !missing.contains { $0.isRequired } }

    /// Named as our columns are, so that nothing need be mapped.
    var needsColumns: Bool {
        matches.contains { match in
            if case .column(let name) = match.rule, name.lowercased() == match.column, match.values.isEmpty { return false }
            return true
        }
    }

    /// `RO_Oct.csv: repair orders, 9 of 10 columns recognised (not used: Comments)`.
    public var headline: String {
        guard let table else { return "\(file): not recognised; kpi map \(quotedFile) --table TABLE says what a table would need" }
        if isOfMails { return "\(file): leads by mail, \(rowCount == 1 ? "1 lead" : "\(rowCount) leads"), their customers with them" }
        let read = columnCount - unused.count
        var text = "\(file): \(table.plainWords), "
        text += read == columnCount
            ? "all \(columnCount) columns recognised" : "\(read) of \(columnCount) columns recognised"
        if !unused.isEmpty {
            let more = unused.count > 6 ? " and \(unused.count - 6) more" : ""
            text += " (not used: \(unused.prefix(6).joined(separator: ", "))\(more))"
        }
        if confidence < 0.5, let alternative { text += "; it may also be \(alternative.plainWords)" }
        return text
    }

    /// For a command line: a shell takes some signs for its own.
    var quotedFile: String {
        file.allSatisfy { $0.isLetter || $0.isNumber || "._-/*".contains($0) } ? file : "'\(file)'"
    }

    /// Headline and notes, a line each.
    public var lines: [String] {
        let needed = missing.filter(\.isRequired).map { "  \($0.column) missing: \($0.cost)" }
        let lacking = missing.filter { !$0.isRequired }.map { "  no \($0.column): \($0.cost)" }
        return [headline] + notes.map { "  " + $0 } + needed + lacking
    }
}

extension StandardTable {
    /// What a manager calls the table's rows.
    public var plainWords: String {
        switch self {
        case .stores: "stores"
        case .people: "people"
        case .customers: "customers"
        case .serviceVisits: "repair orders"
        case .leads: "leads"
        case .appointments: "appointments"
        case .sales: "deals"
        case .messages: "messages and calls"
        case .conversations: "conversations and who has them"
        case .mailings: "mailings"
        case .outages: "outage log"
        case .remedies: "remedies given after outages"
        case .complaints: "complaints"
        case .claims: "claims against vendors"
        case .outageSteps: "steps taken in outages"
        case .ratings: "ratings"
        case .absences: "leave and absences"
        case .outageUpdates: "status page reports"
        case .monitorEvents: "monitor events"
        }
    }
}
