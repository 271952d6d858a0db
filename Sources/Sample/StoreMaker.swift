import Basis

/// Makes up one store, day by day, and writes its rows.
struct StoreMaker {
    let options: SampleOptions
    let frame: StoreFrame
    let plan: OutagePlan
    let staff: Staff
    var customers: Customers
    /// Open time, and what of it is left by a channel's outages and their recovery.
    let open: WorkClock
    let work: [WorkClock]
    let down: [IntervalSet]
    let websiteDown: IntervalSet
    var sheets = Sheets()
    var truth = SampleTruth()

    /// Visits that count, in order of time.
    var visits: [(customer: Int, day: Day, opened: Instant)] = []
    var sales: [MadeSale] = []
    /// Customers who come with the car they bought, by day.
    var returning: [Day: [Int]] = [:]
    /// Orders so far, at the beginning of each month of the exports.
    var ordersByMonth: [(month: Month, first: Int)] = []
    var orders = 0
    /// Customers whose e-mail the last month's outage delayed, by CRM number.
    var exposed: [Int] = []
    /// Customers made for faults.
    var extras = 0

    init(_ options: SampleOptions, _ frame: StoreFrame, _ plan: OutagePlan) {
        self.options = options
        self.frame = frame
        self.plan = plan
        staff = Staff(options, frame)
        customers = Customers(options, frame)
        let open = WorkClock(frame.open)
        self.open = open
        work = Channel.allCases.map { WorkClock(frame.open.subtracting(plan.covered($0, frame, open: open))) }
        down = Channel.allCases.map { plan.down($0, frame) }
        websiteDown = plan.websiteDown(frame)
    }

    mutating func make(into folder: inout SampleFolder) {
        makeVisitsAndSales()
        makeConversations()
        makeHandoffs()
        makeSmallTables()
        countTruth()
        if options.has(.dirt) { addDirt() }
        sheets[.dmsCustomers] = customers.dms
        sheets[.crmCustomers] = customers.crm
        folder.take(self)
    }

    func stream(_ purpose: StaticString, _ a: Int = 0, _ b: Int = 0) -> RandomStream {
        RandomStream(options.seed, purpose, frame.index, a, b)
    }

    func person(_ index: Int) -> String { staff.people[index].identifier }

    /// By the store's wall clock.
    func day(of instant: Instant) -> Day { frame.zone.day(at: instant) }

    var days: [Day] { (0...(frame.lastDay - frame.firstDay)).map { frame.firstDay + $0 } }
}

/// A sale on its way into the export.
struct MadeSale {
    var customer: Int
    var soldOn: Day
    /// A number that phone, e-mail or trade-in lead back to the one of the visits.
    var isLinked: Bool
    var isWholesale = false
    var gross: Money
    var reversedOn: Day?
    var boughtHere: Bool
    /// The customer's number and the car, as the deal has them.
    var deal = ""
    var number = 0
    var vin = ""
}

/// The exports, by what is in them.
enum Export: Int, CaseIterable, Sendable {
    case dmsCustomers, crmCustomers, appointments, crmAppointments, leads, deals
    case email, texts, calls, chat, tasks, otherChannels, conversations
    case ratings, absences, remedies, complaints, claims, mailings, people, outages, stores, outageSteps

    var file: String {
        switch self {
        case .dmsCustomers: "customers_dms.csv"
        case .crmCustomers: "customers_crm.csv"
        case .appointments: "scheduler.csv"
        case .crmAppointments: "crm_appointments.csv"
        case .leads: "crm_leads.csv"
        case .deals: "dms_deals.csv"
        case .email: "email.csv"
        case .texts: "texts.csv"
        case .calls: "calls.csv"
        case .chat: "chat.csv"
        case .tasks: "crm_tasks.csv"
        case .otherChannels: "other_channels.csv"
        case .conversations: "conversations.csv"
        case .ratings: "ratings.csv"
        case .absences: "absences.csv"
        case .remedies: "remedies.csv"
        case .complaints: "complaints.csv"
        case .claims: "claims.csv"
        case .mailings: "mailings.csv"
        case .people: "people.csv"
        case .outages: "outages.csv"
        case .stores: "stores.csv"
        case .outageSteps: "outage_steps.csv"
        }
    }

