import Basis

/// A system that was down.
struct PlannedOutage: Sendable {
    enum System: Int, CaseIterable, Sendable {
        case email, phone, text, scheduler, payments, website

        /// As `outages.systems` in dealership.yaml names it.
        var name: String {
            switch self {
            case .email: "e-mail"
            case .phone: "phone lines"
            case .text: "text platform"
            case .scheduler: "scheduler"
            case .payments: "payments"
            case .website: "website"
            }
        }
        var vendor: String {
            switch self {
            case .email: "Northmail"
            case .phone: "Linewell"
            case .text: "Pingbridge"
            case .scheduler: "Bookwell"
            case .payments: "Tillmark"
            case .website: "Formwise"
            }
        }
        var channel: Channel? {
            switch self {
            case .email: .email
            case .phone: .phone
            case .text: .sms
            case .scheduler, .payments, .website: nil
            }
        }
    }

    var identifier = ""
    /// Nil: all stores.
    var store: Int?
    var system: System
    var start: Instant
    var end: Instant
    /// Seconds after the start, by the dealership's own log.
    var detected: Int64
    var acknowledged: Int64
    var notified: Int64?
    /// Whether the fault was the vendor's.
    var isExternal = true
    /// The vendor's own published times are a little kinder.
    var vendorStartsLater: Int64 = 0
    var vendorEndsEarlier: Int64 = 0
}

/// All outages of the sample, whether they are left out or not, and what they do to the clocks of work.
struct OutagePlan: Sendable {
    private(set) var outages: [PlannedOutage] = []
    /// Whether customers feel them.
    let isActive: Bool
    /// Whether replies wait for them, and anything was written down about them.
    let isKnown: Bool

    /// Open seconds after restoration until the queue is clear, as `outages.recovery` in dealership.yaml says.
    static let recovery: Int64 = 1_800

    init(_ options: SampleOptions, _ frames: [StoreFrame]) {
        isActive = options.has(.outages)
        isKnown = isActive && options.has(.outageDelays)
        for frame in frames {
            for back in stride(from: options.months - 1, through: 1, by: -1) {
                addSmall(options, frame, options.lastMonth + -back)
            }
            addLastMonth(options.lastMonth, frame)
        }
        outages.sort { ($0.start, $0.store ?? -1, $0.system.rawValue) < ($1.start, $1.store ?? -1, $1.system.rawValue) }
        for index in outages.indices { outages[index].identifier = "OUT-\(1_001 + index)" }
        outages += WebsiteOutages.all(options, frames)
        outages.sort { ($0.start, $0.store ?? -1, $0.system.rawValue) < ($1.start, $1.store ?? -1, $1.system.rawValue) }
    }

    /// The e-mail outage hits all stores, in the middle of the first one's day; lines and scheduler are each store's.
    private mutating func addLastMonth(_ month: Month, _ frame: StoreFrame) {
        let year = month.year
        let mail = Holidays.nth(2, 1, ofMonth: month.monthOfYear, year)
        let phone = Holidays.nth(3, 0, ofMonth: month.monthOfYear, year)
        let scheduler = Holidays.nth(4, 3, ofMonth: month.monthOfYear, year)
        if frame.index == 0 {
            outages.append(
                PlannedOutage(
                    store: nil, system: .email, start: frame.instant(mail, 33_120), end: frame.instant(mail, 49_200),
                    detected: 1_740, acknowledged: 2_280, notified: 4_680, vendorStartsLater: 480,
                    vendorEndsEarlier: 900))
        }
        outages.append(
            PlannedOutage(
                store: frame.index, system: .phone, start: frame.instant(phone, 36_300),
                end: frame.instant(phone, 39_600), detected: 240, acknowledged: 600, notified: nil))
        outages.append(
            PlannedOutage(
                store: frame.index, system: .scheduler, start: frame.instant(scheduler, 66_600),
                end: frame.instant(scheduler, 76_200), detected: 900, acknowledged: 1_500, notified: nil,
                isExternal: true, vendorStartsLater: 0, vendorEndsEarlier: 300))
    }

    /// None to two short ones in an earlier month, one of them our own fault now and then.
    private mutating func addSmall(_ options: SampleOptions, _ frame: StoreFrame, _ month: Month) {
        var random = RandomStream(options.seed, "small outages", frame.index, Int(month.number))
        for _ in 0..<random.weighted([0.25, 0.5, 0.25]) {
            let system = PlannedOutage.System.allCases[random.weighted([0.25, 0.3, 0.2, 0.15, 0.1])]
            let length = max(12, min(130, Int(random.lognormal(median: 38, sigma: 0.6)))) * 60
            let dayOffset = random.below(28)
            let minute = random.within(485...900)
            let detected = Int64(random.within(2...15)) * 60
            let isExternal = random.chance(0.8)
            let day = frame.openDay(from: month.firstDay + dayOffset)
            guard day.month == month else { continue }
            let start = frame.instant(day, minute * 60)
            outages.append(
                PlannedOutage(
                    store: frame.index, system: system, start: start, end: start + Int64(length), detected: detected,
                    acknowledged: detected + 300, notified: length > 3_600 ? detected + 900 : nil,
                    isExternal: isExternal, vendorStartsLater: isExternal ? 120 : 0, vendorEndsEarlier: 0))
        }
    }

    func hits(_ outage: PlannedOutage, _ frame: StoreFrame) -> Bool {
        outage.store.map { $0 == frame.index } ?? true
    }

    /// When a channel was down in a store; nothing where outages are left out.
    func down(_ channel: Channel, _ frame: StoreFrame) -> IntervalSet {
        guard isActive else { return .empty }
        return IntervalSet(
            outages.filter { $0.system.channel == channel && hits($0, frame) }.map { $0.start..<$0.end })
    }

    /// The same with recovery.
    func covered(_ channel: Channel, _ frame: StoreFrame, open: WorkClock) -> IntervalSet {
        IntervalSet(
            down(channel, frame).intervals.map {
                $0.lowerBound..<open.deadline(from: $0.upperBound, seconds: Self.recovery)
            })
    }
}
