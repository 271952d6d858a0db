import Dealership
import Measures

extension Reader {
    /// The measure with every parameter: the table's, else the dealership's, else the documented default.
    mutating func request(_ fields: Fields, _ entry: MeasureEntry, _ settings: DealershipSettings) -> MeasureRequest? {
        switch entry.name {
        case "service-to-sales": serviceToSales(fields, settings).map { .serviceToSales($0) }
        case "first-response-time": .firstResponseTime(firstResponse(fields, settings))
        case "outage-impact": .outageImpact(OutageImpactParameters(answerOn: answerOn(fields, settings)))
        case "service-funnel":
            .serviceFunnel(
                ServiceFunnelParameters(
                    windowDays: fields["window"].flatMap { days($0, in: 1...730) } ?? settings.conversion.windowDays,
                    minimumN: minimumN(fields, settings)))
        case "volume": .volume
        case "data-quality": .dataQuality
        case "handoffs":
            .handoffs(
                HandoffParameters(targetSeconds: settings.targets.handoffSeconds, minimumN: minimumN(fields, settings)))
        default: nil
        }
    }

    private mutating func serviceToSales(
        _ fields: Fields, _ settings: DealershipSettings
    ) -> ServiceToSalesParameters? {
        // The two views answer different questions and are never mixed: the one meant must be said.
        let remedy = "write `view: by-deal` (of the sales, how many came from service) or `view: by-visit`"
        let view = required(fields, "view", remedy).flatMap { choice($0, ServiceToSalesParameters.View.self) }
        let usual = settings.conversion
        let parameters = ServiceToSalesParameters(
            view: view ?? .byDeal,
            windowDays: fields["window"].flatMap { days($0, in: 1...730) } ?? usual.windowDays,
            credit: fields["credit"].flatMap { choice($0, ConversionSettings.Credit.self) } ?? usual.credit,
            denominator: fields["denominator"].flatMap { choice($0, ConversionSettings.Denominator.self) }
                ?? usual.denominator,
            maturity: fields["maturity"].flatMap { choice($0, ServiceToSalesParameters.Maturity.self) }
                ?? Defaults.maturity,
            minimumN: minimumN(fields, settings))
        return view == nil ? nil : parameters
    }

    private mutating func firstResponse(_ fields: Fields, _ settings: DealershipSettings) -> FirstResponseParameters {
        let clock = fields["clock"].flatMap { choice($0, FirstResponseParameters.Clock.self) } ?? Defaults.clock
        return FirstResponseParameters(
            clock: clock,
            adjusted: fields["adjusted"].flatMap { flag($0) } ?? Defaults.isAdjusted,
            silence: fields["silence"].flatMap { choice($0, FirstResponseParameters.Silence.self) }
                ?? Defaults.silence,
            target: fields["target"].flatMap { target($0, clock) } ?? Defaults.target,
            answerOn: answerOn(fields, settings),
            minimumN: minimumN(fields, settings))
    }

    /// `settings`, `due` or a duration of the clock.
    private mutating func target(
        _ field: Field, _ clock: FirstResponseParameters.Clock
    ) -> FirstResponseParameters.Target? {
        switch field.word {
        case "settings": .settings
        case "due": .due
        default: duration(field, clock == .open ? .open : .wall).map { .seconds($0) }
        }
    }

    private mutating func answerOn(
        _ fields: Fields, _ settings: DealershipSettings
    ) -> ConversationSettings.AnswerOn {
        fields["answer-on"].flatMap { choice($0, ConversationSettings.AnswerOn.self) }
            ?? settings.conversations.answerOn
    }

    private mutating func minimumN(_ fields: Fields, _ settings: DealershipSettings) -> Int {
        fields["minimum-n"].flatMap { integer($0, in: 1...10_000) } ?? settings.conversion.minimumN
    }
}
