import Basis
import Foundation
import GRDB
import Programs
import Store
import Testing

/// A single changed value, a row taken out or put in, entries in another order: each is found and named.
@Suite("Ledger, changed")
struct LedgerChangeTests {
    private struct Made: ~Copyable {
        let folder: ScratchFolder
        let file: LedgerFile
        let bytes: Data

        init() throws {
            let scratch = try ScratchFolder()
            let made = LedgerFile(directory: scratch.path)
            try MadeLedger.fill(made)
            let content = try #require(FileManager.default.contents(atPath: made.path))
            folder = scratch
            file = made
            bytes = content
        }

        func restore() throws { try bytes.write(to: URL(filePath: file.path)) }
    }

    @Test("each column of each table, its hash and its checks", arguments: LedgerTable.allCases)
    func everyColumn(_ table: LedgerTable) throws {
        let made = try Made()
        let name = table.rawValue
        let columns = table.columns.filter { !["entry", "position"].contains($0.name) }
        for column in columns.map({ ($0.name, $0.isWhole) }) + [("hash", false), ("checks", false)] {
            try made.restore()
            let key = table == .entry ? "number" : "entry * 1000 + position"
            var changed: (entry: Int, position: Int)?
            try MadeLedger.tamper(made.file) { db in
                // The middle row that has such a value.
                let order = table == .entry ? "number, 0" : "entry, position"
                let rows = try Row.fetchAll(
                    db, sql: "SELECT \(order), \(key) FROM \(name) WHERE \(column.0) IS NOT NULL ORDER BY 1, 2")
                let row = try #require(rows.isEmpty ? nil : rows[rows.count / 2], "\(name).\(column.0) is never set")
                changed = (row[0], row[1])
                let value = column.0 == "number" ? "77" : column.1 ? "\(column.0) + 1" : one(column.0)
                try db.execute(sql: "UPDATE \(name) SET \(column.0) = \(value) WHERE \(key) = \(row[2] as Int)")
            }
            let findings = try made.file.reading().findings
            let place = try #require(changed)
            let entry = column.0 == "number" ? 77 : place.entry
            let own = findings.filter { $0.table == table && $0.entry == entry && ($0.position ?? 0) == place.position }
            #expect(own.contains { $0.columns == [column.0] }, "\(name).\(column.0): \(findings)")
            if !["number", "hash", "contents"].contains(column.0) {
                #expect(findings.count == 1, "\(name).\(column.0): \(findings)")
            }
        }
    }

    /// SQL for the text with its first letter another, or a letter more where it is empty.
    private func one(_ column: String) -> String {
        "CASE WHEN \(column) = '' THEN 'x' WHEN \(column) LIKE '0%' THEN '1' || substr(\(column), 2) "
            + "ELSE '0' || substr(\(column), 2) END"
    }

    @Test("a row taken out, put in, moved to another entry", arguments: LedgerTable.children)
    func rows(_ table: LedgerTable) throws {
        let made = try Made()
        let name = table.rawValue
        let entry: Int = try DatabaseQueue(path: made.file.path).read {
            try Int.fetchOne($0, sql: "SELECT max(entry) FROM \(name)") ?? 0
        }
        let columns = table.columns.map(\.name) + ["checks", "hash"]
        let rest = columns.dropFirst(2).joined(separator: ", ")
        for (what, sql) in [
            ("missing", "DELETE FROM \(name) WHERE entry = \(entry) AND position = 0"),
            (
                "missing",
                "DELETE FROM \(name) WHERE entry = \(entry) "
                    + "AND position = (SELECT max(position) FROM \(name) WHERE entry = \(entry))"
            ),
            (
                "added",
                "INSERT INTO \(name) SELECT entry, max(position) + 1, \(rest) FROM \(name) WHERE entry = \(entry)"
            ),
            ("no entry", "INSERT INTO \(name) SELECT 9, 0, \(rest) FROM \(name) LIMIT 1"),
            ("no entry", "UPDATE \(name) SET entry = 9 WHERE entry = \(entry)"),
        ] {
            try made.restore()
            try MadeLedger.tamper(made.file) { try $0.execute(sql: sql) }
            let findings = try made.file.reading().findings
            #expect(findings.contains { $0.table == table && $0.words.contains(what) }, "\(sql): \(findings)")
        }
    }

