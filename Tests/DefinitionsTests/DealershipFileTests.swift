import Basis
import Dealership
import Testing

@testable import Definitions

@Suite("dealership.yaml")
struct DealershipFileTests {
    @Test("every key becomes its value")
    func full() throws {
        let checked = try DealershipFile.read(bytes: fixture("full.dealership.yaml"), file: "dealership.yaml")
        let settings = checked.value
        #expect(checked.diagnostics.map(\.code) == ["not-read-yet"])
        #expect(settings.name == "Riverside Motors")
        #expect(settings.currency == "USD")
        #expect(settings.timeZone == "America/Chicago")
        #expect(settings.channels.map(\.name) == ["email", "sms", "phone", "whatsapp"])
        #expect(settings.channels.map(\.management) == [.managed, .managed, .managed, .offChannel])
        #expect(
            settings.targets
                == TargetSettings(
                    firstResponseSeconds: ["email": 3_600, "sms": 900], firstResponseSecondsElse: 5_400,
                    answeredInTimePermille: 900, salesFromServiceAMonth: 30, unansweredAMonth: 0,
                    outageSecondsAMonth: 14_400, matchRatePermille: 925, handoffSeconds: 14_400,
                    funnelPermille: ["lead": 300, "sold": 625]))
        #expect(
            settings.conversion
                == ConversionSettings(
                    windowDays: 90, credit: .firstTouch, denominator: .customers, minimumN: 30,
                    dedicated: ["conquest", "E7"], wayBackDays: 182))
        #expect(
            settings.prospects
                == ProspectRule(
                    allOf: [.boughtHere(true), .monthsSincePurchase(.init(least: 36, most: 72))],
                    anyOf: [
                        .vehicleAge(.init(least: 6, most: nil)), .mileage(.init(least: nil, most: 20_000)),
                        .leaseEnd(withinDays: 120), .recall(false), .payType([.customer, .warranty]),
                    ], beforeDays: 14, department: "Showroom"))
        #expect(settings.conversations == ConversationSettings(answerOn: .same, gapSeconds: 172_800))
        #expect(settings.outages.recoverySeconds == 1_800)
        #expect(
            settings.outages.systems == [
                .init(name: "e-mail", activities: ["email", "mailings"], vendor: "Northmail", hasProtocol: true),
                .init(name: "texts", activities: ["sms"]),
            ])
        #expect(
            settings.owners == ["default": OwnerSettings(name: "Ana"), "sms": .init(name: "Ben", role: "BDC manager")])
        #expect(settings.dueInDays == ["default": 7, "Northmail": 1])
        #expect(settings.offChannelAudit == OffChannelAudit(lookedAt: 200, offChannel: 31))
        #expect(settings.stoppedClocks == StoppedClockSettings(sharePermille: 250, seconds: 15, minimum: 12))
    }

    @Test("staffing: people by hour of the week; shifts add up where they overlap, and pass midnight")
    func staffing() throws {
        let settings = try DealershipFile.read(bytes: fixture("full.dealership.yaml"), file: "d").value
        let staffing = try #require(settings.staffing)
        #expect(staffing.departments == ["night", "sales"])
        let friday = (8...18).map { staffing.peoplePermille(department: "sales", weekday: 4, hour: $0) }
        #expect(friday == [0, 2_000, 2_000, 2_000, 4_000, 3_000, 3_000, 3_000, 3_000, 3_000, 0])
        #expect((8...13).map { staffing.peoplePermille(department: "sales", weekday: 5, hour: $0) } == [
            0, 1_000, 1_000, 1_000, 1_000, 0,
        ])
        #expect((0..<24).allSatisfy { staffing.peoplePermille(department: "sales", weekday: 6, hour: $0) == 0 })
        #expect([(6, 21), (6, 22), (6, 23), (0, 0), (0, 1), (0, 2)].map {
            staffing.peoplePermille(department: "night", weekday: $0.0, hour: $0.1)
        } == [0, 4_000, 4_000, 4_000, 4_000, 0])
        #expect(staffing.peoplePermille(weekday: 6, hour: 22) == 4_000)
        #expect(staffing.peoplePermille(department: "parts", weekday: 0, hour: 9) == nil)
        #expect(staffing.peoplePermille(department: "sales", weekday: 7, hour: 9) == nil)
        #expect(staffing.peoplePermille(weekday: 0, hour: 24) == nil)
    }

    @Test("hours: a part's own week replaces the week, its own exceptions win by date")
    func hours() throws {
        let hours = try DealershipFile.read(bytes: fixture("full.dealership.yaml"), file: "d").value.hours
        let exceptions = """
            2026-12-24: 08:00-12:00
            2026-12-25: 08:00-12:00
            2026-12-26: 08:00-12:00
            """
        let week = """
            mon: 07:30-12:00, 13:00-18:00
            tue: 07:30-12:00, 13:00-18:00
            wed: 07:30-12:00, 13:00-18:00
            thu: 07:30-12:00, 13:00-18:00
            fri: 07:30-12:00, 13:00-18:00
            sat: 08:00-13:00
            sun: closed
            """
        #expect(hours.standard?.description == "\(week)\n2026-11-26: closed\n\(exceptions)")
        let second = hours.hours(store: "S2", department: nil)
        #expect(second?.description == "\(week)\n2026-11-26: 10:00-14:00\n\(exceptions)")
        let service = try #require(hours.departments["service"])
        #expect(service.week.map(\.description) == Array(repeating: "[07:00-19:00]", count: 6) + ["[]"])
        #expect(service.exceptions == hours.standard?.exceptions)
    }

    @Test("hours: a store's exceptions hold for its departments, its week replaces theirs, theirs at the store wins")
    func hoursOfStores() throws {
        let text = """
            name: Riverside
            hours: { mon-fri: "08:00-18:00" }
            exceptions: { 2026-12-24: closed }
            departments:
              service: { hours: { mon-sat: "07:00-19:00" } }
            stores:
              S1:
                exceptions: { 2026-12-23: closed }
              S2:
                hours: { mon: "10:00-12:00" }
                departments:
                  sales: { hours: { tue: "09:00-10:00" }, exceptions: { 2026-12-22: closed } }
                  parts: { exceptions: { 2026-12-21: closed } }

            """
        let checked = try DealershipFile.read(text: text, file: "d")
        #expect(checked.diagnostics.isEmpty)
        let hours = checked.value.hours
        func places(_ store: String, _ department: String?) throws -> [String] {
            let found = try #require(hours.hours(store: store, department: department))
            return found.description.split(separator: "\n").map(String.init)
                .filter { !$0.hasSuffix("closed") || $0.hasPrefix("2026") }
        }
        #expect(
            try places("S1", "service").suffix(3) == ["sat: 07:00-19:00", "2026-12-23: closed", "2026-12-24: closed"])
        #expect(try places("S1", nil).suffix(3) == ["fri: 08:00-18:00", "2026-12-23: closed", "2026-12-24: closed"])
        #expect(try places("S2", "service") == ["mon: 10:00-12:00", "2026-12-24: closed"])
        #expect(try places("S2", "sales") == ["tue: 09:00-10:00", "2026-12-22: closed", "2026-12-24: closed"])
        #expect(try places("S2", "parts") == ["mon: 10:00-12:00", "2026-12-21: closed", "2026-12-24: closed"])
        #expect(try places("S3", "service").suffix(2) == ["sat: 07:00-19:00", "2026-12-24: closed"])
    }

    @Test("exports: one mapping or a list, every column rule")
    func exports() throws {
        let exports = try DealershipFile.read(bytes: fixture("full.dealership.yaml"), file: "d.yaml").value.exports
        #expect(exports.map(\.table) == [.serviceVisits, .messages, .messages])
        let visits = try #require(exports.first)
        #expect(
            visits
                == ExportSettings(
                    table: .serviceVisits, file: "RO_*.csv", system: "dms", label: "DMS repair orders",
                    coveredFrom: Day(year: 2025, month: 10, day: 1), coveredUntil: Day(year: 2026, month: 10, day: 31),
                    delimiter: UInt8(ascii: "\t"), sheet: "2026", headerRow: 3, dateOrder: .dayFirst,
                    timeZone: "America/Chicago",
                    columns: [
                        "visit_id": .init(rule: .joined(["Store", "RO Number"])),
                        "customer_id": .init(rule: .column(["Customer Number", "Cust"])),
                        "opened_at": .init(rule: .column(["Open Date"])),
                        "pay_type": .init(
                            rule: .column(["Pay"]), values: ["C": "customer", "W": "warranty", "I": "internal"]),
                        "store_id": .init(rule: .constant("007")),
                    ],
                    only: ["Type": [.equals("RO"), .equals("1")]],
                    location: .init(file: "d.yaml", row: 34, column: "exports.service_visits")))
        #expect(exports.map(\.location?.column) == [
            "exports.service_visits", "exports.messages[1]", "exports.messages[2]",
        ])
        #expect(exports.map(\.location?.row) == [34, 53, 54])
    }

    @Test("the least of a file: a name; all else is the documented default")
    func least() throws {
        let checked = try DealershipFile.read(text: "name: Riverside Motors\n", file: "dealership.yaml")
        #expect(checked.diagnostics.isEmpty)
        #expect(
            checked.value
                == DealershipSettings(
                    name: "Riverside Motors", currency: "USD", timeZone: nil, hours: HoursSettings(standard: nil),
                    channels: [], targets: TargetSettings(),
                    conversion: ConversionSettings(
                        windowDays: 60, credit: .lastTouch, denominator: .visits, minimumN: 20, wayBackDays: 180),
                    conversations: ConversationSettings(answerOn: .anyManaged, gapSeconds: 259_200),
                    outages: OutageSettings(recoverySeconds: 0, systems: []), exports: [], owners: [:], dueInDays: [:],
                    stoppedClocks: StoppedClockSettings(sharePermille: 300, seconds: 20, minimum: 10)))
    }

    @Test("the example that explains the notation")
    func example() throws {
        let checked = try DealershipFile.read(bytes: fixture("riverside.dealership.yaml"), file: "dealership.yaml")
        #expect(checked.diagnostics.isEmpty)
        let settings = checked.value
        #expect(settings.targets.firstResponseSeconds == ["email": 3_600, "sms": 900, "chat": 120, "phone": 60])
        #expect(settings.hours.standard?.exceptions.keys.map(\.description).sorted() == ["2026-11-26", "2026-12-24"])
        #expect(settings.exports.map(\.file) == ["RO_*.csv"])
    }

    @Test("a group's settings, as they stand in the benchmark")
    func group() throws {
        let checked = try DealershipFile.read(bytes: fixture("group.dealership.yaml"), file: "dealership.yaml")
        #expect(checked.diagnostics.isEmpty)
        #expect(checked.value.conversations.answerOn == .same)
        #expect(checked.value.hours.standard?.exceptions.count == 6)
        #expect(checked.value.hours.standard?.week[4].map(\.description) == ["08:00-20:00"])
        #expect(checked.value.hours.standard?.week[6] == [])
    }

    @Test("Windows files: byte-order mark and CRLF change nothing")
    func windows() throws {
        let plain = "name: Riverside\nhours:\n  mon: \"08:00-12:00\"\ntargets:\n  unanswered: many\n"
        let bytes = [0xEF, 0xBB, 0xBF] + Array(plain.replacing("\n", with: "\r\n").utf8)
        #expect(text { try DealershipFile.read(bytes: bytes, file: "d.yaml") } == text {
            try DealershipFile.read(text: plain, file: "d.yaml")
        })
        #expect(text { try DealershipFile.read(bytes: bytes, file: "d.yaml") }.hasPrefix("d.yaml:5:"))
    }

    @Test("all faults of a file come in one run, by line")
    func all() throws {
        let faults = faults {
            try DealershipFile.read(
                text: """
                    curency: USD
                    hours: { mon: "8-12", mon: "08:00-12:00" }
                    targets:
                      answered-in-time: 90
                      answered-in-time: 95 %
                      handoff: soon
                    targets: {}
                    """, file: "d.yaml")
        }
        #expect(faults.map { "\($0.location?.row ?? 0) \($0.code)" } == [
            "1 unknown-key", "1 missing-key", "2 duplicate-key", "2 bad-hours", "4 bad-share", "5 duplicate-key",
            "6 bad-duration", "7 duplicate-key",
        ])
    }
}
