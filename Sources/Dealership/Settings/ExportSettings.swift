public import Basis

/// Where one standard table's rows come from, and how its columns are found in there.
public struct ExportSettings: Hashable, Sendable {
    /// How slash dates are read; ISO and YYYYMMDD are told by their form.
    public enum DateOrder: String, Hashable, Sendable { case monthFirst = "mdy", dayFirst = "dmy" }

    public enum ColumnRule: Hashable, Sendable {
        /// The export's column of this name; several: the first that has a value.
        case column([String])
        /// The same value in every row.
        case constant(String)
        /// Several columns' texts joined by a hyphen, for exports without an id of their own.
        case joined([String])
        /// A telephone number: whoever has it is one customer, joined with the customers' records that have it. Several
        /// columns: the first that has a value.
        case phone(TelephoneRule)
        /// Where the row stands in its file, for exports in which nothing tells one row from another. Tables that read one
        /// file see the same row in the same place.
        case rowPlace
    }

    public struct Column: Hashable, Sendable {
        public var rule: ColumnRule
        /// The export's values → ours (`A: inbound`). Values not listed stay as they are.
        public var values: [String: String]
        public init(rule: ColumnRule, values: [String: String] = [:]) {
            self.rule = rule
            self.values = values
        }
    }

    public var table: StandardTable
    /// A file name or a pattern with `*`, inside `exports/`.
    public var file: String
    /// Which system wrote it; customers with the same number in the same system are the same. Empty: the table's name says nothing.
    public var system: String
    /// What a manager calls it on page 7: `DMS repair orders`.
    public var label: String?
    public var coveredFrom: Day?
    public var coveredUntil: Day?
    /// Nil: the delimiter is told from the header.
    public var delimiter: UInt8?
    public var dateOrder: DateOrder
    /// Nil: the file's wall clocks are in each row's store's zone.
    public var timeZone: String?
    /// Our column → theirs. Columns not named are looked for under their own name.
    public var columns: [String: Column]
    /// Only rows whose column has one of the values are read; the others are counted as left out by the mapping.
    public var only: [String: [String]]
    /// Where the mapping stands in `dealership.yaml`, for diagnostics.
    public var location: Diagnostic.Location?

    public init(
        table: StandardTable, file: String, system: String = "", label: String? = nil,
        coveredFrom: Day? = nil, coveredUntil: Day? = nil, delimiter: UInt8? = nil,
        dateOrder: DateOrder = .monthFirst, timeZone: String? = nil,
        columns: [String: Column] = [:], only: [String: [String]] = [:], location: Diagnostic.Location? = nil
    ) {
        self.table = table
        self.file = file
        self.system = system
        self.label = label
        self.coveredFrom = coveredFrom
        self.coveredUntil = coveredUntil
        self.delimiter = delimiter
        self.dateOrder = dateOrder
        self.timeZone = timeZone
        self.columns = columns
        self.only = only
        self.location = location
    }

    /// Customers are known by their telephone numbers.
    public var joinsByPhone: Bool {
        if case .phone? = columns["customer_id"]?.rule { return true }
        return false
    }

    /// The same with telephone numbers read as the country's.
    public func reading(phonesOf country: PhoneCountry) -> ExportSettings {
        guard case .phone(var rule)? = columns["customer_id"]?.rule else { return self }
        rule.country = country
        var export = self
        export.columns["customer_id"]?.rule = .phone(rule)
        return export
    }

    /// Which columns have the customer's telephone number.
    public struct TelephoneRule: Hashable, Sendable {
        /// The first that has one counts.
        public var columns: [String]
        /// The dealership's own numbers, which are no customer's: for logs with `From` and `To`.
        public var own: [String]
        public var country: PhoneCountry

        public init(columns: [String], own: [String] = [], country: PhoneCountry) {
            self.columns = columns
            self.own = own
            self.country = country
        }
    }
}
