import Basis
import Foundation
import GRDB
import Programs
@testable import Store
import Testing

/// What was issued comes back as it was, stays, and is told from what was changed.
@Suite("Issued reports")
struct IssuedReportsTests {
    private static let october = Month(year: 2026, month: 10)

    private func figures(_ sales: String = "33") -> [IssuedFigure] {
        [
            IssuedFigure(page: 1, id: "S2S-01@2026-10", label: "sales, \"from\" service", estimate: sales, n: 33),
            IssuedFigure(
                page: 3, id: "RESP-02@2026-10;channel=sms", label: "Text, answered in time", estimate: "0.807212",
                lower: "0.776820", upper: "0.834349", n: 721, method: "Wilson"),
            IssuedFigure(page: 3, id: "RESP-08@2026-10", label: "nine in ten, seconds", estimate: ">864000", n: 9),
            IssuedFigure(page: 4, id: "HAND-01@2026-10", label: "handoffs", estimate: ""),
        ]
    }

    private func issue(
        _ figures: [IssuedFigure], month: Month = IssuedReportsTests.october, store: String = ""
    ) -> IssuedReport {
        IssuedReport(
            subject: .init(report: "monthly", store: store, about: "vendor=N"), month: month, on: month.lastDay + 3,
            asOf: Instant(seconds: 1_793_500_000), asOfDay: month.lastDay,
            firstDays: ["messages": month.firstDay, "sales": month.firstDay + 1], settings: "abc", program: "0.1.0",
            figures: figures)
    }

    @Test("issues and figures come back as they were written; nobody else may read the file")
    func roundTrip() throws {
        let folder = try ScratchFolder()
        let store = IssuedReports(directory: folder.path)
        #expect(try store.issues().isEmpty)
        #expect(!FileManager.default.fileExists(atPath: store.path))
        let kept = try store.keep(issue(figures()), figures())
        #expect(kept.number == 1 && kept.isNew)
        var expected = issue(figures())
        expected.number = 1
        #expect(try store.issues() == [expected])
        #expect(try store.figures(of: expected) == figures())
        let mode = try FileManager.default.attributesOfItem(atPath: store.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("many who issue at once make one file, each its issue", arguments: 0..<10)
    func together(round: Int) async throws {
        let folder = try ScratchFolder()
        let path = folder.path
        let stores = (1...8).map { "S\($0)" }
        let own = figures()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for store in stores {
                let one = issue(own, store: store)
                group.addTask { _ = try IssuedReports(directory: path).keep(one, own) }
            }
            try await group.waitForAll()
        }
        let issues = try IssuedReports(directory: path).issues()
        #expect(issues.map(\.number) == Array(1...8))
        #expect(Set(issues.map(\.subject.store)) == Set(stores))
    }

    @Test("the same again is no new issue; other figures, months and stores are")
    func again() throws {
        let folder = try ScratchFolder()
        let store = IssuedReports(directory: folder.path)
        try store.keep(issue(figures()), figures())
        let same = try store.keep(issue(figures()), figures())
        #expect(same.number == 1 && !same.isNew)
        #expect(try store.keep(issue(figures("34")), figures("34")).number == 2)
        // Back to what the first issue said: it is what the dealership says last.
        #expect(try store.keep(issue(figures()), figures()).number == 3)
        #expect(try store.keep(issue(figures(), month: Self.october + 1), figures()).number == 4)
        #expect(try store.keep(issue(figures(), store: "S1"), figures()).number == 5)
        #expect(try store.issues().map(\.figureCount) == [4, 4, 4, 4, 4])
    }

    @Test("what was issued cannot be changed or deleted, and is missed where somebody did it all the same")
    func changed() throws {
        let folder = try ScratchFolder()
        let store = IssuedReports(directory: folder.path)
        try store.keep(issue(figures()), figures())
        let own = try #require(try store.issues().first)
        let queue = try DatabaseQueue(path: store.path)
        let acts = [
            "UPDATE issued_figure SET estimate = '99'", "DELETE FROM issued_figure", "DELETE FROM issued_report",
        ]
        for act in acts {
            #expect(throws: DatabaseError.self) { try queue.write { try $0.execute(sql: act) } }
        }
        try queue.write { db in
            try db.execute(sql: "DROP TRIGGER issued_figure_no_update")
            try db.execute(sql: "UPDATE issued_figure SET estimate = '99' WHERE position = 0")
        }
        try queue.close()
        #expect(rejected { try store.figures(of: own) } == ["issue-changed"])
    }

    @Test("another program's file, no database, and a newer program's are refused and left alone")
    func foreign() throws {
        let folder = try ScratchFolder()
        let store = IssuedReports(directory: folder.path)
        try DatabaseQueue(path: store.path).write { try $0.execute(sql: "CREATE TABLE theirs (a)") }
        let theirs = try Data(contentsOf: URL(filePath: store.path))
        #expect(rejected { try store.issues() } == ["foreign-database"])
        #expect(rejected { try store.keep(issue(figures()), figures()) } == ["foreign-database"])
        #expect(try Data(contentsOf: URL(filePath: store.path)) == theirs)
        try Data("issue,month\n1,2026-10\n".utf8).write(to: URL(filePath: store.path))
        #expect(rejected { try store.issues() } == ["foreign-database"])
        try FileManager.default.removeItem(atPath: store.path)
        try store.keep(issue(figures()), figures())
        try DatabaseQueue(path: store.path).write {
            try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('issued-2')")
        }
        #expect(rejected { try store.issues() } == ["newer-database"])
    }

    @Test("the tables stand beside others in one file, whose migrations come before or after")
    func beside() throws {
        let folder = try ScratchFolder()
        let path = "\(folder.path)/kpi.sqlite"
        var migrator = DatabaseMigrator()
        migrator.registerMigration("records-1") { try $0.execute(sql: "CREATE TABLE record (a INTEGER)") }
        let queue = try DatabaseQueue(path: path)
        try migrator.migrate(queue)
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA application_id = 7") }
        let store = IssuedReports(path: path, application: 7)
        #expect(try store.issues().isEmpty)
        try store.keep(issue(figures()), figures())
        IssuedSchema.migrate(&migrator)
        try migrator.migrate(queue)
        #expect(try store.issues().count == 1)
        #expect(try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM record") } == 0)
    }

    private func rejected(_ work: () throws -> some Any) -> [String] {
        do {
            _ = try work()
            return []
        } catch let rejection as Rejection {
            return rejection.diagnostics.map(\.code)
        } catch {
            return ["\(error)"]
        }
    }
}
