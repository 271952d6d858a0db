import Basis
import Dealership
import Measures
import Statistics

/// Who answers more or less in time than the others, beyond what chance explains. Own replies, and silence of those
/// assigned; outages taken out.
struct PeopleStanding {
    struct Member {
        var identifier: String
        var name: String
        var department: String
        var share: Proportion
        var zone: FunnelLimits.Zone
        var z: Double
        /// Months in a row, this one included, on the same side of the dashed curve.
        var months: Int
    }

    let context: ReportContext
    /// Nil: fewer than two people with enough conversations.
    let limits: FunnelLimits?
    /// Those with enough conversations, in order of their identifiers.
    let members: [Member]
    /// People with fewer conversations than are needed.
    let tooFew: Int
    /// Unanswered that nobody was assigned to.
    let unassigned: Int
    /// No person is known at all.
    let isNamed: Bool

    /// `team`: these people alone, against each other; nil: all.
    init(_ context: ReportContext, team: Set<String>? = nil) {
        self.context = context
        let scored = PeopleStanding.scored(context, context.month, team)
        let all = context.labels(.adjustedByPerson, .person, where: context.at(context.month))
            .filter { !$0.isEmpty && team?.contains($0) ?? true }
        isNamed = !all.isEmpty
        tooFew = all.count - scored.count
        unassigned = context.count(.responsesByPerson, "unanswered", context.at(context.month, [.person: ""])) ?? 0
        limits = FunnelLimits.of(scored.map(\.share)).value
        guard let limits else {
            members = []
            return
        }
        let header = context.header
        var zones: [[String: FunnelLimits.Zone]] = []
        // Earlier months only matter for who stands out now.
        let outside = Set(zip(scored, limits.places).filter { $0.1.zone != .within }.map(\.0.person))
        if !outside.isEmpty { zones = PeopleStanding.earlier(context, outside, team) }
        members = zip(scored, limits.places).map { unit, place in
            let person = header.people[unit.person]
            let isAbove = place.zone == .above || place.zone == .farAbove
            let run = zones.prefix { months in
                guard let zone = months[unit.person], zone != .within else { return false }
                return (zone == .above || zone == .farAbove) == isAbove
            }
            let name = person.map(\.name) ?? ""
            return Member(
                identifier: unit.person, name: name.isEmpty ? unit.person : name, department: person?.department ?? "",
                share: place.share, zone: place.zone, z: place.z, months: 1 + run.count)
        }
    }

    private static func scored(
        _ context: ReportContext, _ month: Month, _ team: Set<String>?
    ) -> [(person: String, share: Proportion)] {
        let slice = context.at(month)
        return context.labels(.adjustedByPerson, .person, where: slice).compactMap { person in
            guard !person.isEmpty, team?.contains(person) ?? true,
                let share = context.answeredInTime(.adjustedByPerson, context.at(month, [.person: person])),
                share.trials >= context.minimumN
            else { return nil }
            return (person, share)
        }
    }

    /// Zones of these people in the months before, latest first.
    private static func earlier(
        _ context: ReportContext, _ people: Set<String>, _ team: Set<String>?
    ) -> [[String: FunnelLimits.Zone]] {
        context.months.dropLast().reversed().map { month in
            let scored = scored(context, month, team)
            guard let limits = FunnelLimits.of(scored.map(\.share)).value else { return [:] }
            let placed = zip(scored, limits.places).filter { people.contains($0.0.person) }.map { ($0.0.person, $0.1.zone) }
            return Dictionary(placed) { $1 }
        }
    }

    var centre: Double { limits?.centre ?? 0 }
    /// Far above the others, farthest first.
    var praised: [Member] { outside([.farAbove]) }
    /// Far below the others, farthest first.
    var needingHelp: [Member] { outside([.farBelow]) }
    /// Between the dashed and the solid curve. Among many people chance alone puts several there: they are no news.
    var noted: [Member] { members.count > PeopleStanding.mostToNote ? [] : outside([.above, .below]) }
    private static let mostToNote = 40

    private func outside(_ zones: Set<FunnelLimits.Zone>) -> [Member] {
        members.filter { zones.contains($0.zone) }.sorted { ($1.z.magnitude, $0.name) < ($0.z.magnitude, $1.name) }
    }
}
