public import Basis

/// What a made-up dealership is to look like.
public struct SampleOptions: Hashable, Sendable {
    /// Everything random follows from it: the same options give the same bytes.
    public var seed: UInt64
    /// At least 1. Stores lie in several time zones.
    public var stores: Int
    /// How many months the exports cover, at least 1.
    public var months: Int
    /// The last of them, in which the most happens.
    public var lastMonth: Month
    /// Volume against a store with some 900 service visits a month.
    public var size: Double
    /// What is left out; the rest stays as it is.
    public var without: Set<SampleFeature>
    /// A conversation that a colleague took over has a row for each in conversations.csv, the last one last; otherwise
    /// one row, of who has it now.
    public var writesAssignmentHistory: Bool

    public init(
        seed: UInt64 = 1, stores: Int = 1, months: Int = 14, lastMonth: Month = Month(year: 2026, month: 10),
        size: Double = 1, without: Set<SampleFeature> = [], writesAssignmentHistory: Bool = false
    ) {
        self.seed = seed
        self.stores = max(1, stores)
        self.months = max(1, months)
        self.lastMonth = lastMonth
        self.size = max(0.01, size)
        self.without = without
        self.writesAssignmentHistory = writesAssignmentHistory
    }

    var firstDay: Day { (lastMonth + (1 - months)).firstDay }
    var lastDay: Day { lastMonth.lastDay }
    func has(_ feature: SampleFeature) -> Bool { !without.contains(feature) }
}

/// What can be switched off to get a twin that differs in that alone.
public enum SampleFeature: String, Hashable, Sendable, CaseIterable {
    /// Systems that break, the replies they delay and the questions that never arrive. The twin's replies are the same
    /// in open time outside outages and their recovery.
    case outages
    /// What outages do to replies, and every record of them. Who did not write because of one still does not, and who
    /// wrote later still does: every row of a customer stays byte for byte, and each reply comes earlier by exactly the
    /// open time that an outage and its recovery covered. The twin that adjusted times are held against; exact for all
    /// answers, while who is still waiting has waited through the outages too (leave out `silence` as well).
    case outageDelays = "outage-delays"
    /// One inbox for service e-mail: fewer late answers from its start on.
    case effort
    /// The dedicated person reaches more service leads than the others. She is there in the twin too, as good as they.
    case dedicated
    /// Void and internal orders, rows twice, unreadable dates and other faults, all in rows of their own.
    case dirt
    /// Customers who never get an answer, and Saturday texts that nobody is assigned to.
    case silence
    /// Busy and quiet months, weekdays and hours. The totals stay alike; which customer comes when does not.
    case seasonality
}

/// A file of the made-up dealership.
public struct SampleFile: Hashable, Sendable {
    /// Relative to the dealership's folder: `exports/leads.csv`.
    public var path: String
    /// UTF-8.
    public var bytes: [UInt8]

    init(_ path: String, _ bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    public var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// The files, ascending by path, and what was put into them.
public struct SampleDealership: Sendable {
    public var files: [SampleFile]
    public var truth: SampleTruth
}

/// Makes up a dealership: the exports, settings, change efforts and reward rules of a folder that `kpi` reads.
///
/// - Parameter zones: the rules of an IANA zone by its name.
public func sampleDealership(_ options: SampleOptions, zones: (String) -> ZoneRules) -> SampleDealership {
    var folder = SampleFolder(options)
    let frames = (0..<options.stores).map { StoreFrame(options, index: $0, zones: zones) }
    let outages = OutagePlan(options, frames)
    for frame in frames {
        var store = StoreMaker(options, frame, outages)
        store.make(into: &folder)
    }
    folder.writeOutages(outages, frames)
    folder.writeTexts(frames, outages)
    return SampleDealership(files: folder.files(), truth: folder.truth)
}

/// The time zones that `sampleDealership` asks for.
public let sampleZones = StoreFrame.zoneNames
