import Basis
import Foundation
import GRDB
import Programs
import Store
import Testing

/// What goes in comes out, nothing is changed afterwards, and a file that is none of ours is left alone.
@Suite("Ledger file")
struct LedgerFileTests {
    @Test("every value of every entry comes back; hashes chain the entries")
    func roundTrip() throws {
        let folder = try ScratchFolder()
        let file = LedgerFile(directory: folder.path)
        try MadeLedger.fill(file)
        let reading = try file.reading { _ in true }
        #expect(reading.findings.isEmpty, "\(reading.findings)")
        #expect(reading.entries.map(\.kind) == [.close, .dispute, .answer, .adjust, .close])
        #expect(reading.entries.map(\.number) == [1, 2, 3, 4, 5])
        var expected = MadeLedger.close()
        expected.number = 1
        expected.hash = reading.entries[0].hash
        #expect(reading.entries[0] == expected)
        var adjust = MadeLedger.adjust(MadeLedger.close(), number: 1)
        adjust.number = 4
        adjust.previous = reading.entries[2].hash
        adjust.hash = reading.entries[3].hash
        #expect(reading.entries[3] == adjust)
        for (a, b) in zip(reading.entries, reading.entries.dropFirst()) { #expect(b.previous == a.hash) }
        #expect(reading.head == reading.entries[4].hash && reading.head.count == 64)
        #expect(try file.reading().entries.allSatisfy(\.rows.isEmpty))
        #expect(try file.packing() == .packed)
    }

    @Test("an entry's hash is that which a few lines of Python make of the file (Scripts/oracles/ledger_oracle.py)")
    func hash() throws {
        let folder = try ScratchFolder()
        let file = LedgerFile(directory: folder.path)
        try file.append([MadeLedger.close()], onto: file.reading())
        let reading = try file.reading()
        #expect(reading.head == "0e6c88a519b56128f8ea96ee2e997a5a74f8b6844c9d5d47a920e410745dc633")
    }

    @Test("a file of many pages is packed after each entry")
    func packed() throws {
        let folder = try ScratchFolder()
        let file = LedgerFile(directory: folder.path)
        for month in 0..<4 {
            var close = MadeLedger.close(MadeLedger.october + month)
            close.rows = (0..<1_500).map { LedgerRow(MadeLedger.row($0 * (month + 1), person: "P-\($0 % 7)")) }
            try file.append([close], onto: file.reading())
            #expect(try file.packing() == .packed)
        }
        #expect(try file.reading { _ in true }.entries.map(\.rows.count) == [1_500, 1_500, 1_500, 1_500])
    }

    @Test("nothing is there before a first period is closed, and reading makes no file")
    func nothing() throws {
        let folder = try ScratchFolder()
        let file = LedgerFile(directory: folder.path)
        #expect(try file.reading().entries.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: file.path))
        // What a killed first close may leave.
        #expect(FileManager.default.createFile(atPath: file.path, contents: nil))
        #expect(try file.reading().entries.isEmpty)
        try file.append([MadeLedger.close()], onto: file.reading())
        #expect(try file.reading().entries.count == 1)
    }

    @Test("rows cannot be changed, deleted, replaced or put in later")
    func appendOnly() throws {
        let folder = try ScratchFolder()
        let file = LedgerFile(directory: folder.path)
        try MadeLedger.fill(file)
        let queue = try DatabaseQueue(path: file.path)
        for table in LedgerTable.allCases {
            let name = table.rawValue
            let column = table.columns[0].name
            let has = try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(name)") ?? 0 }
            #expect(has > 0, "\(name) has no row: it is not tested")
            for sql in [
                "UPDATE \(name) SET hash = 'x'", "DELETE FROM \(name)",
                "INSERT OR REPLACE INTO \(name) SELECT * FROM \(name) LIMIT 1",
                "UPDATE OR REPLACE \(name) SET \(column) = 1",
            ] {
                #expect(throws: DatabaseError.self, "\(sql)") { try queue.write { try $0.execute(sql: sql) } }
            }
        }
        #expect(throws: DatabaseError.self) {
            try queue.write { try $0.execute(sql: "INSERT INTO ledger_approval VALUES (1, 2, 'Mallory', '', '')") }
        }
        #expect(try file.reading().findings.isEmpty)
    }

    @Test("another program's database, a newer one's, and what is none are refused and left as they are")
    func foreign() throws {
        let folder = try ScratchFolder()
        let file = LedgerFile(directory: folder.path)
        func code(_ work: () throws -> Void) -> [String] {
            do {
                try work()
                return []
            } catch { return (error as? Rejection)?.diagnostics.map(\.code) ?? ["\(error)"] }
        }
        let queue = try DatabaseQueue(path: file.path)
        try queue.write { try $0.execute(sql: "CREATE TABLE theirs (a)") }
        #expect(code { _ = try file.reading() } == ["foreign-database"])
        #expect(code { try file.append([MadeLedger.close()], onto: LedgerReading()) } == ["foreign-database"])
        #expect(try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master") } == 1)
        try queue.close()
        try FileManager.default.removeItem(atPath: file.path)
        try MadeLedger.fill(file)
        let newer = try DatabaseQueue(path: file.path)
        try newer.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 2") }
        try newer.close()
        #expect(code { _ = try file.reading() } == ["newer-database"])
        try "a letter, long enough to be looked at as if it were a page of a database".write(
            toFile: file.path, atomically: true, encoding: .utf8)
        #expect(code { _ = try file.reading() } == ["foreign-database"])
    }

    @Test("a ledger that moved on meanwhile is not written onto; a locked one says so")
    func twoWriters() throws {
        let folder = try ScratchFolder()
        let file = LedgerFile(directory: folder.path)
        try MadeLedger.fill(file)
        let before = try file.reading()
        try file.append([MadeLedger.close(MadeLedger.october + 2)], onto: before)
        let late = #expect(throws: Rejection.self) {
            try file.append([MadeLedger.close(MadeLedger.october + 3)], onto: before)
        }
        #expect(late?.diagnostics.map(\.code) == ["ledger-moved"])
        #expect(try file.reading().entries.count == 6)
        let queue = try DatabaseQueue(path: file.path)
        try queue.writeWithoutTransaction { db in
            try db.inTransaction(.exclusive) {
                let locked = #expect(throws: Rejection.self) { try file.reading() }
                #expect(locked?.diagnostics.map(\.code) == ["database-locked"])
                return .rollback
            }
        }
    }

    @Test("an entry that cannot be written whole is not written at all")
    func atomic() throws {
        let folder = try ScratchFolder()
        let file = LedgerFile(directory: folder.path)
        try MadeLedger.fill(file)
        let before = FileManager.default.contents(atPath: file.path)
        let reading = try file.reading()
        let queue = try DatabaseQueue(path: file.path)
        let pages = try queue.read { try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0 }
        #expect(pages > 5)
        // A table in the middle is gone: everything before it is taken back.
        try queue.write { try $0.execute(sql: "ALTER TABLE ledger_outage RENAME TO elsewhere") }
        try queue.close()
        let changed = FileManager.default.contents(atPath: file.path)
        #expect(throws: Rejection.self) { try file.append([MadeLedger.close(MadeLedger.october + 2)], onto: reading) }
        #expect(FileManager.default.contents(atPath: file.path) == changed)
        #expect(before != changed)
    }
}
