import Basis
import Dealership
import Foundation
import Ingest
import Measures
import Testing

/// A vendor's incidents as outages: sums and unions of downtime, in wall and open time.
struct IncidentTests {
    private static let columns = ["outages", "summed_seconds_down", "wall_seconds_down", "open_seconds_down"]

    private func downtime(_ months: ClosedRange<Month>? = nil, by: [Measures.Dimension] = []) -> TableSpec {
        TableSpec(
            name: "downtime", request: MeasureRequest(OutageImpact(answerOn: .same)), by: by,
            columns: Self.columns, months: months)
    }

    private func months(of year: Int) throws -> ClosedRange<Month> {
        try #require(Month("\(year)-01"))...(try #require(Month("\(year)-12")))
    }

    @Test func `downtime of each year, summed and as union, is the published one`() async throws {
        let folder = try await RealFolder.read("github")
        let published = try PublishedDowntime.read()
        #expect(published.per_year.map(\.year) == [2022, 2023, 2024, 2025, 2026])
        for year in published.per_year {
            let row = try #require(try folder.rows(downtime(months(of: year.year)))[[]])
            #expect(row["outages"] == String(year.incidents_started), "\(year.year)")
            #expect(row["summed_seconds_down"] == String(Int(year.sum_seconds_clipped)), "\(year.year)")
            #expect(row["wall_seconds_down"] == String(Int(year.union_seconds)), "\(year.year)")
        }
    }

    @Test func `months add up to the year`() async throws {
        let folder = try await RealFolder.read("github")
        for year in try PublishedDowntime.read().per_year {
            let rows = try folder.rows(downtime(months(of: year.year), by: [.month]))
            let sums = ["summed_seconds_down", "wall_seconds_down"].map { column in
                rows.values.reduce(0) { $0 + (Int($1[column] ?? "") ?? 0) }
            }
            #expect(sums == [Int(year.sum_seconds_clipped), Int(year.union_seconds)], "\(year.year)")
        }
    }

    @Test func `open-hours downtime of 2025 is the published one`() async throws {
        let folder = try await RealFolder.read("github")
        let published = try PublishedDowntime.read().business_2025
        let row = try #require(try folder.rows(downtime(months(of: 2025)))[[]])
        #expect(row["open_seconds_down"] == String(published.business_seconds))
        #expect(published.business_seconds == 1_170_660)
        // The settings hold the calendar that the figure was made with.
        let hours = try #require(folder.settings.hours.standard)
        #expect(Set(hours.exceptions.filter(\.value.isEmpty).keys.map(\.description)) == Set(published.calendar.holidays))
        #expect(folder.settings.timeZone == published.calendar.time_zone)
    }

    @Test func `maintenance and notices are left out by the mapping and counted as such`() async throws {
        let folder = try await RealFolder.read("github")
        let audit = try #require(folder.header.audits.first)
        let rows = try PlainExport("github/exports/github_incidents_2022_2026.csv").rows
        let kept = rows.filter { ["minor", "major", "critical"].contains($0["impact"]) }.count
        #expect(audit.rowsRead == rows.count)
        #expect(audit.setAside == [.leftOutByMapping: rows.count - kept])
        #expect(folder.header.outages.count == kept)
        #expect(kept == 770)
    }

