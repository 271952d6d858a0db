/// The clock of a time zone: how far it is from UTC at every instant, and which instant a local time means.
///
/// The table is complete from the zone file's first change to the end of 2101: after the file's own table its yearly
/// rule is written out. Later instants keep the last offset. Before 1970 it is as good as the file.
public struct ZoneRules: Hashable, Sendable {
    /// `America/Chicago`.
    public let identifier: String

    /// Span `k` lasts from `begins[k]` to before `begins[k + 1]`, in seconds since 1970 UTC.
    /// The first begin is the least number and the last entry, which no span has, the greatest: no look-up runs out.
    private let begins: [Int64]
    /// Seconds east of UTC during each span; neighbours differ.
    private let offsets: [Int32]
    /// The span at the start of each stretch of 2²³ seconds (97 days) from 1970 to 2101. From there the right span
    /// is at most a few steps ahead, so a look-up takes the same few nanoseconds in whatever order instants come.
    private let spanAtStretch: [Int16]

    private static let stretchBits: Int64 = 23
    private static let lastYear = 2101

    /// Coordinated universal time.
    public static let utc = ZoneRules(identifier: "UTC", initialOffset: 0, changes: [])

    /// - Parameters:
    ///   - identifier: the name of the zone in the IANA database; not looked up, only carried along.
    ///   - tzif: the content of the zone's compiled file (TZif, RFC 9636), of any version.
    /// - Throws: one `unreadable-zone` when the bytes are damaged or count leap seconds.
    public init(identifier: String, tzif: [UInt8]) throws(Rejection) {
        func rejection(_ reason: String) -> Rejection {
            Rejection(
                Diagnostic(
                    .error, "unreadable-zone", "the time-zone data of \(identifier) cannot be used: \(reason)",
                    remedies: ["reinstall the system's time-zone data (the package tzdata)"]))
        }
        let file: ZoneFile
        do throws(ZoneFile.Fault) { file = try ZoneFile(tzif) } catch { throw rejection(error.reason) }
        var changes = Array(zip(file.changes, file.offsets)).map { (at: $0, offset: $1) }
        if !file.footer.isEmpty {
            guard let footer = ZoneFooter(file.footer) else { throw rejection("its rule for the future is garbled") }
            let last = file.changes.last ?? Int64.min
            // A file without any change follows its rule throughout.
            let year = max(1969, Day(number: Int32(clamping: max(last, 0) / 86_400)).civil.year - 1)
            if year <= ZoneRules.lastYear {
                changes += footer.changes(years: year...ZoneRules.lastYear).filter { $0.at > last }
            }
        }
        self.init(identifier: identifier, initialOffset: file.initialOffset, changes: changes)
    }

    /// `changes` ascend; those that change only the zone's abbreviation are dropped.
    private init(identifier: String, initialOffset: Int, changes: [(at: Int64, offset: Int)]) {
        var begins = [Int64.min]
        var offsets = [Int32(initialOffset)]
        for change in changes where Int32(change.offset) != offsets[offsets.count - 1] {
            begins.append(change.at)
            offsets.append(Int32(change.offset))
        }
        begins.append(Int64.max)
        let end = Int64(Month(year: ZoneRules.lastYear + 1, month: 1).firstDay.number) * 86_400
        var span = 0
        spanAtStretch = (0...(end >> ZoneRules.stretchBits)).map { stretch in
            while begins[span + 1] <= stretch << ZoneRules.stretchBits { span += 1 }
            return Int16(clamping: span)
        }
        self.identifier = identifier
        self.begins = begins
        self.offsets = offsets
    }

    /// The span that holds the instant.
    @inline(__always)
    private func span(at seconds: Int64) -> Int {
        let stretch = seconds >> ZoneRules.stretchBits
        if stretch >= 0, stretch < Int64(spanAtStretch.count) {
            var span = Int(spanAtStretch[Int(stretch)])
            while begins[span + 1] <= seconds { span += 1 }
            return span
        }
        var low = 0
        var high = offsets.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if begins[middle] <= seconds { low = middle } else { high = middle }
        }
        return low
    }
}

// MARK: - From instants to the local clock

extension ZoneRules {
    /// Seconds east of UTC: −21600 for Chicago in winter.
    public func utcOffset(at instant: Instant) -> Int { Int(offsets[span(at: instant.seconds)]) }

    /// What the local wall clock shows, in seconds since 1970 as if it were UTC.
    public func localSeconds(at instant: Instant) -> Int64 {
        instant.seconds + Int64(offsets[span(at: instant.seconds)])
    }

    /// The local date.
    public func day(at instant: Instant) -> Day {
        Day(number: Int32(localSeconds(at: instant).floorDivided(by: 86_400)))
    }

    /// The local month.
    public func month(at instant: Instant) -> Month { day(at: instant).month }
}

// MARK: - From the local clock to instants

/// How a local time relates to the instants.
public enum LocalTimeKind: Hashable, Sendable {
    /// The clock shows it once.
    case exact
    /// The clock never shows it: it was put forward over it, and so is the time.
    case skipped
    /// The clock shows it twice, having been put back: the first is meant.
    case repeated
}

extension ZoneRules {
    /// The instant that a local date and time mean. A skipped time moves forward by the gap (02:30 becomes 03:30),
    /// a repeated one is its first occurrence.
    /// - Parameter secondOfDay: what the wall clock shows, in seconds after 00:00 (not the seconds elapsed since
    ///   midnight); 86,400 is 24:00, the next day's 00:00.
    public func instant(day: Day, secondOfDay: Int) -> (instant: Instant, kind: LocalTimeKind) {
        let local = Int64(day.number) * 86_400 + Int64(secondOfDay)
        // The first span whose clock ends later than this time. No offset reaches 26 hours: it cannot lie earlier.
        var span = span(at: local - Int64(ZoneFile.largestOffset))
        while begins[span + 1] != Int64.max, begins[span + 1] + Int64(offsets[span]) <= local { span += 1 }
        let offset = Int64(offsets[span])
        if span > 0, local < begins[span] + offset {
            // Between the clock of the span before and this one: read with the former, it lands behind the gap.
            return (Instant(seconds: local - Int64(offsets[span - 1])), .skipped)
        }
        let isRepeated = begins[span + 1] != Int64.max && begins[span + 1] + Int64(offsets[span + 1]) <= local
        return (Instant(seconds: local - offset), isRepeated ? .repeated : .exact)
    }

    /// The first instant of a local date: 00:00, or where the clock skips that, the first time after it.
    public func startOfDay(_ day: Day) -> Instant { instant(day: day, secondOfDay: 0).instant }
}

extension ZoneRules: CustomStringConvertible {
    /// `America/Chicago (366 changes of the clock)`.
    public var description: String { "\(identifier) (\(offsets.count - 1) changes of the clock)" }
}
