import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// The stores of a group against each other in one share: who lies outside what the range of all explains. Limits after
/// Spiegelhalter 2005 (doi:10.1002/sim.1970), wider where stores differ by more than chance; no ranking.
struct StoreStanding {
    struct Member {
        var identifier: String
        var name: String
        var share: Proportion
        var zone: FunnelLimits.Zone
        var z: Double
    }

    /// Nil: fewer than two stores with enough behind their share.
    let limits: FunnelLimits?
    /// Those with enough, in the roster's order; none without limits.
    let members: [Member]
    /// No store has anything counted.
    let isEmpty: Bool
    /// Stores with something counted, but less than is needed.
    let tooFew: Int

    /// - Parameter share: of a store, by its id; nil: nothing counted.
    init(_ context: ReportContext, share: (String) -> Proportion?) {
        let known = context.header.stores.compactMap { store -> (id: String, name: String, share: Proportion)? in
            guard let share = share(store.identifier), share.trials > 0 else { return nil }
            return (store.identifier, StoreStanding.name(store), share)
        }
        let scored = known.filter { $0.share.trials >= context.minimumN }
        isEmpty = known.isEmpty
        tooFew = known.count - scored.count
        let found = scored.count < 2 ? nil : FunnelLimits.of(scored.map(\.share)).value
        limits = found
        members = zip(scored, found?.places ?? []).map { store, place in
            Member(
                identifier: store.id, name: store.name, share: place.share, zone: place.zone, z: place.z)
        }
    }

    static func name(_ store: Store) -> String { store.name.isEmpty ? store.identifier : store.name }

    var centre: Double { limits?.centre ?? 0 }
    /// Beyond the solid curve, farthest first.
    var helped: [Member] { outside([.farBelow]) }
    var praised: [Member] { outside([.farAbove]) }
    /// Between the dashed and the solid curve.
    var noted: [Member] { outside([.below, .above]) }

    private func outside(_ zones: Set<FunnelLimits.Zone>) -> [Member] {
        members.filter { zones.contains($0.zone) }.sorted { ($1.z.magnitude, $0.identifier) < ($0.z.magnitude, $1.identifier) }
    }

    /// Of stores of one common rate so many would lie beyond the dashed curves: 1 in 20.
    var expectedBeyondDashed: Double { Double(members.count) * 0.05 }
    /// Beyond the solid ones: 1 in 500.
    var expectedBeyondSolid: Double { Double(members.count) * 0.002 }
    /// How much wider than chance alone the stores lie, as a factor of the curves' width; 1: no wider.
    var widening: Double { (limits?.overdispersion ?? 1).squareRoot() }
}

/// What stores are held against each other in.
struct StoreComparison {
    let context: ReportContext
    /// Answered in time, of the report's month.
    let answers: StoreStanding
    /// Visits that bought, of the finished months together.
    let sales: StoreStanding
    let visits: FinishedVisits

    init(_ context: ReportContext) {
        self.context = context
        answers = StoreStanding(context) { store in
            context.answeredInTime(.responsesByStore, context.at(context.month, [.store: store]))
        }
        let visits = FinishedVisits(VisitOutcomes(context))
        self.visits = visits
        sales = StoreStanding(context) { store in visits.share(.visitsByStore, [.store: store]) }
    }

    /// There is something to hold stores against each other in.
    static func isPossible(_ context: ReportContext) -> Bool {
        let header = context.header
        return header.has(.messages) || header.has(.conversations) || (header.has(.serviceVisits) && header.has(.sales))
    }

    static func missing(_ context: ReportContext, _ setting: PageSetting) -> MissingPage {
        MissingPage(
            context: context, setting: setting, headline: say("Nothing exported to hold stores against each other"),
            sentence: RichText(marked: say("Each row says whose it is: **store_id**, in messages, visits and sales.")),
            needs: [
                .init(panel: say("Answered in time"), table: .messages, holds: say("calls, texts, e-mails, chats")),
                .init(panel: say("Visits that bought"), table: .serviceVisits, holds: say("repair orders")),
                .init(panel: say("Visits that bought"), table: .sales, holds: say("deals")),
            ])
    }

    /// The stores that a tile is drawn for: outside the solid curves first, then in the roster's order.
    var order: [String] {
        let first = (answers.helped + sales.helped + answers.praised + sales.praised).map(\.identifier)
        var seen: Set<String> = []
        return (first + context.header.stores.map(\.identifier)).filter { seen.insert($0).inserted }
    }
}
