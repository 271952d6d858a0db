import Basis
public import Dealership
import Statistics

/// Where service customers are lost on the way to a car. DEFINITIONS 2, Funnel.
public struct ServiceFunnel: Measure {
    /// Days after the visit within which each step must come.
    public var windowDays: Int
    public var minimumN: Int
    public init(windowDays: Int, minimumN: Int) {
        self.windowDays = windowDays
        self.minimumN = minimumN
    }

    public init?(_ parameters: inout some ParameterReading) {
        self.init(
            windowDays: parameters.days("window") ?? parameters.settings.conversion.windowDays,
            minimumN: parameters.minimumN())
    }

    public var inForce: [(parameter: String, value: String)] {
        [("window", "\(windowDays) days"), ("minimum-n", String(minimumN))]
    }

    public func linking(_ usual: LinkingParameters) -> LinkingParameters {
        var own = usual
        own.windowDays = windowDays
        return own
    }

    public func isKnown(_ header: JournalHeader) -> Bool { header.knows(.serviceVisits) && header.knows(.leads) }

    public static let entry = MeasureEntry(
        name: "service-funnel", code: "FUN", title: "From service visit to sale",
        summary: "Visit, lead, first two-way contact, appointment, shown, sold: how many came how far, and when.",
        definition: """
            Of the visits of the period, each followed for `window` days: a lead of the same customer on or after the \
            visit's day; after the lead a two-way contact (in one conversation the lead's owner, or anybody where it has \
            none, wrote or called, and the customer did); a sales \
            appointment booked; shown; a sale credited to the visit. A visit that reached a step has reached those before \
            it. Days are medians from the visit's day.
            """,
        dimensions: [.store, .month, .advisor, .person, .relation],
        columns: [
            .init("visits", "visits of the period"),
            .init("leads", "with a lead of the customer within the window"),
            .init("contacts", "with a two-way contact after the lead"),
            .init("appointments", "with a sales appointment booked"),
            .init("shown", "with a sales appointment kept"),
            .init("sold", "with a credited sale"),
            .init("mature", "visits whose window has ended"),
            .init("lead_days", "median days from visit to lead"),
            .init("contact_days", "median days from visit to contact"),
            .init("appointment_days", "median days from visit to booking"),
            .init("shown_days", "median days from visit to the kept appointment"),
            .init("sold_days", "median days from visit to sale"),
        ],
        parameters: [.window, .minimumN],
        needs: ["service_visits", "leads"])

    /// Counters in the order of the steps, then `mature`; histograms in the order of the steps after the visit.
    enum Step: Int, CaseIterable { case visit, lead, contact, appointment, shown, sold }

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        // Behind the steps: mature visits, then for each step whether it can be known at all.
        var builder = TallyBuilder(counters: Step.allCases.count * 2 + 1, histograms: Step.allCases.count - 1)
        let visits = facts.visits
        let funnel = facts.funnel
        let columns = FactColumn.columns(spec.by, visits.count) { ServiceFunnel.column($0, facts) }
        let filter = FactFilter(spec, facts.header)
        for visit in 0..<visits.count where filter.admits(store: visits.store[visit], day: visits.day[visit]) {
            let cell = builder.cell(FactColumn.key(columns, visit))
            let from = visits.day[visit]
            builder.add(to: Step.visit.rawValue, of: cell)
            if facts.lastWatchedDay(store: visits.store[visit]) - from >= windowDays {
                builder.add(to: Step.allCases.count, of: cell)
            }
            for step in 0..<FunnelFacts.steps {
                let day = funnel.day[step][visit]
                if day == FunnelFacts.never { continue }
                builder.add(to: step + 1, of: cell)
                builder.record(max(0, day - from.number), in: step, of: cell)
            }
        }
        var table = builder.finish { FactColumn.labels(columns, $0) }
        for step in Step.allCases where ServiceFunnel.isKnown(step, facts.header) {
            for labels in table.cells.keys { table.cells[labels]?.counts[Step.allCases.count + 1 + step.rawValue] = 1 }
        }
        return table
    }

    private static func isKnown(_ step: Step, _ header: JournalHeader) -> Bool {
        switch step {
        case .visit: true
        case .lead: header.knows(.leads)
        case .contact: header.knows(.messages)
        case .appointment, .shown: header.has(.appointments)
        case .sold: header.knows(.sales)
        }
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        let counts = ["visits", "leads", "contacts", "appointments", "shown", "sold", "mature"]
        if let index = counts.firstIndex(of: column) {
            let needed = column == "mature" ? Step.sold.rawValue : index
            return tally.counts[Step.allCases.count + 1 + needed] == 0 ? .none : .count(tally.counts[index])
        }
        let days = ["lead_days", "contact_days", "appointment_days", "shown_days", "sold_days"]
        if let index = days.firstIndex(of: column) {
            return tally.histograms[index].quantile(.median).map(Cell.count) ?? .none
        }
        return .none
    }
}
