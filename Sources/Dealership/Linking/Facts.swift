public import Basis

/// One sharing group's records joined for all measures: who is who, which sale is credited to which visit, which message
/// answered which conversation, which outage covered what. Every fact keeps the rows it came from.
public struct Facts: Sendable {
    public let header: JournalHeader
    public let journal: GroupJournal
    public let calendars: OpenCalendars
    public let coverage: OutageCoverage
    public let identity: Identity
    public let visits: VisitFacts
    /// Positions in the visits by customer, in order of time.
    public let visitsByCustomer: PositionsByCode
    /// By customer code: whose visits a sale may be credited to; and those visits.
    let credits: [Int32]
    let visitsByCredit: PositionsByCode
    public let sales: SaleFacts
    /// Deals are known up to here: a visit has been watched until then.
    public let conversionAsOf: Instant
    /// Everything answers know of ends here.
    public let messagesAsOf: Instant
    public let parameters: LinkingParameters
    /// By store; asked once a visit and table.
    private let watchedThrough: [Day]
    let absences: AssigneeAbsences
    private let madeAnswers = OnDemand<AnswersByCustomer>()
    private let madeLinking = OnDemand<ConversationLinking>()
    private let madeConversations = OnDemand<ConversationFacts>()
    private let madeTurns = OnDemand<TurnFacts>()
    private let madeLeadWaits = OnDemand<ConversationFacts>()
    private let madeCalls = OnDemand<CallFacts>()
    private let madeRatings = OnDemand<RatingFacts>()
    private let madeHandoffs = OnDemand<HandoffFacts>()
    private let madeFunnel = OnDemand<FunnelFacts>()
    private let madeRecordDays = OnDemand<RecordDays>()
    private let madeHouseholds = OnDemand<PositionsByCode>()
    private let madeTouches = OnDemand<SaleTouches>()
    private let madeVisitSales = OnDemand<VisitSales>()
    private let madeLatestLeads = OnDemand<LatestLeads>()
    private let madeInCRM = OnDemand<CustomersInCRM?>()
    private let madeProspects = OnDemandByKey<ProspectRule, ProspectFacts>()
    private let madeOwed = OnDemand<OwedFacts>()
    private let madeWayBack = OnDemand<WayBackFacts>()
    private let madeOutagePlaces = OnDemand<OutagePlaces>()
    private let madeExposure = OnDemand<ExposureFacts>()
    private let madeArrivals = OnDemand<ArrivalFacts>()