    @Test func `incidents resolved before they started are set aside, with file and row`() async throws {
        let folder = try await RealFolder.read("github-history")
        let file = "exports/github_incidents_2010_2023.csv"
        var reversed: [Diagnostic.Location] = []
        for (index, row) in try PlainExport("github-history/\(file)").rows.enumerated()
        where row["resolved_at"] ?? "" < row["started_at"] ?? "" {
            reversed.append(.init(file: file, row: index + 2, column: "ended_at"))
        }
        #expect(reversed.count == 3)
        let told = folder.exports.diagnostics
        let codes = Array(repeating: "ends-before-start", count: 3) + ["overlapping-outages"]
        #expect(told.map(\.code).sorted() == codes)
        #expect(told.filter { $0.code == "ends-before-start" }.map(\.location) == reversed)
        #expect(told.allSatisfy { $0.severity == ($0.code == codes[0] ? .warning : .note) && !$0.remedies.isEmpty })
        #expect(folder.header.reversedOutages.map(\.identifier).sorted() == ["nk9gdvl03ztg", "qb2vmff9bnf5", "qrrdvssfmrs2"])
        let row = try #require(
            try folder.rows(
                TableSpec(
                    name: "t", request: MeasureRequest(OutageImpact(answerOn: .same)), by: [.vendor],
                    columns: ["outages", "resolved_before_start"]))[["GitHub"]])
        #expect(row == ["outages": "1279", "resolved_before_start": "3"])
        #expect(folder.header.audits.first?.setAside == [.endsBeforeStart: 3])
        #expect(folder.header.audits.first?.rowsRead == 1_282)
        #expect(folder.header.outages.count == 1_279)
        #expect(!folder.header.outages.contains { ["qb2vmff9bnf5", "qrrdvssfmrs2", "nk9gdvl03ztg"].contains($0.identifier) })
    }

    @Test func `stages that a status page has as columns stand in order`() async throws {
        let folder = try await RealFolder.read("github-history")
        let rows = try PlainExport("github-history/exports/github_incidents_2010_2023.csv").rows
        let watched = Set(rows.filter { $0["monitoring_at"] != "" }.compactMap { $0["id"] })
        let outages = folder.header.outages
        let found = Set(outages.filter { $0.stages.contains { $0.kind == .monitoring } }.map(\.identifier))
        let reversed = Set(folder.header.reversedOutages.map(\.identifier))
        #expect(found == watched.subtracting(reversed) && !found.isEmpty)
        #expect(outages.allSatisfy { outage in outage.stages.contains { $0.kind == .investigating } })
        #expect(outages.allSatisfy { $0.stages.map(\.at.instant) == $0.stages.map(\.at.instant).sorted() })
    }

    @Test func `failures of 2025 are the published merged windows`() async throws {
        let folder = try await RealFolder.read("github")
        // Windows that touch or overlap, of the whole log: counted here in a loop of its own.
        let windows = try PlainExport("github/exports/github_incidents_2022_2026.csv").rows
            .filter { ["minor", "major", "critical"].contains($0["impact"]) }
            .map { ($0["downtime_start"] ?? "", $0["downtime_end"] ?? "") }.sorted { $0 < $1 }
        var starts: [String] = []
        var end = ""
        for (from, to) in windows {
            if from > end { starts.append(from) }
            end = max(end, to)
        }
        let months = try months(of: 2025)
        let zone = folder.header.zones[0]
        let own = try starts.filter { text in
            let at = Instant(seconds: Int64(try seconds(from: "1970-01-01T00:00:00Z", to: text)))
            return months.contains(zone.month(at: at))
        }
        let row = try #require(
            try folder.rows(
                TableSpec(
                    name: "t", request: MeasureRequest(OutageImpact(answerOn: .same)), by: [],
                    columns: ["failures", "mean_seconds_between_failures", "vendor_outages"], months: months))[[]])
        #expect(row["failures"] == String(own.count))
        let (first, last) = (try #require(own.first), try #require(own.last))
        let before = try #require(starts.firstIndex(of: first))
        let span = Double(try seconds(from: starts[before - 1], to: last))
        #expect(row["mean_seconds_between_failures"] == (span / Double(own.count)).fixed(3))
    }

    @Test func `the CDK outage of June 2024: one outage, two starts, known by the day`() async throws {
        let folder = try await RealFolder.read("cdk")
        #expect(folder.exports.diagnostics.map(\.code) == ["day-precision"])
        let outage = try #require(folder.header.outages.first)
        #expect(folder.header.outages.count == 1)
        #expect(outage.identifier == "CDK-2024" && outage.vendor == "CDK Global" && outage.precision == .day)
        #expect(outage.spans.map { "\($0.firstDay?.description ?? "")–\($0.lastDay?.description ?? "")" } == [
            "2024-06-19–2024-06-19", "2024-06-19–2024-07-04",
        ])
        #expect(outage.stages.map(\.kind) == [
            .started, .partial, .restarted, .partial, .partial, .partial, .resolved,
        ])
        let months = try folder.rows(
            TableSpec(
                name: "t", request: MeasureRequest(OutageImpact(answerOn: .same)), by: [.month],
                columns: ["outages", "failures", "wall_seconds_down", "open_seconds_down", "day_precise"]))
        // Whole days of Chicago, the last one included: 12 in June and 4 in July. Open: 8 and 3 weekdays of 11:30 h and
        // 2 Saturdays of 9 h; the 4th of July is closed.
        #expect(months[["2024-06"]] == [
            "outages": "1", "failures": "1", "wall_seconds_down": String(12 * 86_400),
            "open_seconds_down": String(8 * 41_400 + 2 * 32_400), "day_precise": "1",
        ])
        #expect(months[["2024-07"]] == [
            "outages": "1", "failures": "0", "wall_seconds_down": String(4 * 86_400),
            "open_seconds_down": String(3 * 41_400), "day_precise": "1",
        ])
    }

    @Test func `an uptime log without numbers reads whole, a system each service`() async throws {
        let folder = try await RealFolder.read("upptime")
        #expect(folder.exports.diagnostics.isEmpty)
        #expect(folder.header.outages.count == 47)
        #expect(folder.header.outages.contains { $0.identifier == "Community Forum-2026-08-13T11:03:31Z" })
        let ours = try folder.rows(downtime(by: [.system]))
        var counted: [[String]: (outages: Int, seconds: Int)] = [:]
        for row in try PlainExport("upptime/exports/upptime_downs.csv").rows {
            let service = [row["service"] ?? ""]
            let length = try seconds(from: row["down_at_utc"] ?? "", to: row["up_at_utc"] ?? "")
            let known = counted[service] ?? (0, 0)
            counted[service] = (known.outages + 1, known.seconds + length)
        }
        #expect(ours.mapValues { $0["outages"] } == counted.mapValues { String($0.outages) })
        #expect(ours.mapValues { $0["summed_seconds_down"] } == counted.mapValues { String($0.seconds) })
        #expect(ours.count == 11)
    }
}

/// Between two texts such as `2026-08-13T11:03:31Z`.
func seconds(from start: String, to end: String) throws -> Int {
    let from = try #require(ISO8601DateFormatter().date(from: start))
    return Int(try #require(ISO8601DateFormatter().date(from: end)).timeIntervalSince(from))
}

private struct PublishedDowntime: Decodable {
    struct Year: Decodable {
        var year, incidents_started: Int
        var sum_seconds_clipped, union_seconds: Double
    }
    struct Business: Decodable {
        struct Calendar: Decodable {
            var time_zone: String
            var holidays: [String]
        }
        var calendar: Calendar
        var business_seconds: Int
    }
    var per_year: [Year]
    var business_2025: Business

    static func read() throws -> PublishedDowntime {
        let file = RealFolder.fixtures.appending(path: "published/github_outages.json")
        return try JSONDecoder().decode(PublishedDowntime.self, from: Data(contentsOf: file))
    }
}
