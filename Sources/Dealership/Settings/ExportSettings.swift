public import Basis

/// Where one standard table's rows come from, and how its columns are found in there.
public struct ExportSettings: Hashable, Sendable {
    /// How slash dates are read; ISO and YYYYMMDD are told by their form.
    public enum DateOrder: String, Hashable, Sendable { case monthFirst = "mdy", dayFirst = "dmy" }

    /// What stands before decimals: `1,234.50` or `1.234,50`.
    public enum Decimals: String, Hashable, Sendable, CaseIterable { case point, comma }

    public var table: StandardTable
    /// A file name or a pattern with `*`, inside `exports/`. Empty where the rows come from elsewhere.
    public var file: String
    /// Where the rows come from instead of a file.
    public var postgres: PostgresOrigin?
    /// Which system wrote it; customers with the same number in the same system are the same. Empty: the table's name says nothing.
    public var system: String
    /// What a manager calls it on page 7: `DMS repair orders`.
    public var label: String?
    public var coveredFrom: Day?
    public var coveredUntil: Day?
    /// Nil: the delimiter is told from the header.
    public var delimiter: UInt8?
    /// Quotes hold a cell together; if not, they are letters like others.
    public var hasQuotes: Bool
    /// Which sheet of a workbook, or a pattern with `*` for several. Nil: the first whose header fits.
    public var sheet: String?
    /// The row of the header, from 1. Nil: it is found.
    public var headerRow: Int?
    public var dateOrder: DateOrder
    /// How every date is written, where that is stated.
    public var dates: DateForm?
    /// Years of two digits are this one or one of the 99 after it.
    public var firstYear: Int
    /// Nil: a point, but `1.234` is not read, which may be a thousand.
    public var decimals: Decimals?
    /// ISO 4217: amounts that say they are in another one are not read. Nil: nobody looks.
    public var currency: String?
    /// Nil: the file's wall clocks are in each row's store's zone.
    public var timeZone: String?
    /// Our column → theirs. Columns not named are looked for under their own name.
    public var columns: [String: Column]
    /// Only rows whose column passes one of the tests are read; the others are counted as left out by the mapping.
    public var only: [String: [CellTest]]
    /// Rows whose column passes one of the tests are left out.
    public var except: [String: [CellTest]]
    /// The preset that it is made from.
    public var preset: String?
    /// Where the mapping stands in `dealership.yaml`, for diagnostics.
    public var location: Diagnostic.Location?

    public init(
        table: StandardTable, file: String, system: String = "", label: String? = nil,
        coveredFrom: Day? = nil, coveredUntil: Day? = nil, delimiter: UInt8? = nil, hasQuotes: Bool = true,
        sheet: String? = nil, headerRow: Int? = nil, dateOrder: DateOrder = .monthFirst, dates: DateForm? = nil,
        firstYear: Int = 2000, timeZone: String? = nil, columns: [String: Column] = [:],
        only: [String: [CellTest]] = [:], except: [String: [CellTest]] = [:], preset: String? = nil,
        location: Diagnostic.Location? = nil
    ) {
        self.table = table
        self.file = file
        self.system = system
        self.label = label
        self.coveredFrom = coveredFrom
        self.coveredUntil = coveredUntil
        self.delimiter = delimiter
        self.hasQuotes = hasQuotes
        self.sheet = sheet
        self.headerRow = headerRow
        self.dateOrder = dateOrder
        self.dates = dates
        self.firstYear = firstYear
        self.timeZone = timeZone
        self.columns = columns
        self.only = only
        self.except = except
        self.preset = preset
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
