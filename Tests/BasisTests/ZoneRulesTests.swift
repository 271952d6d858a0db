import Basis
import Testing

struct ZoneRulesTests {
    /// Thousands of instants and local times, with Python's zoneinfo as the judge (`Scripts/oracles/zones.py`).
    @Test func agreesWithZoneinfo() throws {
        let fixture = try JSON.fixture("zones/zoneinfo.json")
        var checked = 0
        for (name, cases) in fixture["zones"].members {
            let zone = try ZoneRules.installed(name)
            for row in cases["offsets"].list {
                let instant = Instant(seconds: row.list[0].int)
                #expect(zone.utcOffset(at: instant) == Int(row.list[1].int), "\(name) at \(instant)")
                checked += 1
            }
            for row in cases["local"].list {
                let meant = zone.instant(day: row.list[0].day, secondOfDay: Int(row.list[1].int))
                #expect(meant.instant.seconds == row.list[2].int, "\(name) \(row)")
                #expect("\(meant.kind)" == row.list[3].text, "\(name) \(row)")
                checked += 1
            }
        }
        #expect(checked > 7_000)
    }

    @Test func localDatesAndMonths() throws {
        let chicago = try ZoneRules.installed("America/Chicago")
        let evening = JSON.text("2026-11-01T04:59:59Z").instant
        #expect(chicago.day(at: evening).description == "2026-10-31")
        #expect(chicago.month(at: evening).description == "2026-10")
        #expect(chicago.month(at: evening + 1).description == "2026-11")
        // 1969, before the zero of all counting: 18:00 the day before.
        #expect(chicago.day(at: Instant(seconds: 0)).description == "1969-12-31")
        #expect(chicago.localSeconds(at: Instant(seconds: 0)) == -21_600)
    }

    @Test(arguments: [("2026-03-08", 82_800), ("2026-11-01", 90_000), ("2026-07-04", 86_400)])
    func daysAreAsLongAsTheClockMakesThem(date: String, seconds: Int64) throws {
        let chicago = try ZoneRules.installed("America/Chicago")
        let day = JSON.text(date).day
        #expect(chicago.startOfDay(day + 1) - chicago.startOfDay(day) == seconds)
        #expect(chicago.instant(day: day, secondOfDay: 86_400).instant == chicago.startOfDay(day + 1))
    }

    @Test func aDayMayBeginAtOneOrNotExist() throws {
        // Brazil put its clocks forward at midnight.
        let paulo = try ZoneRules.installed("America/Sao_Paulo")
        let spring = JSON.text("2015-10-18").day
        #expect(paulo.startOfDay(spring).description == "2015-10-18T03:00:00Z")
        #expect(paulo.instant(day: spring, secondOfDay: 0).kind == .skipped)
        // Samoa crossed the date line.
        let apia = try ZoneRules.installed("Pacific/Apia")
        let skipped = JSON.text("2011-12-30").day
        #expect(apia.startOfDay(skipped) == apia.startOfDay(skipped + 1))
        #expect(apia.instant(day: skipped, secondOfDay: 43_200).kind == .skipped)
    }

    @Test func utcNeverChanges() {
        let day = JSON.text("2026-03-08").day
        for second in [0, 9_000, 86_400] {
            let meant = ZoneRules.utc.instant(day: day, secondOfDay: second)
            #expect(meant.instant.seconds == Int64(day.number) * 86_400 + Int64(second))
            #expect(meant.kind == .exact)
        }
        #expect(ZoneRules.utc.utcOffset(at: Instant(seconds: .max)) == 0)
        #expect(ZoneRules.utc.utcOffset(at: Instant(seconds: .min)) == 0)
    }

    // MARK: - Files made here, byte by byte

