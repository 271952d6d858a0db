import Foundation
import Testing

/// Libraries that are looked for only when an export needs them.
@Suite("Libraries that are not installed")
struct LateLibraryTests {
    /// Runs the program where the named libraries cannot be opened: files of their names that are none come first.
    private static func run(without libraries: [String], _ arguments: [String]) throws -> Program.Ran {
        let folder = try ScratchFolder()
        for name in libraries { try Data().write(to: URL(filePath: "\(folder.path)/\(name)")) }
        let words = ["LD_LIBRARY_PATH=\(folder.path)", Program.path.path()] + arguments
        return try Program.run(URL(filePath: "/usr/bin/env"), words)
    }

    private static let errors = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Errors")

    @Test("a workbook without libzip: it says so, and CSV is read all the same")
    func zip() throws {
        let missing = ["libzip.so.4", "libzip.so.5", "libpq.so.5"]
        let workbook = Self.errors.appending(path: "hidden-sheet").path()
        let ran = try Self.run(without: missing, ["check", workbook])
        #expect(ran.status == 1 && ran.errors.contains("error[no-libzip]"), "\(ran)")
        #expect(try !Program.run("check", workbook).errors.contains("no-libzip"))
        let text = Self.errors.appending(path: "total-row").path()
        #expect(try Self.run(without: missing, ["check", text]).errors == Program.run("check", text).errors)
    }

    @Test("rows of PostgreSQL without libpq: it says so")
    func postgres() throws {
        let folder = try ScratchFolder()
        let settings = """
            name: R
            currency: USD
            time-zone: America/Chicago
            exports:
              leads: { postgres: { connect: "host=127.0.0.1 port=1", table: leads } }

            """
        try settings.write(toFile: folder.path + "/dealership.yaml", atomically: true, encoding: .utf8)
        let ran = try Self.run(without: ["libpq.so.5"], ["check", folder.path])
        #expect(ran.status == 1 && ran.errors.contains("error[no-libpq]"), "\(ran)")
        let with = try Program.run("check", folder.path)
        #expect(with.errors.contains("error[postgres-connect]"), "\(with)")
    }
}