    @Test("entries taken out, put in another order, rewritten with hashes of their own")
    func entries() throws {
        let made = try Made()
        try MadeLedger.tamper(made.file) { db in
            try db.execute(sql: "DELETE FROM ledger_entry WHERE number = 2")
        }
        var findings = try made.file.reading().findings
        #expect(findings.contains { $0.entry == 2 && $0.words.contains("missing") }, "\(findings)")
        try made.restore()
        try MadeLedger.tamper(made.file) { db in
            try db.execute(sql: "UPDATE ledger_entry SET number = 99 WHERE number = 2")
            try db.execute(sql: "UPDATE ledger_entry SET number = 2 WHERE number = 3")
            try db.execute(sql: "UPDATE ledger_entry SET number = 3 WHERE number = 99")
        }
        findings = try made.file.reading().findings
        #expect(findings.contains { $0.entry == 2 && $0.columns.contains("number") }, "\(findings)")
        // Somebody who knows how hashes are made: the row is sound by itself, its entry is not.
        try made.restore()
        try MadeLedger.tamper(made.file) { db in
            try db.execute(
                sql:
                    "UPDATE ledger_change SET hash = (SELECT hash FROM ledger_approval LIMIT 1) WHERE entry = 4"
            )
        }
        findings = try made.file.reading().findings
        #expect(findings.contains { $0.table == .change && $0.columns == ["hash"] }, "\(findings)")
        // A tail cut off is what a chain cannot show: the head kept elsewhere does.
        try made.restore()
        let head = try made.file.reading().head
        try MadeLedger.tamper(made.file) { db in
            for table in LedgerTable.children { try db.execute(sql: "DELETE FROM \(table.rawValue) WHERE entry = 5") }
            try db.execute(sql: "DELETE FROM ledger_entry WHERE number = 5")
        }
        let cut = try made.file.reading()
        #expect(cut.findings.isEmpty && cut.head != head)
    }

    @Test("a whole entry written anew with sound hashes breaks the chain")
    func rewritten() throws {
        let folder = try ScratchFolder()
        let file = LedgerFile(directory: folder.path)
        var forged = MadeLedger.close()
        forged.people[0].amount = Money(minorUnits: 99_999)
        try file.append([forged], onto: file.reading())
        let other = try ScratchFolder()
        let sound = LedgerFile(directory: other.path)
        try MadeLedger.fill(sound)
        // The forged first entry in front of the sound others.
        try MadeLedger.tamper(sound) { db in
            for table in LedgerTable.children { try db.execute(sql: "DELETE FROM \(table.rawValue) WHERE entry = 1") }
            try db.execute(sql: "DELETE FROM ledger_entry WHERE number = 1")
        }
        try MadeLedger.tamper(sound, attaching: file.path) { db in
            for table in LedgerTable.allCases {
                try db.execute(sql: "INSERT INTO main.\(table.rawValue) SELECT * FROM other.\(table.rawValue)")
            }
        }
        let findings = try sound.reading().findings
        #expect(findings.contains { $0.entry == 2 && $0.columns == ["previous_hash"] }, "\(findings)")
    }

    @Test("a trigger or table that is not as it was made")
    func schema() throws {
        let made = try Made()
        let queue = try DatabaseQueue(path: made.file.path)
        try queue.write { try $0.execute(sql: "DROP TRIGGER ledger_row_kept") }
        #expect(try made.file.reading().findings.map(\.words) == ["ledger_row_kept is gone"])
        try queue.write {
            try $0.execute(sql: "CREATE TRIGGER ledger_row_kept BEFORE UPDATE ON ledger_row BEGIN SELECT 1; END")
            try $0.execute(sql: "CREATE TRIGGER quiet AFTER INSERT ON ledger_entry BEGIN SELECT 1; END")
        }
        let words = try made.file.reading().findings.map(\.words)
        #expect(words == ["ledger_row_kept is not as it was made", "quiet is not of the ledger's making"])
        try queue.write { try $0.execute(sql: "CREATE TABLE messages (a)") }
        #expect(try made.file.reading().findings.count == 2)
    }

    @Test("any byte of the file is found: in a record, or where no record is")
    func anyByte() throws {
        let made = try Made()
        let whole = try made.file.reading { _ in true }
        var state: UInt64 = 20_261_122
        var found = 0
        for _ in 0..<400 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            var bytes = made.bytes
            let place = Int(state >> 20) % bytes.count
            bytes[place] ^= UInt8(truncatingIfNeeded: state >> 11) | 1
            try bytes.write(to: URL(filePath: made.file.path))
            do {
                let reading = try made.file.reading { _ in true }
                if reading.findings.isEmpty {
                    #expect(reading.entries == whole.entries, "byte \(place) changes what is read, and nobody sees it")
                    // What the file says of itself alone: how often and by which SQLite it was written.
                    let isCounter = (24..<28).contains(place) || (40..<44).contains(place) || (92..<100).contains(place)
                    #expect(try isCounter || made.file.packing() != .packed, "byte \(place)")
                } else {
                    found += 1
                }
            } catch {
                found += 1
            }
            for ending in ["-journal", "-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: made.file.path + ending)
            }
        }
        #expect(found > 100, "\(found) of 400")
    }
}
