import Basis
import Measures
import Statistics

/// Who began to write in open hours, and who after them; these wait from the next opening on.
struct Arrivals {
    let context: ReportContext
    /// Opening hours are given, so that there is a time after them.
    let isKnown: Bool
    /// Conversations begun after hours.
    let after: Int
    /// Of all; nil: nothing to take a share of.
    let share: Proportion?
    /// Half of these were answered so long after opening.
    let half: Cell

    static let afterHours = "after hours"
    static let openHours = "open hours"

    init(_ context: ReportContext, week: OpenWeek) {
        self.context = context
        isKnown = week.days != nil
        after = context.count(.responsesByArrival, "conversations", [.arrival: Arrivals.afterHours]) ?? 0
        let all = context.count(.responsesByArrival, "conversations") ?? 0
        share = isKnown && all > 0 ? Proportion(successes: after, trials: all) : nil
        half = context.cell(.responsesByArrival, "p50", [.arrival: Arrivals.afterHours])
    }
}
