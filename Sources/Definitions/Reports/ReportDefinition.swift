/// A report: which pages in which order. `reports/*.yaml` as a value; no expressions, conditions or includes.
public struct ReportDefinition: Hashable, Sendable {
    /// As on the command line: `kpi report monthly`.
    public var name: String
    /// On the first page and in the PDF's properties.
    public var title: String
    public var paper: Paper
    public var orientation: Orientation
    /// Whether a page that lists the others comes first.
    public var contents: Bool
    public var pages: [PageDefinition]

    public init(
        name: String, title: String, paper: Paper, orientation: Orientation, contents: Bool = false,
            pages: [PageDefinition]
    ) {
        self.name = name
        self.title = title
        self.paper = paper
        self.orientation = orientation
        self.contents = contents
        self.pages = pages
    }
}

public enum Paper: String, Hashable, Sendable, CaseIterable {
    case a4, letter
}

public enum Orientation: String, Hashable, Sendable, CaseIterable {
    case landscape, portrait
}

/// One page of a report: the question it answers, and which of our pages answers it.
public struct PageDefinition: Hashable, Sendable {
    /// Printed over the page, in the manager's words.
    public var question: String
    public var page: PageKind
    /// Only those the file states; `PageOption.usual` holds for the others.
    public var options: [PageOption: Int]

    public init(question: String, page: PageKind, options: [PageOption: Int] = [:]) {
        self.question = question
        self.page = page
        self.options = options
    }

    /// The option's value in force on this page.
    public subscript(option: PageOption) -> Int { options[option] ?? option.usual }
}

/// The pages there are. Raw values stand in report definitions.
public enum PageKind: String, Hashable, Sendable, CaseIterable {
    case whatMustIDo = "what-must-i-do"
    case whereLost = "where-lost"
    case whoWaits = "who-waits"
    case doTeamsTalk = "do-teams-talk"
    case whatBroke = "what-broke"
    case didItWork = "did-it-work"
    case believe
    case howFast = "how-fast"
    case whenWritten = "when-written"
    case whoAnswers = "who-answers"
    case stillOpen = "still-open"
    case howManyBuy = "how-many-buy"
    case howLong = "how-long"
    case lostSteps = "lost-steps"
    case whoTurns = "who-turns"
    case whatItBrings = "what-it-brings"
    case whatHappened = "what-happened"
    case whomItHit = "whom-it-hit"
    case didWeKeepIt = "did-we-keep-it"
    case claimLetter = "claim-letter"
    case claimEvidence = "claim-evidence"
    case vendorYear = "vendor-year"
    case changeVerdict = "change-verdict"
    case changeScope = "change-scope"
    case efforts
    case rewards
    case rewardTrial = "reward-trial"
    case rewardReview = "reward-review"
    case praise
    case storesStandOut = "stores-stand-out"
    case storesOverTime = "stores-over-time"

    public var options: [PageOption] {
        switch self {
        case .whatMustIDo: [.months, .actions]
        case .whereLost: [.months]
        case .whoWaits: [.channels]
        case .doTeamsTalk: [.named]
        case .whatBroke: [.outages]
        case .didItWork: [.efforts]
        case .believe: []
        case .howFast: [.channels]
        case .whenWritten: []
        case .whoAnswers: [.named]
        case .stillOpen: [.channels, .named]
        case .howManyBuy, .howLong, .lostSteps, .whatItBrings: [.months]
        case .whoTurns: [.named]
        case .whatHappened, .whomItHit, .didWeKeepIt, .claimLetter, .claimEvidence: []
        case .vendorYear: [.months, .vendors]
        case .changeVerdict, .changeScope: []
        case .efforts: [.efforts]
        case .rewards, .rewardTrial, .rewardReview: []
        case .praise: [.named]
        case .storesStandOut: [.named]
        case .storesOverTime: [.months]
        }
    }

    /// Whether the page needs verdicts of change efforts.
    public var judgesEfforts: Bool { [.didItWork, .changeVerdict, .changeScope, .efforts].contains(self) }

    /// Whether the page needs what reward rules give.
    public var paysRewards: Bool { [.didItWork, .rewards, .rewardTrial, .rewardReview, .praise].contains(self) }

    /// Whether the page holds stores against each other.
    public var comparesStores: Bool { self == .storesStandOut || self == .storesOverTime }

    /// What the page is about, besides a month.
    public var subject: ReportSubject {
        switch self {
        case .whatHappened, .whomItHit, .didWeKeepIt: .outage
        case .claimLetter, .claimEvidence: .vendor
        default: .month
        }
    }
}

/// What must be chosen before a page can be drawn.
public enum ReportSubject: Hashable, Sendable {
    case month
    /// One outage, of the month in which it began.
    case outage
    /// One vendor in one month.
    case vendor
}

extension ReportDefinition {
    /// Whether a page of it is about the subject.
    public func isAbout(_ subject: ReportSubject) -> Bool { pages.contains { $0.page.subject == subject } }
}

/// How much of something a page shows at most.
public enum PageOption: String, Hashable, Sendable, CaseIterable {
    /// Months in sparklines and charts over time, the report's own included.
    case months
    /// Actions asked of the manager.
    case actions
    /// Channels with a row of their own; the others are summed.
    case channels
    /// People named as worth praising, or as needing help.
    case named
    /// Outages with a row of their own.
    case outages
    /// Change efforts with a card of their own.
    case efforts
    /// Vendors with a row of their own.
    case vendors

    /// What holds where a report says nothing.
    public var usual: Int {
        switch self {
        // The same month of last year must be in sight.
        case .months: 13
        // More than three things are not done by next month.
        case .actions: 3
        case .channels: 6
        case .named: 5
        case .outages: 6
        case .efforts: 3
        case .vendors: 8
        }
    }

    /// What a page has room for.
    public var range: ClosedRange<Int> {
        switch self {
        case .months: 2...25
        case .actions: 1...5
        case .channels: 1...8
        case .named: 1...10
        case .outages: 1...12
        case .efforts: 1...6
        case .vendors: 1...12
        }
    }
}
