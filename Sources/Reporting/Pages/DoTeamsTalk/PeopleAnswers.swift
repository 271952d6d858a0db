import Basis
import Dealership
import Measures
import Statistics

/// How each person answered in the report's month, and who lies outside the limits that people of one common share
/// would keep to. Times are those without outages: nobody is judged by a line that was down.
struct PeopleAnswers {
    struct Person {
        var identifier: String
        /// Of the judged: in time, late, unanswered past target.
        var share: Proportion
        var zone: FunnelLimits.Zone
        /// Months in a row, this one included, outside the same dashed curve.
        var streak: Int
    }

    enum State: Equatable {
        /// No conversation in the month.
        case nothing
        /// Conversations, but none of a named person.
        case nobodyNamed
        /// Nothing was promised, so nothing can be in time.
        case noTarget
        /// Fewer than two people with enough conversations.
        case tooFew
        case compared
    }

    let context: ReportContext
    let state: State
    /// With at least the minimum number of judged conversations, by name.
    let scored: [Person]
    /// With conversations, but fewer: not scored.
    let unscored: [(identifier: String, share: Proportion)]
    let limits: FunnelLimits?
    /// Unanswered past target without an assignee: counted for nobody.
    let nobodys: Int
    /// Unanswered past target that somebody was assigned.
    let somebodys: Int
    let goal: Double?

    init(_ context: ReportContext) {
        self.context = context
        goal = context.settings.targets.answeredInTimePermille.map { Double($0) / 1000 }
        let month = context.month
        let people = PeopleAnswers.shares(context, month)
        let enough = people.filter { $0.share.trials >= context.minimumN }
        let limits = FunnelLimits.of(enough.map(\.share)).value
        self.limits = limits
        let streaks = PeopleAnswers.streaks(context, of: enough, limits)
        scored = enough.map { one in
            Person(
                identifier: one.identifier, share: one.share, zone: limits?.zone(of: one.share) ?? .within,
                streak: streaks[one.identifier] ?? 0)
        }
        unscored = people.filter { $0.share.trials < context.minimumN && $0.share.trials > 0 }
        func unanswered(_ slice: [Dimension: String]) -> Int {
            context.count(.responsesByPerson, "unanswered", context.at(month, slice)) ?? 0
        }
        nobodys = unanswered([.person: ""])
        somebodys = unanswered([:]) - nobodys
        if (context.count(.responses, "conversations", context.at(month)) ?? 0) == 0 {
            state = .nothing
        } else if people.isEmpty {
            state = .nobodyNamed
        } else if people.allSatisfy({ $0.share.trials == 0 }) {
            state = .noTarget
        } else {
            state = limits == nil ? .tooFew : .compared
        }
    }

    /// Everybody named in a month, by name.
    private static func shares(
        _ context: ReportContext, _ month: Month
    ) -> [(identifier: String, share: Proportion)] {
        context.labels(.adjustedByPerson, .person, where: context.at(month)).filter { !$0.isEmpty }
            .map { identifier -> (identifier: String, share: Proportion) in
                let slice = context.at(month, [.person: identifier])
                return (
                    identifier,
                    context.answeredInTime(.adjustedByPerson, slice) ?? Proportion(successes: 0, trials: 0))
            }
            .sorted {
                (PersonNames.name($0.identifier, context), $0.identifier)
                    < (PersonNames.name($1.identifier, context), $1.identifier)
            }
    }

    /// Each month has limits of its own, from those who were scored in it.
    private static func streaks(
        _ context: ReportContext, of people: [(identifier: String, share: Proportion)], _ limits: FunnelLimits?
    ) -> [String: Int] {
        guard let limits else { return [:] }
        var open: [String: Bool] = [:]
        var streaks: [String: Int] = [:]
        for one in people {
            guard let side = isAbove(limits.zone(of: one.share)) else { continue }
            open[one.identifier] = side
            streaks[one.identifier] = 1
        }
        for month in context.months.dropLast().reversed() where !open.isEmpty {
            let then = shares(context, month).filter { $0.share.trials >= context.minimumN }
            guard let limits = FunnelLimits.of(then.map(\.share)).value else { break }
            var sides: [String: Bool] = [:]
            for one in then { sides[one.identifier] = isAbove(limits.zone(of: one.share)) }
            for (identifier, side) in open {
                if sides[identifier] == side { streaks[identifier, default: 0] += 1 } else { open[identifier] = nil }
            }
        }
        return streaks
    }

    /// Nil: inside.
    private static func isAbove(_ zone: FunnelLimits.Zone) -> Bool? {
        switch zone {
        case .above, .farAbove: true
        case .below, .farBelow: false
        case .within: nil
        }
    }

    func isOnTarget(_ person: Person) -> Bool { goal.map { (person.share.estimate ?? 0) >= $0 } ?? false }

    /// Clearly above: best first by how far, that is by share.
    var praised: [Person] {
        scored.filter { $0.zone == .farAbove }.sorted { ($0.share.estimate ?? 0) > ($1.share.estimate ?? 0) }
    }
    /// Clearly below, and below the target where there is one.
    var needHelp: [Person] {
        scored.filter { $0.zone == .farBelow && !isOnTarget($0) }
            .sorted { ($0.share.estimate ?? 0) < ($1.share.estimate ?? 0) }
    }
    /// Outside the dashed curve alone, or clearly below the others and yet on target.
    var noted: [Person] {
        scored.filter { $0.zone == .above || $0.zone == .below || ($0.zone == .farBelow && isOnTarget($0)) }
    }
}
