import Foundation
import Testing

/// The same exports through the store in many ways give the figures that the files themselves give.
@Suite("kpi import")
struct ImportCommandTests {
    /// Two stores, four months, dirty rows and all.
    private static func sample() throws -> ScratchFolder {
        let folder = try ScratchFolder()
        #expect(try Program.run("sample", folder.path + "/d", "--stores", "2", "--months", "4").status == 0)
        return folder
    }

    private static let spec = """
        tables:
          - { name: answers, measure: first-response-time, by: [store, channel, month],
              columns: [conversations, answered, in_time] }
          - { name: sales, measure: service-to-sales, view: by-visit, by: [store, month],
              columns: [visits, customers, households] }
          - { name: impact, measure: outage-impact, by: [outage], columns: [outages, open_seconds_down] }
          - { name: volumes, measure: volume, by: [store, month], columns: [visits, leads, appointments] }
          - { name: leads, measure: lead-response-time, by: [person, month], columns: [conversations, in_time] }
        """

    /// All tables, name and text.
    private static func figures(_ folder: String, _ arguments: [String] = []) throws -> [String] {
        let spec = folder + "/spec.yaml"
        try self.spec.write(toFile: spec, atomically: true, encoding: .utf8)
        let out = folder + "/tables"
        let ran = try Program.run(list: ["tables", spec, folder + "/d", "-o", out] + arguments)
        #expect(ran.status == 0, "\(ran.errors)")
        return try FileManager.default.contentsOfDirectory(atPath: out).sorted().map { name in
            name + "\n" + (try String(contentsOfFile: "\(out)/\(name)", encoding: .utf8))
        }
    }

    private static func imported(_ folder: String) throws -> String {
        let ran = try Program.run("import", folder + "/d")
        #expect(ran.status == 0, "\(ran.errors)")
        return ran.out
    }

    /// Header lines, then rows, of every export; all of the sample's have one header line but for the repair orders.
    private static func change(
        _ folder: String, _ edit: (_ name: String, _ rows: [String]) throws -> [String]
    ) throws {
        let exports = folder + "/d/exports"
        for name in try FileManager.default.contentsOfDirectory(atPath: exports).sorted() {
            let path = "\(exports)/\(name)"
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(
                separator: "\n", omittingEmptySubsequences: false
            ).map(String.init)
            let header = lines.firstIndex { $0.split(whereSeparator: { ",\t;".contains($0) }).count > 2 } ?? 0
            let rows = Array(lines[(header + 1)...].filter { !$0.isEmpty })
            let text = try (lines[...header] + edit(name, rows)).joined(separator: "\n") + "\n"
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        }
    }

    @Test("once, twice, shuffled, in two halves: the figures of the files")
    func ways() throws {
        let folder = try Self.sample()
        let files = try Self.figures(folder.path)
        let checked = try Program.run("check", folder.path + "/d")
        let first = try Self.imported(folder.path)
        #expect(first.hasPrefix("import 1: 24 files\n"))
        #expect(try Self.figures(folder.path) == files)
        let kept = try Program.run("check", folder.path + "/d")
        #expect(kept.out == checked.out)
        #expect(kept.errors == checked.errors)
        #expect(try Self.imported(folder.path) == "nothing new: 24 files imported before\n")

        try Self.change(folder.path) { _, rows in
            var random = SeededOrder(7)
            return rows.shuffled(using: &random)
        }
        let shuffled = try Self.imported(folder.path)
        #expect(shuffled.hasPrefix("import 2: "))
        #expect(!shuffled.contains("correct earlier"), "\(shuffled)")
        #expect(try Self.figures(folder.path) == files)

        // Halves into a store of their own.
        try FileManager.default.removeItem(atPath: folder.path + "/d/kpi.sqlite")
        let whole = folder.path + "/d/exports"
        let backup = folder.path + "/whole"
        try FileManager.default.copyItem(atPath: whole, toPath: backup)
        for half in 0..<2 {
            try FileManager.default.removeItem(atPath: whole)
            try FileManager.default.copyItem(atPath: backup, toPath: whole)
            try Self.change(folder.path) { _, rows in
                Array(half == 0 ? rows[..<(rows.count / 2)] : rows[(rows.count / 2)...])
            }
            #expect(try Self.imported(folder.path).hasPrefix("import \(half + 1): "))
        }
        #expect(try Self.figures(folder.path) == files)
    }

    @Test("a corrected row: the figures of the corrected files, and explain says what it was; undone, as before")
    func corrected() throws {
        let folder = try Self.sample()
        let before = try Self.figures(folder.path)
        _ = try Self.imported(folder.path)
        // A question of the last months came an hour earlier.
        var changed = ""
        try Self.change(folder.path) { name, rows in
            guard name == "email.csv" else { return rows }
            var rows = rows
            let index = try #require(
                rows.lastIndex { $0.contains("-1,EM") && $0.contains(",inbound,") && $0.contains(" 10:") })
            changed = String(rows[index].prefix { $0 != "," })
            rows[index] = rows[index].replacing(" 10:", with: " 09:")
            return rows
        }
        let second = try Self.imported(folder.path)
        #expect(second.contains("exports/email.csv (messages): "))
        #expect(second.contains("1 correct earlier ones"), "\(second) \(changed)")
        let now = try Self.figures(folder.path)
        #expect(now == (try Self.figures(folder.path, ["--exports"])))
        let explained = try Program.run(
            "explain", "RESP-02@2026-10;channel=email", folder.path + "/d", "--rows", "-")
        #expect(explained.errors.contains("corrected by a later import"), "\(explained.errors)")
        let row = explained.out.split(whereSeparator: \.isNewline).first { $0.contains("since import 2") } ?? ""
        #expect(row.contains("before: exports/email.csv:") && row.contains("(imports 1 to 1)"), "\(row)")