    var header: String {
        switch self {
        case .dmsCustomers: "customer_id,store_id,system,name,phone,email,address"
        case .crmCustomers: "customer_id,store_id,system,name,phone,email,address,created_at"
        case .appointments:
            "appointment_id,store_id,customer_id,kind,booked_at,scheduled_for,status,person_id,vin,vehicle_year,"
                + "mileage,lease_end,recall"
        case .crmAppointments:
            "appointment_id,store_id,customer_id,kind,booked_at,scheduled_for,status,person_id,lead_id"
        case .leads: "lead_id,store_id,customer_id,created_at,source,owner_id,status"
        case .deals:
            "sale_id,store_id,customer_id,vin,trade_vin,sold_at,salesperson_id,front_gross,back_gross,kind,"
                + "reversed_on,lease_end"
        case .email, .texts:
            "message_id,conversation_id,store_id,customer_id,direction,person_id,department,sent_at,automated,text_hash"
        case .calls: "Call ID,Thread,Store,Caller,Line,Direction,Agent,Result,Start"
        case .chat: "message_id,store_id,customer_id,direction,person_id,department,sent_at,automated"
        case .tasks:
            "message_id,conversation_id,store_id,customer_id,direction,person_id,department,to_department,sent_at"
        case .otherChannels: "message_id,store_id,customer_id,channel,direction,person_id,department,sent_at"
        case .conversations: "conversation_id,store_id,assigned_to,assigned_at,status,due_at,resolved_at"
        case .ratings: "customer_id,store_id,rated_at,score"
        case .absences: "person_id,from,to,reason"
        case .remedies: "remedy_id,outage_id,customer_id,kind,amount,given_at"
        case .complaints: "complaint_id,customer_id,outage_id,raised_at,offer,outcome"
        case .claims: "claim_id,outage_id,asked_at,answered_at,amount_asked,amount_received,promise"
        case .mailings: "mailing_id,store_id,planned_at,sent_at,recipients,fault"
        case .people: "person_id,store_id,name,department,role,place,payroll_id,active_from,active_to"
        case .outages:
            "outage_id,store_id,vendor,system,started_at,ended_at,detected_at,acknowledged_at,notified_at,external,"
                + "vendor_started_at,vendor_ended_at"
        case .stores: "store_id,name,time_zone,sharing_group"
        case .outageSteps: "outage_id,step,done_at,by"
        }
    }
}

/// One sheet an export; the repair orders one a year, as the DMS delivers them.
struct Sheets: Sendable {
    private var all = Export.allCases.map { Sheet($0.header) }
    var orders: [Int: Sheet] = [:]

    static let orderHeader = [
        "Store", "RO Number", "Cust No", "VIN", "Model Yr", "Mileage", "Open Date", "Close Date", "Advisor",
        "Total Amt", "Pay", "Status", "Sold By Us", "Appt",
    ].joined(separator: "\t")

    subscript(export: Export) -> Sheet {
        get { all[export.rawValue] }
        _modify { yield &all[export.rawValue] }
    }

    mutating func append(_ other: Sheets) {
        for export in Export.allCases { all[export.rawValue].append(other[export]) }
        for year in other.orders.keys.sorted() {
            guard let sheet = other.orders[year] else { continue }
            orders[year, default: Sheet(Self.orderHeader, delimiter: "\t")].append(sheet)
        }
    }
}

/// What all stores put together: the folder.
struct SampleFolder {
    let options: SampleOptions
    var truth = SampleTruth()
    var sheets = Sheets()
    var texts: [SampleFile] = []

    init(_ options: SampleOptions) { self.options = options }

    mutating func take(_ store: StoreMaker) {
        sheets.append(store.sheets)
        truth.add(store.truth)
    }

    /// Ascending by path.
    func files() -> [SampleFile] {
        var files = texts
        for export in Export.allCases { files.append(SampleFile("exports/\(export.file)", sheets[export].file())) }
        for (year, sheet) in sheets.orders {
            let bytes = sheet.file(
                preamble: ["Repair orders \(year)\tall advisors", ""],
                footer: "Total\t\(sheet.count) orders")
            files.append(SampleFile("exports/RO_\(year).tsv", bytes))
        }
        return files.sorted { $0.path < $1.path }
    }
}
