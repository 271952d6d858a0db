public import Basis
public import Dealership
public import Measures

/// The tables that pages are made from, those of a report all tallied in one pass. Months: the report's own and those before
/// it that the page compares with.
public enum ReportTable: String, Hashable, Sendable, CaseIterable {
    /// Deals by month of sale: all, credited, gross.
    case sales
    /// Credited deals by month of sale and relation (loyalty, conquest, "").
    case salesByRelation
    /// Visits by month of visit: converted, mature, days to sale.
    case visits
    /// Steps from visit to sale by month of visit.
    case funnel
    /// The same by the lead's owner.
    case funnelByOwner
    /// First answers by month; by month and channel; by month and person; by month, channel and workplace.
    case responses, responsesByChannel, responsesByPerson
    /// Of the report's month alone: by weekday and hour; by channel and day; by channel and weekday.
    case responsesByHour, responsesByDay, responsesByWeekday
    /// Adjusted for outages, by month and channel; by month and person.
    case adjustedByChannel, adjustedByPerson
    /// Downtime by month; by month and system; by outage of the report's month.
    case outages, outagesBySystem, outagesOfMonth
    /// Records by month; by month and channel; by day from eight weeks before the report's month on.
    case volumes, volumesByChannel, volumesByDay
    /// Service customers found in the CRM, by month.
    case matches
    /// What joined customers' numbers over systems, and what contradicted, of all that was read.
    case customerLinks
    /// What departments hand to each other, by month, sender and receiver.
    case handoffs
    /// Downtime by month and system, whatever its channel.
    case downtimeBySystem
    /// First answers of the report's month alone: by department; by channel, in open hours or after them; by channel and
    /// how long the unanswered have waited.
    case responsesByDepartment, responsesByArrival, waitingByAge
    /// Adjusted for outages and leave, of the report's month alone: by department; by where people work.
    case adjustedByDepartment, adjustedByWorkplace
    /// Other waits of the report's month: turns, first or later; leads; until a matter was settled.
    case turns, leads, resolutions
    /// Of the report's month: customers' calls; what they send by weekday and hour, against people on duty.
    case calls, traffic
    /// Of the report's month: ratings by person; messages by channel; first replies for a second look, by person.
    case ratingsByPerson, offChannel, stoppedClocks
    /// Leads of dedicated people and of the others, by month of visit and the lead's owner.
    case dedicated
    /// Visits by month of visit and what they have in common: whatever the settings count, visits.
    case visitsByRelation, visitsByPayType, visitsBySource, visitsByVehicleAge, visitsByWorkplace, visitsByAdvisor, visitsByStore
    /// Service customers known to sales, and visits captured, by month of visit.
    case customerMatch
    /// Gross of the report month's sales from service by touch; prospects spoken to, by month; buyers back, by month of sale.
    case grossByTouch, prospectCoverage, wayBack
    /// Of outages that began in the report's month: downtime, of all months; what was exposed; extra wait by channel; what
    /// is missing by kind; the same around them by hour or day; cost; remedies by rung; steps of the protocol.
    case incidents, exposures, delays, missing, incidentCurve, costs, costsOfMonth, remediesByRung, protocols
    /// Vendors' contracts by month; the year's scorecards.
    case contractMonths, scorecards
    /// First answers by month and store.
    case responsesByStore

