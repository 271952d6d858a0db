import Basis
import Dealership
import Definitions
import Drawing
import Measures

/// Whom did one outage hit, and what did it cost? Exposed, extra wait, missing for good, cost as a range.
enum WhomItHitPage: ReportPage {
    static let tables: [ReportTable] = [.exposures, .delays, .missing, .costs, .remediesByRung]

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        guard let incident = Incident(context) else { return NoIncident(context, setting).draw(ledger) }
        let page = setting.number
        let effect = MissingEffect(context, .missing, incident.slice)
        let delays = DelayEffect(context, .delays, incident.slice)
        let costs = OutageCosts(
            context, .costs, incident.slice,
            claims: incident.claims)
        let exposed = ExposedPanel(incident: incident).block(page: page, ledger: &ledger)
        let delay = DelayPanel(incident: incident, effect: delays).block(page: page, ledger: &ledger)
        let missing = MissingPanel(incident: incident, effect: effect).block(page: page, ledger: &ledger)
        let cost = CostPanel(costs: costs, title: incident.title, month: incident.month, slice: incident.slice)
            .block(page: page, ledger: &ledger)
        let headline = headline(incident, effect, delays, costs)
        let feet = PageFeet(
            context: context, setting: setting, tables: [.outages, .messages, .leads, .sales, .remedies, .claims])
        var layout = setting.layout(
            incident, headline: headline, sentence: sentence(incident, delays, costs),
            footer: feet.footer(
                first: [say("Outage \(incident.outage.identifier)."), say("Expected: same hours, last clean weeks.")],
                ledger: ledger))
        layout.add(rows: [
            PageRow(.init(span: 4, exposed), .init(span: 4, delay), .init(span: 4, missing)),
            PageRow(height: .weight(1), .init(span: 7, cost), .init(span: 5, CostOriginPanel(costs: costs).block())),
        ])
        return DrawnPage(laid: layout.finish(), headline: headline)
    }

    private static func headline(
        _ incident: Incident, _ effect: MissingEffect, _ delays: DelayEffect, _ costs: OutageCosts
    ) -> String {
        let customers = incident.context.count(.exposures, "customers", incident.slice)
        let hit = customers.map {
            $0 == 0
                ? say("It hit no customer on record")
                : say($0, "It hit \(Words.count($0)) customer", "It hit \(Words.count($0)) customers")
        }
        if let most = effect.lost.max(by: { ($0.missing ?? 0, $1.name) < ($1.missing ?? 0, $0.name) }) {
            let lost = say(
                "about \(MissingEffect.about(most.missing ?? 0)) \(Words.arrivals(most.name)) never came back")
            return hit.map { "\($0); \(lost)" } ?? lost.capitalizedFirst
        }
        if let delayed = delays.delayed.first, let excess = delayed.excess {
            // Of all who waited during it only the compared are known to have waited longer because of it.
            let longer = Words.duration(Int64(excess.rounded()))
            let compared = Words.count(delayed.compared)
            return say(
                delayed.compared, "\(compared) customer who wrote waited \(longer) longer",
                "\(compared) customers who wrote waited \(longer) longer")
        }
        guard let hit else { return say("Whom it hit is not known") }
        return customers == 0 ? hit : say("\(hit); the effect is unclear")
    }

    private static func sentence(_ incident: Incident, _ delays: DelayEffect, _ costs: OutageCosts) -> RichText {
        var parts: [String] = []
        if let gain = costs.gain {
            parts.append(say("It brought **\(gain)** more in credit than it cost, as far as is known."))
        } else if costs.hasCost {
            let range =
                costs.low <= .zero
                ? say("up to \(costs.rounded(costs.high))", context: "money")
                : say("\(costs.rounded(costs.low)) to \(costs.rounded(costs.high))")
            parts.append(
                say("It cost **\(costs.isRange ? range : costs.rounded(costs.together))**, as far as is known."))
        } else {
            parts.append(say("What it cost is not known."))
        }
        if let delayed = delays.delayed.first, let excess = delayed.excess {
            parts.append(
                say(
                    "Who wrote waited \(Words.duration(Int64(excess.rounded()))) longer each (\(DelayEffect.likely(delayed)))."
                ))
        } else if !delays.channels.isEmpty {
            parts.append(say("Whether those who wrote waited longer is unclear."))
        }
        return RichText(marked: parts.joined(separator: " "))
    }
}

extension Incident {
    /// Claims on file for it.
    var claims: [OutageLedger.Claim] {
        guard let position = context.header.outages.firstIndex(where: { $0.identifier == outage.identifier }) else {
            return []
        }
        return context.header.ledger.claims.filter { $0.outage == position }
    }
}
