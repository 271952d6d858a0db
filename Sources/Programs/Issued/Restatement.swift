public import Basis
import Measures

/// What an issued report printed and today's data says otherwise.
public struct Restatement: Hashable, Sendable {
    public enum Why: String, Hashable, Sendable {
        /// As of the same instant: rows came late, were corrected or are gone. (Or settings were changed: see
        /// `isOtherwiseSet`.)
        case rows
        /// The rows are as they were; something came after the issue's as-of instant: a reversal, an answer.
        case since
    }

    public struct Change: Hashable, Sendable {
        /// As it was issued.
        public var then: IssuedFigure
        /// As it is today. An empty estimate: it is not printed any more, or has nothing to say.
        public var now: IssuedFigure
        public var why: Why

        /// By how much, with as many decimals; empty where one of them is no number.
        public var difference: String {
            guard then.state == .known, now.state == .known, let before = then.number, let after = now.number else {
                return ""
            }
            let places = [then, now].map { $0.estimate.drop { $0 != "." }.dropFirst().count }.max() ?? 0
            return (after - before).fixed(places)
        }

        /// The difference as a share of the larger; 1 where one of them is no number.
        public var size: Double {
            guard then.state == .known, now.state == .known, let before = then.number, let after = now.number else {
                return 1
            }
            let larger = max(before.magnitude, after.magnitude)
            return larger > 0 ? (after - before).magnitude / larger : 0
        }
    }

    public var issue: IssuedReport
    /// In the order of the issued pages; a figure that stands on several of them once.
    public var changes: [Change]
    /// The settings differ from those of the issue.
    public var isOtherwiseSet: Bool
    /// Figures of months up to this one cannot be held against today's exports, which begin later; nil: all can.
    public var uncovered: Month?

    public func count(_ why: Why) -> Int { changes.reduce(0) { $0 + ($1.why == why ? 1 : 0) } }

    /// The largest change in proportion; of the like the first. Differences and effects come last: they follow from
    /// other figures, and around 0 every change of them is large.
    public var largest: Change? {
        changes.enumerated().min {
            let (a, b) = ($0.element, $1.element)
            let (first, second) = (a.then.isDerived, b.then.isDerived)
            if first != second { return second }
            return (-a.size, $0.offset) < (-b.size, $1.offset)
        }?.element
    }

    /// - Parameters:
    ///   - then: the issued figures.
    ///   - today: the same report's by today's data.
    ///   - asThen: the same as of the issue's instant.
    ///   - firstDays: by table, the first day that today's exports cover.
    public init(
        of issue: IssuedReport, then: [IssuedFigure], today: [IssuedFigure], asThen: [IssuedFigure],
        settings: String, firstDays: [String: Day]
    ) {
        self.issue = issue
        isOtherwiseSet = issue.settings != settings
        let uncovered = Restatement.uncovered(issue.firstDays, firstDays)
        self.uncovered = uncovered
        let comparable = then.filter { Restatement.canBeHeld($0, uncovered) }
        let now = FigurePairs(then, today), held = FigurePairs(then, asThen)
        var changes: [Change] = []
        var seen: Set<[String]> = []
        for figure in comparable {
            let (after, sameInstant) = (now.partner(of: figure), held.partner(of: figure))
            let isOtherwise = sameInstant.isOther(than: figure)
            let change: Change
            switch (after, sameInstant) {
            case (.figure(let after), _) where after.printed != figure.printed:
                change = Change(then: figure, now: after, why: isOtherwise ? .rows : .since)
            case (.gone, .gone):
                var none = figure
                (none.estimate, none.lower, none.upper, none.n) = ("", "", "", nil)
                if figure.estimate.isEmpty { continue }
                change = Change(then: figure, now: none, why: .rows)
            default:
                continue
            }
            if seen.insert([figure.id, figure.printed, change.now.printed]).inserted { changes.append(change) }
        }
        self.changes = changes
    }

    /// What tells of the day on which it is asked, or of the files and not of a month, is not restated but told anew.
    private static let ofTheDay: Set<String> = ["VEND-04", "CHG-05"]

    private static func canBeHeld(_ figure: IssuedFigure, _ uncovered: Month?) -> Bool {
        if ofTheDay.contains(figure.code) || Figures.figure(figure.code)?.isMonthly == false { return false }
        guard let uncovered, let first = FigureID(figure.id)?.months.lowerBound else { return true }
        return first > uncovered
    }

    /// An export's first row may be corrected away: so many days later it still begins where it did.
    private static let tolerance = 7

    private static func uncovered(_ then: [String: Day], _ now: [String: Day]) -> Month? {
        then.compactMap { table, day -> Month? in
            guard let first = now[table] else { return Month(year: 9999, month: 12) }
            return first > day + tolerance ? first.month : nil
        }.max()
    }
}

/// Two lists of figures of one report, each figure of the one with its own of the other.
private struct FigurePairs {
    enum Partner {
        case figure(IssuedFigure)
        /// No figure of this id is there.
        case gone
        /// There are figures of this id, and which of them it was cannot be told: pages choose what they print.
        case unclear

        func isOther(than figure: IssuedFigure) -> Bool {
            switch self {
            case .figure(let own): own.printed != figure.printed
            case .gone: true
            case .unclear: false
            }
        }
    }

    private var byLabel: [String: [String: IssuedFigure]] = [:]
    /// Labels of an id that only the first list has.
    private var unmatched: [String: Set<String>] = [:]

    /// Its label states what was asked (by which day, as far as was watched): another label, another question.
    private static let askedByLabel: Set<String> = ["S2S-03"]

    init(_ then: [IssuedFigure], _ now: [IssuedFigure]) {
        for figure in now where byLabel[figure.id]?[figure.label] == nil {
            byLabel[figure.id, default: [:]][figure.label] = figure
        }
        for figure in then where byLabel[figure.id]?[figure.label] == nil {
            unmatched[figure.id, default: []].insert(figure.label)
        }
        self.then = Dictionary(grouping: then, by: \.id).mapValues { Set($0.map(\.label)) }
    }

    private let then: [String: Set<String>]

    func partner(of figure: IssuedFigure) -> Partner {
        guard let own = byLabel[figure.id], !own.isEmpty else { return .gone }
        if let same = own[figure.label] { return .figure(same) }
        if FigurePairs.askedByLabel.contains(figure.code) { return .unclear }
        // A name in its label was corrected, or a verdict is another one.
        let left = own.filter { then[figure.id]?.contains($0.key) != true }
        if unmatched[figure.id]?.count == 1, left.count == 1, let one = left.first { return .figure(one.value) }
        return .unclear
    }
}
