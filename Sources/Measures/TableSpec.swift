public import Basis
public import Dealership

/// One table of results: a measure with its parameters, what it is split by, and which columns are printed.
public struct TableSpec: Hashable, Sendable {
    public var name: String
    public var request: MeasureRequest
    public var by: [Dimension]
    /// Names of `MeasureEntry.columns`.
    public var columns: [String]
    /// Only this store's facts; nil: all stores'.
    public var store: String?
    /// Only facts of these months; nil: all months'.
    public var months: ClosedRange<Month>?

    public init(
        name: String, request: MeasureRequest, by: [Dimension], columns: [String],
        store: String? = nil, months: ClosedRange<Month>? = nil
    ) {
        self.name = name
        self.request = request
        self.by = by
        self.columns = columns
        self.store = store
        self.months = months
    }
}

/// A measure with every parameter stated.
public enum MeasureRequest: Hashable, Sendable {
    case serviceToSales(ServiceToSalesParameters)
    case firstResponseTime(FirstResponseParameters)
    case outageImpact(OutageImpactParameters)
    case serviceFunnel(ServiceFunnelParameters)
    case volume
    case dataQuality
    case handoffs(HandoffParameters)

    /// The catalogue's name: `first-response-time`.
    public var measure: String {
        switch self {
        case .serviceToSales: "service-to-sales"
        case .firstResponseTime: "first-response-time"
        case .outageImpact: "outage-impact"
        case .serviceFunnel: "service-funnel"
        case .volume: "volume"
        case .dataQuality: "data-quality"
        case .handoffs: "handoffs"
        }
    }
}

public struct ServiceToSalesParameters: Hashable, Sendable {
    public enum View: String, Hashable, Sendable, CaseIterable {
        /// Of the visits of a month, how many bought.
        case byVisit = "by-visit"
        /// Of the sales of a month, how many came from service.
        case byDeal = "by-deal"
    }
    public enum Maturity: String, Hashable, Sendable, CaseIterable {
        /// Rates only of months whose visits have all had their window.
        case required
        /// Every visit counts as if its window were over: for comparison with tools that do so.
        case ignore
    }
    public var view: View
    public var windowDays: Int
    public var credit: ConversionSettings.Credit
    public var denominator: ConversionSettings.Denominator
    public var maturity: Maturity
    public var minimumN: Int

    public init(
        view: View, windowDays: Int, credit: ConversionSettings.Credit,
        denominator: ConversionSettings.Denominator, maturity: Maturity, minimumN: Int
    ) {
        self.view = view
        self.windowDays = windowDays
        self.credit = credit
        self.denominator = denominator
        self.maturity = maturity
        self.minimumN = minimumN
    }
}

public struct FirstResponseParameters: Hashable, Sendable {
    public enum Clock: String, Hashable, Sendable, CaseIterable { case open, wall }
    public enum Silence: String, Hashable, Sendable, CaseIterable {
        /// Who got no answer is still waiting at the as-of instant, and counts so.
        case count
        /// Quantiles of the answered only: for comparison with tools that do so.
        case leaveOut = "leave-out"
    }
    public enum Target: Hashable, Sendable {
        /// Each channel's own, as in the settings; where they state none, the due instant that the export gives.
        case settings
        /// One for all, in seconds of the clock.
        case seconds(Int64)
        /// Each conversation's own due instant from the export.
        case due
    }
    public var clock: Clock
    /// Open time less what outages and their recovery covered.
    public var adjusted: Bool
    public var silence: Silence
    public var target: Target
    public var answerOn: ConversationSettings.AnswerOn
    public var minimumN: Int

    public init(
        clock: Clock, adjusted: Bool, silence: Silence, target: Target, answerOn: ConversationSettings.AnswerOn,
        minimumN: Int
    ) {
        self.clock = clock
        self.adjusted = adjusted
        self.silence = silence
        self.target = target
        self.answerOn = answerOn
        self.minimumN = minimumN
    }
}

public struct OutageImpactParameters: Hashable, Sendable {
    public var answerOn: ConversationSettings.AnswerOn
    public init(answerOn: ConversationSettings.AnswerOn) { self.answerOn = answerOn }
}

public struct ServiceFunnelParameters: Hashable, Sendable {
    /// Days after the visit within which each step must come.
    public var windowDays: Int
    public var minimumN: Int
    public init(windowDays: Int, minimumN: Int) {
        self.windowDays = windowDays
        self.minimumN = minimumN
    }
}

public struct HandoffParameters: Hashable, Sendable {
    /// Open seconds until the department asked says a word; nil: no target is set, and nothing is in time or late.
    public var targetSeconds: Int64?
    public var minimumN: Int
    public init(targetSeconds: Int64?, minimumN: Int) {
        self.targetSeconds = targetSeconds
        self.minimumN = minimumN
    }
}
