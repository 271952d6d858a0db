import Basis
public import Dealership
import Statistics

/// Where service customers are lost on the way to a car. DEFINITIONS 2, Funnel.
public struct ServiceFunnel: Measure {
    /// Days after the visit within which each step must come.
    public var windowDays: Int
    public var minimumN: Int
    /// The dealership's own, in thousandths of those who came to the step before, by step.
    public var targets: [String: Int]
    public init(windowDays: Int, minimumN: Int, targets: [String: Int] = [:]) {
        self.windowDays = windowDays
        self.minimumN = minimumN
        self.targets = targets
    }

    public init?(_ parameters: inout some ParameterReading) {
        self.init(
            windowDays: parameters.days("window") ?? parameters.settings.conversion.windowDays,
            minimumN: parameters.minimumN(), targets: parameters.settings.targets.funnelPermille)
    }

    public var inForce: [(parameter: String, value: String)] {
        let stated = Step.allCases.compactMap { step in targets[step.name].map { "\(step.name) \(Double($0) / 10) %" } }
        return [("window", "\(windowDays) days"), ("minimum-n", String(minimumN))]
            + (stated.isEmpty ? [] : [("targets", stated.joined(separator: " "))])
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
            it; a step that no export knows is left out, and the next is held against the one before it. Step rates are of \
            those who came to the step before, rates of all visits, both with Wilson 95 % limits (Wilson 1927), printed \
            when all visits have had their window. Days are medians from the visit's day, and from the step before where \
            both are on record. Targets are those of `targets: funnel:`. What the lost might have brought is not said: they \
            are not like those who went on.
            """,
        dimensions: [
            .store, .month, .advisor, .person, .relation, .touch, .payType, .source, .vehicleAge, .workplace, .dedicated,
        ],
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
        ] + Step.allCases.dropFirst().flatMap(\.columns) + GrossColumns.columns + [
            .init("gross_per_visit", "gross_profit / visits; empty while too new"),
        ],
        parameters: [.window, .minimumN],
        needs: ["service_visits", "leads"])

    /// What the pages and `kpi explain` call each step.
    public enum Step: Int, CaseIterable, Sendable {
        case visit, lead, contact, appointment, shown, sold
        public var name: String { ["visit", "lead", "contact", "appointment", "shown", "sold"][rawValue] }

        fileprivate var columns: [MeasureEntry.Column] {
            [
                .init("\(name)_step_rate", "of the step before, those who came to \(name); empty while too new"),
                .init("\(name)_step_rate_lower", "Wilson 95 % lower limit of \(name)_step_rate"),
                .init("\(name)_step_rate_upper", "Wilson 95 % upper limit of \(name)_step_rate"),
                .init("\(name)_target", "the target of \(name)_step_rate"),
                .init("\(name)_rate", "of all visits, those who came to \(name); empty while too new"),
                .init("\(name)_rate_lower", "Wilson 95 % lower limit of \(name)_rate"),
                .init("\(name)_rate_upper", "Wilson 95 % upper limit of \(name)_rate"),
                .init("\(name)_lost", "came to the step before and not to \(name)"),
                .init("\(name)_lost_share", "\(name)_lost / the step before; empty while too new"),
                .init("\(name)_step_days", "median days from the step before, where both are on record"),
            ]
        }
    }
}
