import Foundation
import Testing

/// The work of `kpi tables` handed out by sharing group: the same bytes, or a refusal.
@Suite("kpi plan, partial, merge, finalize")
struct PartialCommandTests {
    /// Seven stores, three of them one sharing group; dirt and all. Made once, as is the job.
    private final class Dealership: Sendable {
        let folder: String
        var path: String { folder + "/d" }
        var job: String { folder + "/plan/job" }
        var tables: String { folder + "/tables" }

        init() throws {
            folder = FileManager.default.temporaryDirectory.appending(path: "kpi-partial-\(UUID().uuidString)").path()
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try PartialCommandTests.spec.write(toFile: folder + "/spec.yaml", atomically: true, encoding: .utf8)
            try expectSuccess(Program.run("sample", path, "--stores", "7", "--months", "2", "--size", "0.1"))
            try Self.joinGroups(path + "/exports/stores.csv")
            try expectSuccess(Program.run("tables", folder + "/spec.yaml", path, "-o", tables))
            try expectSuccess(
                Program.run("plan", folder + "/spec.yaml", path, "-o", folder + "/plan", "--engine", "sort"))
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        private func expectSuccess(_ ran: Program.Ran) throws { #expect(ran.status == 0, "\(ran.errors)") }

        /// Stores 2, 3 and 4 share their customers.
        private static func joinGroups(_ path: String) throws {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            var lines = text.split(separator: "\n").map { line in
                line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
            let column = try #require(lines.first?.firstIndex(of: "sharing_group"))
            for index in 2...4 { lines[index][column] = "north" }
            try (lines.map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n")
                .write(toFile: path, atomically: true, encoding: .utf8)
        }

        func shell(_ script: String) throws -> Program.Ran {
            try Program.run(
                URL(filePath: "/bin/sh"),
                [
                    "-c",
                    "set -eu; export LC_ALL=C; kpi='\(Program.path.path())'; job='\(job)'; cd '\(folder)'; " + script,
                ])
        }
    }

    private static let spec = """
        tables:
          - name: conversion
            measure: service-to-sales
            view: by-visit
            window: 60 days
            credit: last-touch
            by: [store, month]
            columns: [customers, converted]
          - name: credit
            measure: service-to-sales
            view: by-deal
            window: 60 days
            credit: last-touch
            by: [advisor]
            columns: [sales, gross_profit]
          - name: answers
            measure: first-response-time
            clock: open
            by: [store, channel, month]
            columns: [conversations, answered, p50, p90, p99]
          - name: people
            measure: first-response-time
            clock: open
            silence: leave-out
            by: [person]
            columns: [answered, p50, p90_without_outages]
          - name: outages
            measure: outage-impact
            by: [outage]
            columns: [open_seconds_down, conversations, answered, p50]
        """

    private func tables(_ folder: String) throws -> [String: String] {
        var texts: [String: String] = [:]
        for name in ["conversion", "credit", "answers", "people", "outages"] {
            texts[name] = try String(contentsOfFile: "\(folder)/\(name).csv", encoding: .utf8)
        }
        return texts
    }

    @Test("1, 2, 3, 7 and 64 partitions sorted by GNU sort: the tables of one process, by bytes")
    func partitions() throws {
        let dealership = try Dealership()
        let expected = try tables(dealership.tables)
        #expect(expected.values.allSatisfy { $0.split(separator: "\n").count > 1 })
        var merged: Set<String> = []
        for parts in [1, 2, 3, 7, 64] {
            let out = "\(dealership.folder)/out\(parts)"
            let ran = try dealership.shell("KPI=\"$kpi\" PARTS=\(parts) sh plan/run.sh '\(out)'")
            #expect(ran.status == 0, "\(ran.errors)")
            #expect(try tables(out) == expected, "\(parts) partitions")
            merged.insert(try String(contentsOfFile: out + "/work/merged.state", encoding: .utf8))
        }
        #expect(merged.count == 1, "the merged state depends on the partitions")
    }

    /// Every measure with all its columns, by store and month where it has them, as the program itself lists them.
    private func everyMeasure() throws -> [(name: String, table: String)] {
        let list = try Program.run("measures").out.split(separator: "Figures on", maxSplits: 1)[0]
        return try list.split(separator: "\n").filter { !$0.hasPrefix(" ") }.map { line in
            let name = try #require(line.split(separator: " ").first).description
            let words = try Program.run("measures", name).out.split(separator: "\n", omittingEmptySubsequences: false)
            let by = try #require(words.first { $0.hasPrefix("by ") }).dropFirst(3).split(separator: ",")
                .map { $0.trimmingCharacters(in: .whitespaces) }
            let wanted = by.filter { $0 == "store" || $0 == "month" }
            let first = try #require(words.firstIndex(of: "columns")) + 1
            let columns = words[first..<(words[first...].firstIndex(of: "") ?? words.count)]
                .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }.compactMap { $0.split(separator: " ").first }
            let id = name.replacing("-", with: "_")
            // Which of its two views a table is of must be said.
            let view = name == "service-to-sales" ? ", view: by-visit" : ""
            let dimensions = (wanted.isEmpty ? [by[0]] : wanted).joined(separator: ", ")
            #expect(!columns.isEmpty, "\(name)")
            return (
                id, "  - { name: \(id), measure: \(name)\(view), by: [\(dimensions)], "
                    + "columns: [\(columns.joined(separator: ", "))] }\n"
            )
        }
    }

    @Test("every measure in 3 and 7 partitions, none of which meets all names: the tables of one process, by bytes")
    func measures() throws {
        let dealership = try Dealership()
        let measures = try everyMeasure()
        #expect(measures.count >= 30)
        try ("tables:\n" + measures.map(\.table).joined())
            .write(toFile: dealership.folder + "/all.yaml", atomically: true, encoding: .utf8)
        let ran = try dealership.shell(
            """
            "$kpi" tables all.yaml d -o all --memory 64MB
            "$kpi" plan all.yaml d -o all-plan --engine sort
            for parts in 3 7; do KPI="$kpi" PARTS=$parts sh all-plan/run.sh all-$parts; done
            cmp all-3/work/merged.state all-7/work/merged.state
            "$kpi" rows all-plan/job d --memory 64MB | cmp - all-3/work/rows
            """)
        #expect(ran.status == 0, "\(ran.errors)")
        // A partition with a channel that nobody planned.
        try refused(
            dealership,
            """
            rm -rf lake; cp -r all-plan/job lake; sed -i '/^    "chat",$/d' lake/plan.json
            cat all-3/work/part-0 all-3/work/part-1 all-3/work/part-2 | sort | "$kpi" partial lake
            """, "name-not-planned")
        for (name, _) in measures {
            let expected = try String(contentsOfFile: "\(dealership.folder)/all/\(name).csv", encoding: .utf8)
            for parts in [3, 7] {
                let found = try String(contentsOfFile: "\(dealership.folder)/all-\(parts)/\(name).csv", encoding: .utf8)
                #expect(found == expected, "\(name) in \(parts) partitions")
            }
        }
    }

    @Test("states merge in any order to the same bytes; what is in two of them, of another job or cut is refused")
    func merging() throws {
        let dealership = try Dealership()
        var ran = try dealership.shell("KPI=\"$kpi\" PARTS=3 sh plan/run.sh out")
        #expect(ran.status == 0, "\(ran.errors)")
        ran = try dealership.shell(
            """
            cd out/work; a=part-0.state; b=part-1.state; c=part-2.state
            "$kpi" merge $c $a $b -o x; cmp x merged.state
            "$kpi" merge $a $b -o ab; "$kpi" merge $c ab -o y; cmp y merged.state
            cat $b $c > bc; "$kpi" merge bc $a -o z; cmp z merged.state
            """)
        #expect(ran.status == 0, "\(ran.errors)\(ran.out)")
        try refused(dealership, "\"$kpi\" merge out/work/part-0.state out/work/part-0.state -o x", "partial-twice")
        try refused(dealership, "head -c -9 out/work/part-0.state > cut; \"$kpi\" merge cut -o x", "partial-damaged")
        try refused(
            dealership, "grep -v '^end' out/work/part-0.state > cut; \"$kpi\" merge cut -o x",
            "partial-damaged")
        try refused(
            dealership, "sed 's/^cell 0 2 /cell 1 2 /' out/work/part-0.state > bad; \"$kpi\" merge bad -o x",
            "partial-damaged")
        // Another list of tables is another job.
        let other = """
            sed 's/60 days/30 days/' spec.yaml > other.yaml; "$kpi" plan other.yaml d -o other --engine sort
            "$kpi" partial other/job < out/work/part-1 > other.state
            "$kpi" merge out/work/part-0.state other.state -o x
            """
        try refused(dealership, other, "partial-of-other-job")
        try refused(
            dealership, "\"$kpi\" finalize other/job out/work/merged.state --control out/work/control.tsv -o f",
            "partial-of-other-job")
    }

    @Test("rows cut off, unsorted, foreign, lost, changed or twice: refused, never another figure")
    func proof() throws {
        let dealership = try Dealership()
        let ran = try dealership.shell(
            "KPI=\"$kpi\" PARTS=2 sh plan/run.sh out; cat out/work/part-0 out/work/part-1 | sort > all")
        #expect(ran.status == 0, "\(ran.errors)")
        try refused(dealership, "head -c -5 all | \"$kpi\" partial \"$job\"", "rows-cut-off")
        try refused(dealership, "sort -r all | \"$kpi\" partial \"$job\"", "rows-unsorted")
        try refused(dealership, "cat all all | \"$kpi\" partial \"$job\"", "rows-unsorted")
        try refused(dealership, "echo anything | \"$kpi\" partial \"$job\"", "rows-unreadable")
        try refused(dealership, "sed 's/calls/halls/' all | sort | \"$kpi\" partial \"$job\"", "rows-of-unknown-file")
        try refused(dealership, "sed 's/^north/south/' all | sort | \"$kpi\" partial \"$job\"", "rows-of-unknown-group")
        try refused(dealership, "sed 's/^north//' all | sort | \"$kpi\" partial \"$job\"", "row-of-other-group")
        let finalize = "\"$kpi\" finalize \"$job\" s --control out/work/control.tsv -o f"
        try refused(dealership, "head -n -1 all | \"$kpi\" partial \"$job\" > s; " + finalize, "rows-not-proved")
        try refused(dealership, "grep -v '^north' all | \"$kpi\" partial \"$job\" > s; " + finalize, "rows-not-proved")
        try refused(dealership, "sed 3p all | \"$kpi\" partial \"$job\" > s; " + finalize, "rows-not-proved")
        try refused(dealership, "\"$kpi\" partial \"$job\" < /dev/null > s; " + finalize, "rows-not-proved")
        // A digit changed on the way that leaves the order as it was.
        try refused(
            dealership,
            "sed '$ s/.$/~/' all > changed; if cmp -s all changed; then exit; fi; "
                + "\"$kpi\" partial \"$job\" < changed > s; " + finalize, "rows-not-proved")
        try refused(dealership, "\"$kpi\" finalize \"$job\" out/work/merged.state -o f", "rows-not-proved")
        try refused(
            dealership, "echo '1 2' > c; \"$kpi\" finalize \"$job\" out/work/merged.state --control c -o f",
            "control-unreadable")
        try refused(
            dealership,
            "awk -F '\\t' -v OFS='\\t' '{ $5 = 1; print }' out/work/control.tsv > c; "
                + "\"$kpi\" finalize \"$job\" out/work/merged.state --control c -o f",
            "rows-not-proved")
        // A sum as some programs write large numbers is none that could be compared.
        try refused(
            dealership,
            "awk -F '\\t' -v OFS='\\t' '{ $4 = \"1.2e+13\"; print }' out/work/control.tsv > c; "
                + "\"$kpi\" finalize \"$job\" out/work/merged.state --control c -o f",
            "control-unreadable")
        #expect(!FileManager.default.fileExists(atPath: dealership.folder + "/f"))
        try refused(dealership, "\"$kpi\" partial d < /dev/null", "no-plan")
        try refused(dealership, ": > none; \"$kpi\" merge none", "no-partial")
        try refused(dealership, "\"$kpi\" plan spec.yaml d -o plan", "job-exists")
    }

    private func refused(_ dealership: Dealership, _ script: String, _ code: String) throws {
        let ran = try dealership.shell(script)
        #expect(ran.status != 0, "\(script)")
        #expect(ran.errors.contains("[\(code)]"), "\(script): \(ran.errors)")
    }

    @Test("without stores.csv, or with an export that is no text, there is no plan")
    func plans() throws {
        let dealership = try Dealership()
        try refused(
            dealership, "cp -r d e; gzip e/exports/ratings.csv; \"$kpi\" plan spec.yaml e -o p --engine sort",
            "plan-needs-text")
        try refused(
            dealership, "rm e/exports/stores.csv; \"$kpi\" plan spec.yaml e -o q --engine sort",
            "plan-needs-stores")
    }
}