    public func spec(_ request: ReportRequest, _ settings: DealershipSettings) -> TableSpec {
        let month = request.month
        let year = (month + -(request.monthsBack - 1))...month
        // Visits need the months whose windows have ended, as many as the others show.
        let visitMonths = (month + -(request.monthsBack + 3))...month
        let durations = ["conversations", "answered_in_time", "p50", "p90", "mean"]
        let alone = month...month
        func table(
            _ measure: MeasureRequest, _ by: [Dimension], _ columns: [String], _ months: ClosedRange<Month>?
        ) -> TableSpec {
            TableSpec(name: rawValue, request: measure, by: by, columns: columns, store: request.store, months: months)
        }
        switch self {
        case .sales: return table(Figures.byDeal(settings), [.month], ["sales", "all_sales", "gross_profit"], year)
        case .salesByRelation:
            return table(
                Figures.byDeal(settings), [.month, .relation], ["sales", "gross_profit", "front_gross", "back_gross"], year)
        case .visits: return table(Figures.byVisit(settings), [.month], ["visits", "converted", "rate"], visitMonths)
        case .funnel: return table(Figures.funnel(settings), [.month], ServiceFunnel.entry.columns.map(\.name), visitMonths)
        case .funnelByOwner:
            return table(Figures.funnel(settings), [.month, .person], ServiceFunnel.entry.columns.map(\.name), visitMonths)
        case .responses: return table(Figures.response(settings), [.month], durations, year)
        case .responsesByChannel: return table(Figures.response(settings), [.month, .channel], durations, year)
        case .responsesByPerson: return table(Figures.response(settings), [.month, .person], durations, year)
        case .responsesByHour: return table(Figures.response(settings), [.weekday, .hour], durations, month...month)
        case .responsesByDay: return table(Figures.response(settings), [.channel, .day], durations, month...month)
        case .responsesByWeekday: return table(Figures.response(settings), [.channel, .weekday], durations, month...month)
        case .adjustedByChannel: return table(Figures.adjustedResponse(settings), [.month, .channel], durations, year)
        case .adjustedByPerson: return table(Figures.adjustedResponse(settings), [.month, .person], durations, year)
        case .outages: return table(Figures.outages(settings), [.month], ["outages", "open_seconds_down"], year)
        case .outagesBySystem:
            return table(Figures.outages(settings), [.month, .system, .channel], ["outages", "open_seconds_down"], year)
        case .outagesOfMonth:
            return table(
                Figures.outages(settings), [.outage], ["open_seconds_down", "conversations", "exposed", "p50"], month...month)
        case .volumes: return table(MeasureRequest(Volume()), [.month], ["visits", "messages", "off_channel"], year)
        case .volumesByChannel: return table(MeasureRequest(Volume()), [.month, .channel], ["messages"], year)
        case .volumesByDay: return table(MeasureRequest(Volume()), [.day], Volume.entry.columns.map(\.name), (month + -3)...month)
        case .matches: return table(MeasureRequest(DataQuality()), [.month], ["service_customers", "matched"], year)
        case .customerLinks:
            return table(MeasureRequest(CustomerLinks()), [], ["numbers", "customers", "joined", "contradictions"], nil)
        case .handoffs:
            return table(
                Figures.handoffs(settings), [.month, .department, .toDepartment], ["handoffs", "answered_in_time"], year)
        case .downtimeBySystem:
            return table(Figures.outages(settings), [.month, .system], ["open_seconds_down", "availability"], year)
        case .responsesByDepartment: return table(Figures.response(settings), [.department], durations, alone)
        case .responsesByArrival: return table(Figures.response(settings), [.channel, .arrival], durations, alone)
        case .waitingByAge: return table(Figures.response(settings), [.channel, .age], ["still_waiting"], alone)
        case .adjustedByDepartment: return table(Figures.adjustedResponse(settings), [.department], durations, alone)
        case .adjustedByWorkplace: return table(Figures.adjustedResponse(settings), [.workplace], durations, alone)
        case .turns: return table(Figures.nextResponse(settings), [.turn], durations, alone)
        case .leads: return table(Figures.leadResponse(settings), [.month], durations, alone)
        case .resolutions:
            return table(Figures.resolution(settings), [.month], ["conversations", "still_open", "p50", "p90"], alone)
        case .calls:
            return table(Figures.calls(settings), [.month], ["calls", "answered_share", "missed", "return_p50"], alone)
        case .traffic:
            return table(MeasureRequest(Traffic()), [.weekday, .hour], ["inbound", "inbound_per_staffed_hour"], alone)
        case .dedicated:
            return table(
                Figures.dedicated(settings), [.month, .person], DedicatedDifference.entry.columns.map(\.name), visitMonths)
        case .ratingsByPerson: return table(Figures.ratings(settings), [.person], ["ratings", "mean"], alone)
        case .offChannel: return table(Figures.offChannel(settings), [.channel], ["messages", "off_channel", "share"], alone)
        case .stoppedClocks:
            return table(
                Figures.stoppedClocks(settings), [.person], ["first_replies", "listed", "same_text", "too_quick", "asked_again"],
                alone)
        case .grossByTouch:
            return table(Figures.gross(settings), [.touch], ["sales", "gross_profit", "gross_per_sale"], alone)
        case .prospectCoverage:
            return table(Figures.coverage(settings), [.month], ["prospects", "contacted", "coverage"], year)
        case .wayBack: return table(Figures.wayBack(settings), [.month], ["sales", "back", "rate"], visitMonths)
        case .incidents:
            return table(Figures.outages(settings), [.outage], ["open_seconds_down", "wall_seconds_down"], nil)
        case .exposures: return table(Figures.exposure(settings), [.outage], OutageExposure.entry.columns.map(\.name), alone)
        case .delays: return table(Figures.delay(settings), [.outage, .channel], OutageDelay.entry.columns.map(\.name), alone)
        case .missing: return table(Figures.missing(settings), [.outage, .kind], MissingVolume.entry.columns.map(\.name), alone)
        case .incidentCurve:
            return table(Figures.curve(settings), [.outage, .kind, .at], OutageCurve.entry.columns.map(\.name), alone)
        case .costs: return table(Figures.cost(settings), [.outage], OutageCost.entry.columns.map(\.name), alone)
        case .costsOfMonth: return table(Figures.cost(settings), [.month], OutageCost.entry.columns.map(\.name), alone)
        case .remediesByRung:
            return table(MeasureRequest(OutageRemedies()), [.outage, .rung], OutageRemedies.entry.columns.map(\.name), alone)
        case .protocols:
            return table(
                MeasureRequest(ProtocolKeeping()), [.outage, .system], ProtocolKeeping.entry.columns.map(\.name), alone)
        case .contractMonths:
            return table(
                MeasureRequest(VendorContracts()), [.month, .vendor], VendorContracts.entry.columns.map(\.name), year)
        case .scorecards:
            return table(
                Figures.scorecard(settings), [.vendor], VendorScorecard.entry.columns.map(\.name), year)
        case .responsesByStore:
            return table(
                Figures.response(settings), [.month, .store], ["conversations", "answered_in_time"], year)
        case .customerMatch:
            return table(Figures.customerMatch(settings), [.month], ["match_rate", "capture_rate"], year)
        case .visitsByRelation, .visitsByPayType, .visitsBySource, .visitsByVehicleAge, .visitsByWorkplace, .visitsByAdvisor,
            .visitsByStore:
            return table(
                Figures.byVisit(settings, of: .visits), [.month] + kind, ["visits", "converted", "rate"], visitMonths)
        }
    }

    /// What visits have in common, beside their month.
    private var kind: [Dimension] {
        switch self {
        case .visitsByRelation: [.relation]
        case .visitsByPayType: [.payType]
        case .visitsBySource: [.source]
        case .visitsByVehicleAge: [.vehicleAge]
        case .visitsByWorkplace: [.workplace]
        case .visitsByAdvisor: [.advisor]
        case .visitsByStore: [.store]
        default: []
        }
    }
}

/// What is asked for on the command line.
public struct ReportRequest: Hashable, Sendable {
    public var month: Month
    /// Months in charts over time, the report's own included.
    public var monthsBack: Int
    /// Nil: all stores together.
    public var store: String?
    /// Of pages on one outage. Nil: the longest of the month.
    public var outage: String?
    /// Of pages on one vendor.
    public var vendor: String?

    public init(
        month: Month, monthsBack: Int = 13, store: String? = nil, outage: String? = nil, vendor: String? = nil
    ) {
        self.month = month
        self.monthsBack = monthsBack
        self.store = store
        self.outage = outage
        self.vendor = vendor
    }
}
