import Basis
import Dealership
import Foundation
import Ingest
import Measures
import Testing

/// What "covered by an outage" means, for everybody who excuses something with it.
@Suite("Covered by an outage")
struct OutageCoverageTests {
    private func context(_ outages: String, excluded: String = "all", more: [String: String] = [:]) async throws
        -> (coverage: OutageCoverage, context: LinkingContext)
    {
        var files = [
            "dealership.yaml": """
                name: Riverside
                time-zone: America/Chicago
                hours: { mon-fri: "08:00-18:00" }
                channels: { email: managed, phone: managed }
                outages:
                  recovery: 30 min
                  excluded: \(excluded)
                  systems:
                    e-mail: { activities: email, kind: vendor }
                    power: { activities: [email, phone], kind: utility }
                    wifi: { activities: email, kind: own }
                    lines: { activities: phone, stores: [S2] }
                """,
            "exports/stores.csv": "store_id,time_zone\nS1,\nS2,America/Los_Angeles\n",
            "exports/outages.csv": outages,
            "exports/messages.csv": "message_id,conversation_id,store_id,customer_id,channel,direction,sent_at\n"
                + "M1,V1,S1,1001,email,inbound,2026-10-30 12:00\nM2,V2,S1,1002,phone,inbound,2026-10-30 12:00\n",
        ]
        files.merge(more) { $1 }
        let header = try await Folder(files).read().header
        let context = LinkingContext(header: header, parameters: LinkingParameters(header.settings))
        return (context.coverage, context)
    }

    private func covered(_ found: (coverage: OutageCoverage, context: LinkingContext), store: Int32, _ channel: String) -> String {
        let code = found.context.header.code(ofName: channel)
        return found.coverage.covered(store: store, activity: code)?.description ?? ""
    }

    @Test("each span with its recovery, in open time; the union of systems; still open until as of")
    func spans() async throws {
        let found = try await context(
            "outage_id,system,started_at,ended_at\nO1,power,2026-10-05 10:00,2026-10-05 10:30\n"
                + "O9,e-mail,2026-10-30 17:00,\n",
            more: [
                "exports/outage_updates.csv": """
                    outage_id,system,at,stage
                    U1,e-mail,2026-10-05 09:00,started
                    U1,e-mail,2026-10-05 09:30,partial
                    U1,e-mail,2026-10-05 17:00,restarted
                    U1,e-mail,2026-10-05 17:50,resolved

                    """
            ])
        // Back at 17:50: ten minutes of that day and twenty of the next morning clear the queue.
        #expect(covered(found, store: 0, "email") == """
            2026-10-05T14:00:00Z/2026-10-05T16:00:00Z, 2026-10-05T22:00:00Z/2026-10-06T13:20:00Z, \
            2026-10-30T22:00:00Z/2026-10-31T07:00:00Z
            """)
        #expect(covered(found, store: 0, "phone") == "2026-10-05T15:00:00Z/2026-10-05T16:00:00Z")
    }

    @Test("days of each store's own clock; a system that one store has covers it alone")
    func storesAndDays() async throws {
        let found = try await context("""
            outage_id,system,started_at,ended_at
            O1,e-mail,2026-10-05,2026-10-05
            O2,lines,2026-10-07 09:00,2026-10-07 10:00

            """)
        #expect(covered(found, store: 0, "email") == "2026-10-05T05:00:00Z/2026-10-06T13:30:00Z")
        #expect(covered(found, store: 1, "email") == "2026-10-05T07:00:00Z/2026-10-06T15:30:00Z")
        #expect(covered(found, store: 0, "phone") == "")
        // 9:00 and 10:00 by the dealership's clock: the coast opens an hour later, at 15:00 UTC.
        #expect(covered(found, store: 1, "phone") == "2026-10-07T14:00:00Z/2026-10-07T15:30:00Z")
    }

    @Test("external: neither planned maintenance nor our own faults nor what nobody said excuses")
    func excluded() async throws {
        let log = """
            outage_id,system,channel,started_at,ended_at,external,planned
            O1,e-mail,,2026-10-05 09:00,2026-10-05 10:00,,
            O2,e-mail,,2026-10-06 09:00,2026-10-06 10:00,no,
            O3,e-mail,,2026-10-07 09:00,2026-10-07 10:00,,yes
            O4,wifi,,2026-10-08 09:00,2026-10-08 10:00,,
            O5,power,,2026-10-09 09:00,2026-10-09 10:00,,
            O6,,email,2026-10-12 09:00,2026-10-12 10:00,,

            """
        func days(_ text: String) -> [String] { text.split(separator: ", ").map { String($0.prefix(10).suffix(2)) } }
        #expect(days(covered(try await context(log), store: 0, "email")) == ["05", "06", "07", "08", "09", "12"])
        #expect(days(covered(try await context(log, excluded: "external"), store: 0, "email")) == ["05", "09"])
    }

    @Test("how much of a person's month or day was covered: open time, several channels once")
    func portion() async throws {
        let found = try await context("""
            outage_id,system,started_at,ended_at
            O1,e-mail,2026-10-05 17:00,2026-10-05 18:00
            O2,power,2026-10-05 17:30,2026-10-05 20:00
            O3,power,2026-10-10 10:00,2026-10-10 12:00

            """)
        let header = found.context.header
        let hours = found.context.calendars.tables[found.context.calendars.index(store: 0, department: -1)]
        let codes = ["email", "phone"].map { header.code(ofName: $0) }
        func portion(_ first: String, _ last: String, _ codes: [Int32]) throws -> OutageCoverage.Portion {
            let zone = header.zones[0]
            let from = zone.startOfDay(try #require(Day(year: 2026, month: 10, day: Int(first) ?? 0)))
            let to = zone.startOfDay(try #require(Day(year: 2026, month: 10, day: Int(last) ?? 0)) + 1)
            return found.coverage.portion(of: from..<to, store: 0, activities: codes, hours: hours)
        }
        // The hour before closing, half an hour of the next morning, and after the Saturday half an hour on Monday.
        #expect(try portion("1", "31", codes) == .init(coveredOpenSeconds: 7_200, openSeconds: 22 * 36_000))
        #expect(try portion("5", "5", codes) == .init(coveredOpenSeconds: 3_600, openSeconds: 36_000))
        #expect(try portion("5", "5", [codes[1]]) == .init(coveredOpenSeconds: 1_800, openSeconds: 36_000))
        #expect(try portion("10", "10", codes).share == nil)
        #expect(try portion("5", "5", codes).share == 0.1)
    }
}
