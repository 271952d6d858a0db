public import Basis

extension ExportSettings {
    public enum ColumnRule: Hashable, Sendable {
        /// The export's column of this name; several: the first that has a value.
        case column([String])
        /// The same value in every row.
        case constant(String)
        /// Several columns' texts joined by `joint`, for exports without an id of their own.
        case joined([String])
        /// A telephone number: whoever has it is one customer, joined with the customers' records that have it. Several
        /// columns: the first that has a value.
        case phone(TelephoneRule)
        /// Where the row stands in its file, for exports in which nothing tells one row from another. Tables that read one
        /// file see the same row in the same place.
        case rowPlace
        /// Several columns' numbers added; empty where all are.
        case sum([String])
        /// A date and its time of day in two columns; of each the first that has a value.
        case dateAndTime(date: [String], time: [String])
        /// What the first choice gives whose conditions the row meets; empty where it meets none's.
        case choose([Choice])
    }

    /// A value for rows that meet conditions.
    public struct Choice: Hashable, Sendable {
        public enum Outcome: Hashable, Sendable {
            case constant(String)
            case column([String])
        }
        /// By column of the export: it passes one of the tests. All columns must; none: every row meets it.
        public var conditions: [String: [CellTest]]
        public var outcome: Outcome
        public init(conditions: [String: [CellTest]], outcome: Outcome) {
            self.conditions = conditions
            self.outcome = outcome
        }
    }

    /// Which part of a cell that holds several is read. Empty parts count: positions say what belongs together.
    public struct Split: Hashable, Sendable {
        public enum Part: Hashable, Sendable {
            /// From 1; from −1 backwards.
            case at(Int)
            case firstFilled
            /// Every part, for sums.
            case all
        }
        public var separator: String
        public var part: Part
        public init(separator: String, part: Part) {
            self.separator = separator
            self.part = part
        }
    }

    /// What a number counts, where that is not dollars, miles or what the column is in.
    public enum Unit: String, Hashable, Sendable, CaseIterable {
        case cents, kilometers = "km", miles = "mi", seconds = "s", minutes = "min", hours = "h"

        /// In seconds; 0: no unit of time.
        public var seconds: Int {
            switch self {
            case .seconds: 1
            case .minutes: 60
            case .hours: 3_600
            case .cents, .kilometers, .miles: 0
            }
        }
    }

    /// Where one of our columns comes from. What is done with a text stands in the order in which it is done.
    public struct Column: Hashable, Sendable {
        public var rule: ColumnRule
        /// What stands between joined texts.
        public var joint = "-"
        public var split: [Split] = []
        /// Taken off the beginning.
        public var cut = ""
        /// Characters taken out wherever they stand.
        public var strip = ""
        public var dropsLeadingZeros = false
        /// Put before a text that is not empty.
        public var prefix = ""
        /// The export's values → ours (`A: inbound`). Values not listed stay as they are.
        public var values: [String: String]
        /// A file in the dealership's folder with more of them: a row each, theirs and ours.
        public var valuesFile: String?
        /// Nil: as the column is.
        public var unit: Unit?
        /// What stands before its decimals, where that differs from the file's.
        public var decimals: Decimals?
        /// What stands in an empty cell.
        public var fallback: String?
        /// Columns with how much later than `rule` says; the first that has a value, in `unit`.
        public var plus: [String] = []
        /// How its dates are written, where that differs from the file's.
        public var dates: DateForm?
        /// The zone of its wall clocks, where that differs from the file's.
        public var timeZone: String?
        /// An export without it is read all the same.
        public var isOptional = false
        public var location: Diagnostic.Location?

        public init(rule: ColumnRule, values: [String: String] = [:]) {
            self.rule = rule
            self.values = values
        }

        /// A text is changed between cell and column.
        public var isShaped: Bool {
            !split.isEmpty || !cut.isEmpty || !strip.isEmpty || dropsLeadingZeros || !prefix.isEmpty || !values.isEmpty
                || valuesFile != nil || unit == .cents || unit == .kilometers || fallback != nil
        }

        /// Columns of the export that it reads: of each list one must be there.
        public var sources: [[String]] {
            var sources: [[String]] = []
            switch rule {
            case .constant, .rowPlace: break
            case .column(let names): sources.append(names)
            case .phone(let rule): sources.append(rule.columns)
            case .joined(let names), .sum(let names): sources += names.map { [$0] }
            case .dateAndTime(let date, let time): sources += [date, time]
            case .choose(let choices):
                for choice in choices {
                    sources += choice.conditions.keys.sorted().map { [$0] }
                    if case .column(let names) = choice.outcome { sources.append(names) }
                }
            }
            if !plus.isEmpty { sources.append(plus) }
            return sources
        }
    }
}

/// A question to one cell of an export.
public enum CellTest: Hashable, Sendable {
    case equals(String)
    /// A pattern with `*` for any characters; `*` alone: there is a value.
    case matches(String)
    /// A number, with thousands commas and currency sign or not, against one in hundredths. No number passes not.
    case compares(Comparison, hundredths: Int64)

    public enum Comparison: String, Hashable, Sendable, CaseIterable {
        case atMost = "<=", atLeast = ">=", below = "<", above = ">"
    }
}
