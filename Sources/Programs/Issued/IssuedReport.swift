public import Basis

/// A report that was issued: what it was about, and by what its figures were made. The figures lie beside it.
public struct IssuedReport: Hashable, Sendable {
    /// What two issues must have in common to be held against each other, the month apart.
    public struct Subject: Hashable, Sendable {
        /// The report's name: `monthly`.
        public var report: String
        /// A store's identifier; empty: all.
        public var store: String
        /// The one outage, vendor or effort that it is of: `vendor=Northmail`; empty: none.
        public var about: String

        public init(report: String, store: String = "", about: String = "") {
            self.report = report
            self.store = store
            self.about = about
        }
    }

    /// In the order of issue, from 1; 0: not written yet.
    public var number: Int
    public var subject: Subject
    public var month: Month
    /// The day of issue, as stated.
    public var on: Day
    public var asOf: Instant
    public var asOfDay: Day
    /// By table: the first day that its exports covered.
    public var firstDays: [String: Day]
    /// A hash of the settings in force.
    public var settings: String
    /// A hash of figures and settings.
    public var fingerprint: String
    /// The program's version.
    public var program: String
    public var figureCount: Int

    public init(
        number: Int = 0, subject: Subject, month: Month, on: Day, asOf: Instant, asOfDay: Day, firstDays: [String: Day],
        settings: String, program: String, figures: [IssuedFigure]
    ) {
        self.number = number
        self.subject = subject
        self.month = month
        self.on = on
        self.asOf = asOf
        self.asOfDay = asOfDay
        self.firstDays = firstDays
        self.settings = settings
        self.program = program
        fingerprint = IssuedReport.fingerprint(figures, settings: settings)
        figureCount = figures.count
    }

    /// SHA-256 in hexadecimal over the settings' hash and every figure, in their order. Where on paper a figure stands
    /// is none of it: the same figures on other paper are the same report.
    public static func fingerprint(_ figures: [IssuedFigure], settings: String) -> String {
        var digest = LedgerDigest()
        // No text holds a NUL: fields cannot run into each other.
        func add(_ text: String) { digest.add(Array(text.utf8) + [0]) }
        add(settings)
        for figure in figures {
            for field in [
                figure.id, figure.label, figure.estimate, figure.lower, figure.upper,
                figure.n.map(String.init) ?? "", figure.method,
            ] { add(field) }
        }
        return digest.finish()
    }

    /// SHA-256 over settings' texts. Lines of comment are left out: they decide nothing.
    public static func settingsHash(_ texts: [String]) -> String {
        var digest = LedgerDigest()
        for text in texts {
            for line in text.split(whereSeparator: \.isNewline) {
                let words = line.drop(while: \.isWhitespace)
                if !words.isEmpty, !words.hasPrefix("#") { digest.add(Array(line.utf8) + [0x0A]) }
            }
            digest.add([0])
        }
        return digest.finish()
    }
}