    /// A block of a zone file: its header and data.
    private func block(
        version: UInt8, timeSize: Int, changes: [(Int64, UInt8)], offsets: [Int32], leapSeconds: Int = 0
    ) -> [UInt8] {
        func bytes(_ value: Int64, _ count: Int) -> [UInt8] {
            (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * Int64($0))) }
        }
        var out = Array("TZif".utf8) + [version] + Array(repeating: 0, count: 15)
        for count in [0, 0, leapSeconds, changes.count, offsets.count, 4] { out += bytes(Int64(count), 4) }
        for change in changes { out += bytes(change.0, timeSize) }
        out += changes.map(\.1)
        for offset in offsets { out += bytes(Int64(offset), 4) + [0, 0] }
        out += Array("LMT\0".utf8)
        return out + Array(repeating: 0, count: leapSeconds * (timeSize + 4))
    }

    private func file(footer: String, changes: [(Int64, UInt8)] = [], offsets: [Int32] = [0]) -> [UInt8] {
        block(version: UInt8(ascii: "2"), timeSize: 4, changes: [], offsets: [0])
            + block(version: UInt8(ascii: "2"), timeSize: 8, changes: changes, offsets: offsets)
            + Array("\n\(footer)\n".utf8)
    }

    @Test func readsTheFirstVersion() throws {
        let bytes = block(version: 0, timeSize: 4, changes: [(-100, 1), (1_000, 0)], offsets: [-3_600, 7_200])
        let zone = try ZoneRules(identifier: "Old", tzif: bytes)
        let offsets = [-101, -100, 999, 1_000].map { zone.utcOffset(at: Instant(seconds: $0)) }
        #expect(offsets == [-3_600, 7_200, 7_200, -3_600])
    }

    @Test func everyFormOfTheYearlyRule() throws {
        func zone(_ footer: String) throws -> ZoneRules {
            try ZoneRules(identifier: footer, tzif: file(footer: footer))
        }
        func offset(_ footer: String, _ at: String) throws -> Int {
            try zone(footer).utcOffset(at: JSON.text(at).instant)
        }
        // Daylight time is an hour ahead and changes at 02:00 unless said otherwise. 2026-03-08 is the second Sunday.
        #expect(try offset("CST6CDT,M3.2.0,M11.1.0", "2026-03-08T07:59:59Z") == 0 - 21_600)
        #expect(try offset("CST6CDT,M3.2.0,M11.1.0", "2026-03-08T08:00:00Z") == -18_000)
        // J60 is 1 March in every year, 60 (from 0) is 29 February + 1 in leap years only.
        #expect(try offset("AAA0BBB,J60/0,J300", "2024-02-29T23:59:59Z") == 0)
        #expect(try offset("AAA0BBB,J60/0,J300", "2024-03-01T00:00:00Z") == 3_600)
        #expect(try offset("AAA0BBB,60/0,300", "2024-02-29T23:59:59Z") == 0)
        #expect(try offset("AAA0BBB,60/0,300", "2024-03-01T00:00:00Z") == 3_600)
        #expect(try offset("AAA0BBB,60/0,300", "2023-03-01T23:59:59Z") == 0)
        #expect(try offset("AAA0BBB,60/0,300", "2023-03-02T00:00:00Z") == 3_600)
        // Times before the date and days after it; the last Sunday.
        #expect(try offset("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2025-03-30T00:59:59Z") == -7_200)
        #expect(try offset("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2025-03-30T01:00:00Z") == -3_600)
        #expect(try offset("IST-2IDT,M3.4.4/26,M10.5.0", "2025-03-28T00:00:00Z") == 10_800)
        // Daylight time all year, whose end and next beginning coincide.
        #expect(try offset("XXX3EDT4,0/0,J365/23", "2026-01-01T04:00:00Z") == -14_400)
        #expect(try offset("XXX3EDT4,0/0,J365/23", "2026-12-31T23:30:00Z") == -14_400)
        #expect(try zone("XXX3EDT4,0/0,J365/23").startOfDay(Day(number: 25_000)).seconds == 25_000 * 86_400 + 14_400)
    }

    @Test func refusesWhatIsNoZone() {
        let whole = file(footer: "CST6CDT,M3.2.0,M11.1.0", changes: [(0, 0)])
        #expect(throws: Never.self) { try ZoneRules(identifier: "X", tzif: whole) }
        for length in 0..<whole.count {
            #expect(throws: Rejection.self) { try ZoneRules(identifier: "X", tzif: Array(whole.prefix(length))) }
        }
        let faulty = [
            file(footer: "CST6CDT"), file(footer: "CST6CDT,M3.2.0"), file(footer: "CST6CDT,M13.2.0,M11.1.0"),
            file(footer: "6"), file(footer: "CST6CDT,M3.2.0,M11.1.0,"),
            file(footer: "UTC0", changes: [(5, 0), (5, 0)]), file(footer: "UTC0", changes: [(5, 1)]),
            file(footer: "UTC0", offsets: [93_600]), file(footer: "UTC0", offsets: []),
            block(version: 0, timeSize: 4, changes: [], offsets: [0], leapSeconds: 1),
        ]
        for bytes in faulty {
            let error = #expect(throws: Rejection.self) { try ZoneRules(identifier: "X", tzif: bytes) }
            #expect(error?.diagnostics.first?.code == "unreadable-zone")
        }
    }
}
