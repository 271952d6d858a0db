import Basis
import Dealership
import Measures
import Statistics

/// What one outage, or a month's, kept away, by kind: as far as the limits allow to say.
struct MissingEffect {
    struct Kind {
        var name: String
        var expected: Double
        var observed: Int
        /// What is missing for good, and its limits; nil: too few clean weeks.
        var missing: Double?
        var lower = 0.0
        var upper = 0.0
        var returned = 0.0
        /// While it was down, before anybody came back.
        var atFirst = 0.0
        var atFirstLower = 0.0
        var atFirstUpper = 0.0
        var cleanWeeks: Int
        var controls: Int
        var weeksNeeded = 0
        /// The limits leave no doubt that some are lost.
        var isLost: Bool { missing != nil && lower > 0 }
        /// Fewer came while it was down than chance would bring; some or all may have come later.
        var isShortAtFirst: Bool { missing != nil && atFirstLower > 0 }
    }

    let kinds: [Kind]

    /// Of the cells that agree with the slice, most expected first.
    init(_ context: ReportContext, _ table: ReportTable, _ slice: [Dimension: String], kinds names: [String]? = nil) {
        kinds = (names ?? context.labels(table, .kind, where: slice)).filter { !$0.isEmpty }.compactMap {
            MissingEffect.kind($0, context, table, slice.merging([.kind: $0]) { $1 })
        }.sorted { ($1.expected, $0.name) < ($0.expected, $1.name) }
    }

    private static func kind(
        _ name: String, _ context: ReportContext, _ table: ReportTable, _ slice: [Dimension: String]
    ) -> Kind? {
        guard context.tally(table, slice) != nil else { return nil }
        func number(_ column: String) -> Double {
            if case .mean(let value) = context.cell(table, column, slice) { return value }
            return 0
        }
        var kind = Kind(
            name: name, expected: number("expected"), observed: context.count(table, "observed", slice) ?? 0,
            cleanWeeks: context.count(table, "clean_weeks", slice) ?? 0,
            controls: context.count(table, "control_stores", slice) ?? 0)
        switch context.cell(table, "missing", slice) {
        case .mean(let missing):
            kind.missing = missing
            (kind.lower, kind.upper) = (number("missing_lower"), number("missing_upper"))
            kind.returned = number("returned")
            kind.atFirst = number("missing_at_first")
            (kind.atFirstLower, kind.atFirstUpper) = (
                number("missing_at_first_lower"), number("missing_at_first_upper")
            )
        case .tooFew(let few): kind.weeksNeeded = few.needed
        default: return nil
        }
        return kind
    }

    var lost: [Kind] { kinds.filter(\.isLost) }
    var judged: [Kind] { kinds.filter { $0.missing != nil } }

    /// `likely 3 to 19`: whole things, the lower one up and the upper one down would narrow it: both are widened.
    static func likely(_ lower: Double, _ upper: Double) -> String {
        let (low, high) = ends(lower, upper)
        return say("likely \(low) to \(high)")
    }

    /// `3 to 19`.
    static func range(_ lower: Double, _ upper: Double) -> String {
        let (low, high) = ends(lower, upper)
        return say("\(low) to \(high)")
    }

    /// `11 likely 3 to 19`, beside a bar.
    static func aboutLikely(_ value: Double, _ lower: Double, _ upper: Double) -> String {
        let (low, high) = ends(lower, upper)
        return say("\(about(value)) likely \(low) to \(high)")
    }

    private static func ends(_ lower: Double, _ upper: Double) -> (String, String) {
        (Words.count(max(Int(lower.rounded(.down)), 0)), Words.count(Int(upper.rounded(.up))))
    }

    /// What a panel of what is missing for good says under its finding.
    static func neverCameBack(_ context: ReportContext) -> String {
        let days = context.settings.outages.impact.recaptureDays
        let count = Words.count(days)
        return say(
            days, "Never came back within \(count) day. Line: likely range",
            "Never came back within \(count) days. Line: likely range")
    }

    static func about(_ value: Double) -> String { Words.count(Int(value.rounded(.toNearestOrAwayFromZero))) }
}