    /// Conversations that customers began.
    public var conversations: ConversationFacts {
        madeConversations.value {
            var clock = waitClock
            return linking.link(&clock)
        }
    }
    /// Every turn of every customer, with its first answer.
    public var turns: TurnFacts { madeTurns.value { TurnFacts(self) } }
    /// Leads as if they were conversations: from their arrival to the first answer on any managed channel.
    public var leadWaits: ConversationFacts { madeLeadWaits.value { ConversationFacts(leadsOf: self) } }
    /// Customers' calls.
    public var calls: CallFacts { madeCalls.value { CallFacts(self) } }
    /// What customers said of us, and of which conversation.
    public var ratings: RatingFacts { madeRatings.value { RatingFacts(self) } }
    var linking: ConversationLinking {
        madeLinking.value {
            ConversationLinking(
                journal: journal, header: header, identity: identity, asOf: messagesAsOf.seconds,
                elsewhere: parameters.answerOn == .anyManaged ? answers : nil)
        }
    }
    var waitClock: WaitClock {
        WaitClock(header: header, calendars: calendars, coverage: coverage, absences: absences, asOf: messagesAsOf)
    }
    /// What customers were told, on any managed channel.
    var answers: AnswersByCustomer {
        madeAnswers.value { AnswersByCustomer(journal, header, identity, asOf: messagesAsOf.seconds) }
    }
    /// What departments handed to each other.
    public var handoffs: HandoffFacts { madeHandoffs.value { HandoffFacts(self) } }
    /// How far each visit came.
    public var funnel: FunnelFacts { madeFunnel.value { FunnelFacts(self) } }
    public var recordDays: RecordDays { madeRecordDays.value { RecordDays(self) } }
    /// Visits by the household's code.
    public var visitsByHousehold: PositionsByCode {
        madeHouseholds.value { visits.byHousehold(identity, customers: journal.customers.count) }
    }
    /// All visits that each sale may be credited to.
    public var touches: SaleTouches { madeTouches.value { SaleTouches(self) } }
    /// Which visits became sales, and when.
    public var visitSales: VisitSales { madeVisitSales.value { VisitSales(self) } }
    var latestLeads: LatestLeads { madeLatestLeads.value { LatestLeads(self) } }
    /// Which customers the CRM knows, and since when. Nil: nothing of a CRM is there.
    public var inCRM: CustomersInCRM? { madeInCRM.value { CustomersInCRM(self) } }
    /// When each sale's first service was booked.
    public var wayBack: WayBackFacts { madeWayBack.value { WayBackFacts(self) } }
    /// What is due to customers whom outages hit, and what they were given.
    public var owed: OwedFacts { madeOwed.value { OwedFacts(self) } }
    /// Which outages hit what, and when.
    public var outagePlaces: OutagePlaces { madeOutagePlaces.value { OutagePlaces(header, stores: stores) } }
    /// What was exposed to which outage.
    public var exposure: ExposureFacts { madeExposure.value { ExposureFacts(self) } }
    /// When customers began what they begin, where an outage ever hit it.
    public var arrivals: ArrivalFacts { madeArrivals.value { ArrivalFacts(self) } }
    /// Booked service appointments against a rule.
    public func prospects(_ rule: ProspectRule) -> ProspectFacts {
        madeProspects.value(rule) { ProspectFacts(self, rule) }
    }

    /// `identity`: of this journal, where several linkings share it.
    public init(_ journal: GroupJournal, context: LinkingContext, identity known: Identity? = nil) {
        let header = context.header
        self.header = header
        self.journal = journal
        parameters = context.parameters
        watchedThrough = Facts.watchedThrough(header)
        calendars = context.calendars
        coverage = context.coverage
        identity = known ?? Identity(journal, country: header.settings.phoneCountry)
        conversionAsOf = context.conversionAsOf
        messagesAsOf = context.messagesAsOf
        visits = VisitFacts(journal, identity: identity, header: header, asOf: header.asOf)
        credits = header.settings.conversion.sameCustomer == .household ? identity.household : identity.root
        visitsByCustomer = PositionsByCode(visits.identity, count: journal.customers.count)
        visitsByCredit = header.settings.conversion.sameCustomer == .household
            ? visits.byHousehold(identity, customers: journal.customers.count) : visitsByCustomer
        sales = SaleFacts(
            journal, visits: visits, byCredit: visitsByCredit, credits: credits, identity: identity, header: header,
            asOf: conversionAsOf, windowDays: context.parameters.windowDays, credit: context.parameters.credit)
        absences = AssigneeAbsences(journal, header)
    }
}

/// What linking must be told; measures that need other values need other facts.
public struct LinkingParameters: Hashable, Sendable {
    public var windowDays: Int
    public var credit: ConversionSettings.Credit
    public var answerOn: ConversationSettings.AnswerOn
    public init(windowDays: Int, credit: ConversionSettings.Credit, answerOn: ConversationSettings.AnswerOn) {
        self.windowDays = windowDays
        self.credit = credit
        self.answerOn = answerOn
    }
    public init(_ settings: DealershipSettings) {
        self.init(
            windowDays: settings.conversion.windowDays, credit: settings.conversion.credit,
            answerOn: settings.conversations.answerOn)
    }
}

/// What all groups share while they are linked: made once, fixed before anything is split.
public struct LinkingContext: Sendable {
    public private(set) var header: JournalHeader
    public let parameters: LinkingParameters
    public let calendars: OpenCalendars
    public let coverage: OutageCoverage
    public let conversionAsOf: Instant
    public let messagesAsOf: Instant