        let undone = try Program.run("undo", folder.path + "/d", "2")
        #expect(undone.status == 0 && undone.out == "import 2 undone: 1 rows taken out\n", "\(undone)")
        #expect(try Self.figures(folder.path) == before)
        let stale = try Program.run("check", folder.path + "/d")
        #expect(stale.errors.contains("warning[not-imported]"), "\(stale.errors)")
        #expect(try Self.imported(folder.path).hasPrefix("import 3: 1 file"))
        #expect(try Self.figures(folder.path) == now)
        let list = try Program.run("imports", folder.path + "/d").out
        #expect(list.contains("known, undone") || list.contains(", undone"), "\(list)")
    }

    @Test("imports that are none, that later ones build on, and files that are no store")
    func refused() throws {
        let folder = try ScratchFolder()
        try RewardDealership().write(folder)
        #expect(try Program.run("imports", folder.path).out == "nothing was imported yet\n")
        #expect(try Program.run("undo", folder.path, "1").errors.contains("error[unknown-import]"))
        #expect(try Program.run("import", folder.path).status == 0)
        let messages = folder.path + "/messages.csv"
        let path = FileManager.default.fileExists(atPath: messages) ? messages : folder.path + "/exports/messages.csv"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let lines = text.split(separator: "\n")
        try lines.dropLast().joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        #expect(try Program.run("import", folder.path).out.hasPrefix("import 2: 1 file"))
        let refused = try Program.run("undo", folder.path, "1")
        #expect(refused.status == 1 && refused.errors.contains("undo 2 first"), "\(refused.errors)")
        #expect(try Program.run("undo", folder.path, "2").status == 0)
        #expect(try Program.run("undo", folder.path, "1").status == 0)

        let store = folder.path + "/kpi.sqlite"
        for name in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: store + name) }
        try "no database at all, only words of somebody".write(toFile: store, atomically: true, encoding: .utf8)
        let foreign = try Program.run("import", folder.path)
        #expect(foreign.status == 1 && foreign.errors.contains("error[foreign-database]"), "\(foreign.errors)")
        #expect(try String(contentsOfFile: store, encoding: .utf8).hasPrefix("no database"))

        // The ledger had this name once.
        try FileManager.default.removeItem(atPath: store)
        #expect(try RewardDealership.close(folder, "2026-09", on: "2026-11-03").status == 0)
        try FileManager.default.moveItem(atPath: folder.path + "/rewards.sqlite", toPath: store)
        let ledger = try Program.run("import", folder.path)
        #expect(ledger.status == 1 && ledger.errors.contains("mv kpi.sqlite rewards.sqlite"), "\(ledger.errors)")
    }

    @Test("rows whose mapping is gone are told of; a quote that is never closed is not imported")
    func unmapped() throws {
        let folder = try ScratchFolder()
        try RewardDealership().write(folder)
        let exports = FileManager.default.fileExists(atPath: folder.path + "/exports") ? "/exports" : ""
        let settings = try folder.read("dealership.yaml")
        let mapped = settings + (settings.contains("exports:") ? "" : "exports: { leads: { file: \"web_*.csv\" } }\n")
        #expect(mapped != settings)
        try folder.write(mapped, "dealership.yaml")
        try "lead_id,customer_id,created_at\n1,C-1,2026-10-01T10:00\n".write(
            toFile: folder.path + exports + "/web_1.csv", atomically: true, encoding: .utf8)
        #expect(try Program.run("import", folder.path).status == 0)
        try folder.write(settings, "dealership.yaml")
        let checked = try Program.run("check", folder.path)
        #expect(checked.errors.contains("warning[unmapped-rows]"), "\(checked.errors)")
        try folder.write(mapped, "dealership.yaml")
        try "lead_id,customer_id,created_at\n2,\"C-2,2026-10-01T10:00\n3,C-3,2026-10-02T10:00\n".write(
            toFile: folder.path + exports + "/web_2.csv", atomically: true, encoding: .utf8)
        let refused = try Program.run("import", folder.path)
        #expect(refused.status == 1)
        #expect(refused.errors.contains("web_2.csv:2: error[unclosed-quote-import]"), "\(refused)")
    }

    @Test("bad exports: every fault is told and nothing is imported")
    func faults() throws {
        let folder = try ScratchFolder()
        try RewardDealership().write(folder)
        let exports = FileManager.default.fileExists(atPath: folder.path + "/exports") ? "/exports" : ""
        try "lead_id,created_at\n1,2026-10-01\n".write(
            toFile: folder.path + exports + "/leads.csv", atomically: true, encoding: .utf8)
        try "rating,x\n".write(toFile: folder.path + exports + "/ratings.csv", atomically: true, encoding: .utf8)
        let ran = try Program.run("import", folder.path)
        #expect(ran.status == 1)
        #expect(ran.errors.contains("leads.csv") && ran.errors.contains("ratings.csv"), "\(ran.errors)")
        #expect(try Program.run("imports", folder.path).out == "nothing was imported yet\n")
    }
}

/// A linear congruential generator: the same order in every run.
private struct SeededOrder: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
