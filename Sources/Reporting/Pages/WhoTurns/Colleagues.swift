import Basis
import Dealership
import Measures
import Statistics

/// People of one job, or stores, against each other: how many of the visits (or leads) that were theirs ended in a sale.
struct Colleagues {
    struct Member {
        var identifier: String
        var name: String
        var share: Proportion
        var zone: FunnelLimits.Zone
        var z: Double
    }

    let context: ReportContext
    /// Nil: fewer than two people with enough.
    let limits: FunnelLimits?
    /// Those with enough, in order of their identifiers.
    let members: [Member]
    /// Those with fewer than are needed.
    let tooFew: Int
    /// Of nobody.
    let unnamed: Int

    /// `names`: other than those of people.
    init(_ context: ReportContext, _ all: [(person: String, share: Proportion)], names: [String: String] = [:]) {
        self.context = context
        let scored = all.filter { !$0.person.isEmpty && $0.share.trials >= context.minimumN }
        tooFew = all.count { !$0.person.isEmpty } - scored.count
        unnamed = all.filter(\.person.isEmpty).reduce(0) { $0 + $1.share.trials }
        limits = FunnelLimits.of(scored.map(\.share)).value
        members = limits.map { limits in
            zip(scored, limits.places).map { unit, place in
                let name = names[unit.person] ?? context.header.people[unit.person]?.name ?? ""
                return Member(
                    identifier: unit.person, name: name.isEmpty ? unit.person : name, share: unit.share, zone: place.zone,
                    z: place.z)
            }
        } ?? []
    }

    /// Beyond the solid curve, farthest first.
    func far(isGood: Bool) -> [Member] { outside(isGood ? [.farAbove] : [.farBelow]) }
    /// Between the dashed and the solid curve; among many people chance alone puts several there.
    var noted: [Member] { members.count > Colleagues.mostToNote ? [] : outside([.above, .below]) }
    private static let mostToNote = 40

    private func outside(_ zones: Set<FunnelLimits.Zone>) -> [Member] {
        members.filter { zones.contains($0.zone) }.sorted { ($1.z.magnitude, $0.name) < ($0.z.magnitude, $1.name) }
    }
}

/// Whose visits they were, and whose leads.
enum ColleaguesOf {
    static func advisors(_ visits: FinishedVisits) -> [(person: String, share: Proportion)] {
        visits.kinds(.visitsByAdvisor, .advisor) { $0 }.map { ($0.label, $0.share) }
    }

    static func stores(_ visits: FinishedVisits) -> [(person: String, share: Proportion)] {
        visits.kinds(.visitsByStore, .store) { $0 }.map { ($0.label, $0.share) }
    }
    static func storeNames(_ context: ReportContext) -> [String: String] {
        Dictionary(context.header.stores.map { ($0.identifier, $0.name) }) { first, _ in first }
    }

    /// By the owner of the visit's lead.
    static func sellers(_ visits: FinishedVisits) -> [(person: String, share: Proportion)] {
        let context = visits.context
        let people = Set(visits.each.flatMap { context.labels(.funnelByOwner, .person, where: context.at($0)) })
        return people.sorted().compactMap { person in
            var leads = 0
            var sold = 0
            for month in visits.each {
                let slice = context.at(month, [.person: person])
                leads += context.count(.funnelByOwner, "leads", slice) ?? 0
                sold += context.count(.funnelByOwner, "sold", slice) ?? 0
            }
            return leads > 0 ? (person, Proportion(successes: min(sold, leads), trials: leads)) : nil
        }
    }
}