    public init(header: JournalHeader, parameters: LinkingParameters) {
        self.header = header
        self.parameters = parameters
        // Stated coverage may begin after the first rows: their waits need calendars all the same.
        let days = header.audits.compactMap(\.firstDay) + header.audits.compactMap { $0.rowsByDay.keys.min() } + header.outages.map { header.zones[0].day(at: $0.start) }
        let first = days.min() ?? header.asOfDay
        // Whole months, which contracts count. A year ahead, for deadlines and recoveries that lie behind the as-of instant.
        calendars = OpenCalendars(header: header, from: (first + -7).month.firstDay, through: header.asOfDay + 400)
        coverage = OutageCoverage(header: header, calendars: calendars)
        conversionAsOf = header.asOf(of: [.sales])
        messagesAsOf = header.asOf(of: [header.has(.messages) ? .messages : .conversations])
    }

    /// With rows counted that only turned out not to count when their group was put together.
    public func with(audits: [ExportAudit]) -> LinkingContext {
        var copy = self
        copy.header.audits = audits
        return copy
    }
}

extension JournalHeader {
    /// Some days of such an export are covered. Of others nothing is known, which is not 0.
    public func knows(_ table: StandardTable) -> Bool { lastDay(of: table) != nil }

    /// The as-of instant of figures that need all these exports: the end of the scarcest, at most the run's own.
    public func asOf(of tables: [StandardTable]) -> Instant {
        var end = asOf
        for table in tables {
            guard let day = lastDay(of: table) else { continue }
            let zonesInUse = Set(stores.map(\.zone))
            let tableEnd = zonesInUse.map { zones[$0].startOfDay(day + 1) }.max() ?? zones[0].startOfDay(day + 1)
            end = min(end, tableEnd)
        }
        return end
    }
}

extension Facts {
    /// The last local day of a store on which deals are known. It is not the day of `conversionAsOf` there: that instant
    /// is the end of the day in the westernmost zone.
    public func lastWatchedDay(store: Int32) -> Day { watchedThrough[Int(store)] }

    /// Sales of visits before this day are not known in full. The first row of an export that does not state its beginning
    /// may come some days after it, for not every day has a sale.
    public var firstWatchedDay: Day? {
        header.audits.filter { $0.table == .sales }.compactMap(\.firstDay).min().map { $0 + -7 }
    }

    fileprivate static func watchedThrough(_ header: JournalHeader) -> [Day] {
        let sales = header.lastDay(of: .sales)
        return header.stores.indices.map { store in
            let day = header.zone(ofStore: store).day(at: header.asOf + -1)
            return min(day, header.asOfDay, sales ?? day)
        }
    }
}

extension Facts {
    /// Records that a definition leaves out, by the rule's words. They were read and understood: no fault.
    public var leftOutByRule: [String: Int] {
        var rules: [String: Int] = [:]
        for order in visits.leftOut { rules[order.reason.words, default: 0] += 1 }
        for sale in sales.leftOut { rules[sale.reason.words, default: 0] += 1 }
        for reason in conversations.leftOut where reason != .counted { rules[reason.words, default: 0] += 1 }
        if conversations.withoutBeginning > 0 { rules[say(later: "A conversation that began at no known time")] = conversations.withoutBeginning }
        return rules
    }
}

extension Facts {
    /// By conversation: when a machine first answered it; `ConversationFacts.none`: never. Tools that let a machine's
    /// reply stop the clock count from it.
    public var firstMachineReplies: [Int64] {
        var first: [Int64] = []
        let log = journal.messages
        for number in 0..<linking.runs.count {
            let run = linking.runs[number]
            if !linking.begins(run) { continue }
            let start = conversations.start[first.count]
            let reply = run.first { message in
                let index = Int(message)
                return log.isAutomated[index] && log.direction[index] == .outbound && log.sentAt[index] >= start
                    && log.sentAt[index] < linking.asOf
            }
            first.append(reply.map { log.sentAt[Int($0)] } ?? ConversationFacts.none)
        }
        // Conversations that only the conversations export knows have no messages.
        first += [Int64](repeating: ConversationFacts.none, count: conversations.count - first.count)
        return first
    }
}
