import Basis
import Dealership
import Foundation
import Testing

@testable import Ingest

@Suite("Outages of logs, status pages and monitors")
struct OutageRecordsTests {
    private func header(_ files: [String: String], _ yaml: String = "") async throws -> JournalHeader {
        try await exports(files, yaml).header
    }

    private func exports(_ files: [String: String], _ yaml: String = "") async throws -> StagedExports {
        var all = ["dealership.yaml": "name: Riverside\ntime-zone: America/Chicago\n" + yaml]
        for (name, text) in files { all["exports/\(name).csv"] = text }
        return try await Folder(all).read()
    }

    /// `start/end` of each span, by the dealership's clock.
    private func spans(_ outage: Outage, _ header: JournalHeader) -> [String] {
        outage.spans.map { span in
            let range = span.range(in: header.zones[0], asOf: header.asOf)
            return "\(range.lowerBound)/\(range.upperBound)"
        }
    }

    @Test("a log without numbers: system, store and start make one; of two alike each has its own")
    func withoutNumbers() async throws {
        let rows = [
            "S1,e-mail,2026-10-05 09:00,2026-10-05 10:00", ",e-mail,2026-10-05 09:00,2026-10-05 11:00",
            ",e-mail,2026-10-05 09:00,2026-10-05 10:00", ",,2026-10-06 09:00,", ",e-mail,2026-10-05 09:00,2026-10-05 11:00",
        ]
        for order in [rows, Array(rows.reversed())] {
            let read = try await exports([
                "stores": "store_id\nS1\nS2\n",
                "outages": "store_id,system,started_at,ended_at\n" + order.joined(separator: "\n") + "\n",
            ])
            #expect(read.header.outages.map(\.identifier) == [
                "e-mail-2026-10-05T14:00:00Z", "e-mail-2026-10-05T14:00:00Z-2", "e-mail-S1-2026-10-05T14:00:00Z",
                "outage-2026-10-06T14:00:00Z",
            ])
            #expect(read.header.outages.map { $0.end.map { Int($0.seconds % 86_400) / 3_600 } } == [15, 16, 15, nil])
            #expect(read.header.audits.first { $0.table == .outages }?.setAside == [.duplicateRow: 1])
        }
    }

    @Test("a date alone is a whole local day of every store, through the last one, of 23 and 25 hours too")
    func days() async throws {
        let header = try await header(
            [
                "stores": "store_id,time_zone\nE,America/New_York\nW,America/Los_Angeles\n",
                "outages": """
                    outage_id,system,started_at,ended_at,precision
                    A,dms,2026-03-08,2026-03-08,
                    B,dms,2026-11-01,2026-11-02,
                    C,dms,2026-06-19 15:00,2026-06-20 09:00,day
                    D,dms,2026-06-25 15:00,2026-06-26,
                    E,web,2026-11-10 15:00,2026-11-10 16:00,

                    """,
            ])
        func hours(_ store: Int32) -> [Int64] { header.outages.map { $0.down(store: store, header).seconds / 3_600 } }
        #expect(header.outages.map(\.identifier) == ["A", "C", "D", "B", "E"])
        // D began at 15:00 by the dealership's own clock (13:00 on the coast) and lasted through the next day.
        #expect(hours(0) == [23, 48, 32, 49, 1])
        #expect(hours(1) == [23, 48, 35, 49, 1])
        #expect(header.outages.map { $0.precision == .day } == [true, true, true, true, false])
        #expect(header.outages[0].down(store: 1, header).description == "2026-03-08T08:00:00Z/2026-03-09T07:00:00Z")
    }

    @Test("over a change of the clock: what does not exist moves on, what comes twice is its first, both are noted")
    func clockChanges() async throws {
        let exports = try await exports([
            "outages": """
                outage_id,system,started_at,ended_at
                spring,a,2026-03-08 01:30,2026-03-08 03:30
                gap,b,2026-03-08 02:30,2026-03-08 04:00
                autumn,c,2026-11-01 00:30,2026-11-01 02:30
                twice,d,2026-11-01 01:30,2026-11-01 02:00
                exact,e,2026-11-01T01:30:00-06:00,2026-11-01T02:00:00-06:00

                """
        ])
        let lengths = exports.header.outages.map { outage in
            "\(outage.identifier) \((outage.end ?? outage.start) - outage.start)"
        }
        #expect(Set(lengths) == ["spring 3600", "gap 1800", "autumn 10800", "twice 5400", "exact 1800"])
        #expect(exports.diagnostics.map(\.code).sorted() == ["repeated-local-time", "skipped-local-time"])
        #expect(exports.diagnostics.map { $0.location?.row }.sorted { ($0 ?? 0) < ($1 ?? 0) } == [3, 5])
    }

    @Test("stages in columns; whose fault by the row, else by the system's kind; its stores and vendor by the settings")
    func columns() async throws {
        let header = try await header(
            [
                "stores": "store_id\nS1\nS2\nS3\n",
                "outages": """
                    outage_id,system,started_at,ended_at,external,planned,monitoring_at,investigating_at
                    A,lines,2026-10-05 09:00,2026-10-05 10:00,,,2026-10-05 09:50,2026-10-05 09:10
                    B,power,2026-10-06 09:00,2026-10-06 10:00,,,,
                    C,power,2026-10-07 09:00,2026-10-07 10:00,no,,,
                    D,wifi,2026-10-08 09:00,2026-10-08 10:00,,yes,,
                    E,other,2026-10-09 09:00,2026-10-09 10:00,,,,
                    F,other,2026-10-10 09:00,2026-10-10 10:00,yes,,,

                    """,
            ],
            """
            outages:
              systems:
                lines: { activities: phone, vendor: Linewell, kind: vendor, stores: [S1, S3] }
                power: { activities: [phone, visits], kind: utility }
                wifi: { activities: visits, kind: own }
                other: { activities: visits }

            """)
        #expect(header.outages.map(\.fault) == [.external, .utility, .own, .own, nil, .external])
        #expect(header.outages.map(\.isExternal) == [true, true, false, false, nil, true])
        #expect(header.outages.map(\.isPlanned) == [false, false, false, true, false, false])
        #expect(header.outages[0].vendor == "Linewell")
        #expect(header.outages.map { $0.storesHit(header) } == [[0, 2]] + Array(repeating: [0, 1, 2], count: 5))
        #expect(header.outages[0].stages.map(\.kind) == [.investigating, .monitoring])
    }

    @Test("monitors: down and up are an outage, flaps of one second too, whatever the order of rows")
    func monitors() async throws {
        let rows = [
            "web,2026-10-05 08:00,up", "web,2026-10-05 09:00,down", "web,2026-10-05 09:10,down", "web,2026-10-05 09:30,up",
            "web,2026-10-05 09:30,down", "web,2026-10-05 09:45,up", "web,2026-10-06 09:00,down", "web,2026-10-06 09:00,up",
            "web,2026-10-07 09:00,down", "mail,2026-10-07 10:00,down", "mail,2026-10-07 11:00,up",
        ]
        for seed in 0..<4 {
            var order = rows
            if seed > 0 { for i in order.indices { order.swapAt(i, (i * 7 + seed * 5) % order.count) } }
            let read = try await exports(["monitor_events": "system,at,state\n" + order.joined(separator: "\n") + "\n"])
            let found = read.header.outages.map { outage in
                "\(outage.identifier) \(outage.end.map { String($0 - outage.start) } ?? "open")"
            }
            #expect(found == [
                "web-2026-10-05T14:00:00Z 1800", "web-2026-10-05T14:30:00Z 900", "web-2026-10-06T14:00:00Z 0",
                "web-2026-10-07T14:00:00Z open", "mail-2026-10-07T15:00:00Z 3600",
            ])
            #expect(read.header.outages.allSatisfy { $0.origin == .monitorEvents })
            #expect(read.diagnostics.map(\.code) == ["unpaired-event", "unpaired-event"])
            #expect(read.header.audits[0].setAside == [.unpairedEvent: 2])
        }
    }

    @Test("reports of one number: partly back is down, down again is a new span, days stay days")
    func updates() async throws {
        let rows = [
            "A,2026-06-19,started", "A,2026-06-19,partial", "A,2026-06-19,restarted", "A,2026-06-26,partial",
            "A,2026-07-04,resolved", "B,2026-06-01 09:00,investigating", "B,2026-06-01 09:20,identified",
            "B,2026-06-01 10:00,resolved", "B,2026-06-01 12:00,investigating", "B,2026-06-01 13:00,resolved",
            "B,2026-06-02 13:00,postmortem", "C,2026-07-09 09:00,update", "C,2026-07-09 09:30,monitoring",
            "D,2026-07-05 09:00,scheduled", "D,2026-07-06 01:00,in-progress", "D,2026-07-06 03:00,completed",
            "E,2026-06-03 09:00,started", "E,2026-06-03 10:00,partial", "E,2026-06-03 11:00,started",
            "E,2026-06-03 12:00,resolved",
        ]
        for order in [rows, Array(rows.reversed())] {
            let header = try await header(["outage_updates": "outage_id,at,stage\n" + order.joined(separator: "\n") + "\n"])
            #expect(header.outages.map(\.identifier) == ["B", "E", "A", "D", "C"])
            #expect(header.outages.map { $0.spans.count } == [2, 2, 2, 1, 1])
            #expect(spans(header.outages[0], header) == [
                "2026-06-01T14:00:00Z/2026-06-01T15:00:00Z", "2026-06-01T17:00:00Z/2026-06-01T18:00:00Z",
            ])
            #expect(spans(header.outages[1], header) == [
                "2026-06-03T14:00:00Z/2026-06-03T15:00:00Z", "2026-06-03T16:00:00Z/2026-06-03T17:00:00Z",
            ])
            #expect(spans(header.outages[2], header) == [
                "2026-06-19T05:00:00Z/2026-06-20T05:00:00Z", "2026-06-19T05:00:00Z/2026-07-05T05:00:00Z",
            ])
            #expect(header.outages[2].precision == .day)
            #expect(header.outages[2].down(header).seconds == 16 * 86_400)
            #expect(header.outages[2].partly(header).description == "2026-06-26T05:00:00Z/2026-07-05T05:00:00Z")
            #expect(header.outages.map(\.isPlanned) == [false, false, false, true, false])
            #expect(header.outages[4].end == nil && header.outages[4].isOpen(header))
        }
    }

    @Test("reports fill in what the log leaves open, and its own times hold")
    func logAndUpdates() async throws {
        let header = try await header([
            "outages": """
                outage_id,system,started_at,ended_at,detected_at
                A,dms,2026-06-01 09:00,2026-06-01 18:00,2026-06-01 09:05
                B,dms,2026-06-03 09:00,,

                """,
            "outage_updates": """
                outage_id,at,stage
                A,2026-06-01 09:10,investigating
                A,2026-06-01 09:20,detected
                A,2026-06-01 09:30,notified
                A,2026-06-01 11:00,partial
                A,2026-06-01 13:00,restarted
                A,2026-06-01 17:30,resolved
                B,2026-06-03 09:10,investigating
                B,2026-06-03 10:00,resolved

                """,
        ])
        #expect(header.outages.map(\.identifier) == ["A", "B"])
        let first = header.outages[0]
        #expect(spans(first, header) == [
            "2026-06-01T14:00:00Z/2026-06-01T16:00:00Z", "2026-06-01T18:00:00Z/2026-06-01T23:00:00Z",
        ])
        #expect(first.detected.map { $0 - first.start } == 300 && first.notified.map { $0 - first.start } == 1_800)
        #expect(header.outages[1].end?.description == "2026-06-03T15:00:00Z")
    }

    @Test("reports of several stores are an outage each; what holds for all stands in each")
    func stores() async throws {
        let header = try await header([
            "stores": "store_id\nS1\nS2\nS3\n",
            "outage_updates": """
                outage_id,store_id,at,stage
                A,,2026-06-01 09:00,started
                A,S1,2026-06-01 10:00,resolved
                A,S2,2026-06-01 12:00,resolved

                """,
        ])
        #expect(header.outages.map(\.identifier) == ["A-S1", "A-S2"])
        #expect(header.outages.map { $0.end.map { e in e.seconds % 86_400 / 3_600 } } == [15, 17])
    }
}
