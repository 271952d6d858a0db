import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// An import that is killed, or that the disk has no room for, leaves the store as it was.
@Suite("kpi import: killed, crowded, full")
struct ImportKillTests {
    /// `KPI_IMPORT_KILLS=200` for a long run.
    private static var rounds: Int { Int(ProcessInfo.processInfo.environment["KPI_IMPORT_KILLS"] ?? "") ?? 24 }

    private static let spec = """
        tables:
          - { name: answers, measure: first-response-time, by: [channel, month], columns: [conversations, in_time] }
          - { name: sales, measure: service-to-sales, view: by-visit, by: [month], columns: [visits, customers] }
        """

    private static func figures(_ folder: String, _ dealership: String) throws -> String {
        try spec.write(toFile: folder + "/spec.yaml", atomically: true, encoding: .utf8)
        let out = folder + "/tables"
        let ran = try Program.run("tables", folder + "/spec.yaml", dealership, "-o", out)
        #expect(ran.status == 0, "\(ran.errors)")
        return try ["answers.csv", "sales.csv"].map { name in
            try String(contentsOfFile: "\(out)/\(name)", encoding: .utf8)
        }.joined()
    }

    private static func start(_ dealership: String) throws -> Process {
        let process = Process()
        process.executableURL = Program.path
        process.arguments = ["import", dealership]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    private static func sample(_ folder: borrowing ScratchFolder) throws -> String {
        let path = folder.path + "/d"
        #expect(try Program.run("sample", path, "--months", "3").status == 0)
        return path
    }

    @Test("kill -9 at random points: nothing half is in it, and the same import again completes")
    func killed() throws {
        let folder = try ScratchFolder()
        let path = try Self.sample(folder)
        let files = try Self.figures(folder.path, path)
        let clock = ContinuousClock()
        let begin = clock.now
        #expect(try Program.run("import", path).status == 0)
        let whole = (clock.now - begin) / .microseconds(1)
        let store = path + "/kpi.sqlite"
        var state: UInt64 = 11
        var completed = 0
        // The machine may be busier or idler than when it was measured: later after nothing, sooner after a whole
        // import.
        var pace = 1.0
        for round in 0..<Self.rounds {
            for name in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: store + name) }
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let share = Double(state >> 33) / Double(UInt32.max >> 1)
            let process = try Self.start(path)
            usleep(UInt32(min(pace * share * 1.1 * whole, 1e8)))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            let listed = try Program.run("imports", path)
            #expect(listed.status == 0, "round \(round): \(listed.errors)")
            let isThere = listed.out.hasPrefix("1  ")
            #expect(isThere || listed.out == "nothing was imported yet\n", "round \(round): \(listed.out)")
            if isThere { completed += 1 }
            pace *= isThere ? 0.8 : 1.25
            let again = try Program.run("import", path)
            #expect(again.status == 0 && again.out.hasPrefix(isThere ? "nothing new" : "import 1: "), "\(again)")
            if round % 6 == 0 { #expect(try Self.figures(folder.path, path) == files, "round \(round)") }
        }
        #expect(completed < Self.rounds)
        #expect(try Self.figures(folder.path, path) == files)
    }

    @Test("four imports at once: one after the other or refused, and the rows are there once")
    func crowded() throws {
        let folder = try ScratchFolder()
        let path = try Self.sample(folder)
        let files = try Self.figures(folder.path, path)
        let processes = try (0..<4).map { _ in try Self.start(path) }
        for process in processes { process.waitUntilExit() }
        #expect(processes.contains { $0.terminationStatus == 0 })
        #expect(processes.allSatisfy { $0.terminationStatus < 2 })
        #expect(try Program.run("imports", path).out.split(separator: "\n").count { !$0.hasPrefix(" ") } == 1)
        #expect(try Self.figures(folder.path, path) == files)
    }

    @Test("a disk that is full: it says so, and the store is unharmed")
    func full() throws {
        let folder = try ScratchFolder()
        let path = try Self.sample(folder)
        let files = try Self.figures(folder.path, path)
        for blocks in [40, 400, 4_000] {
            let script = "trap '' XFSZ; ulimit -f \(blocks); exec '\(Program.path.path())' import '\(path)'"
            let ran = try Program.run(URL(filePath: "/bin/bash"), ["-c", script])
            #expect(ran.status == 1 && ran.errors.contains("error[cannot-write]"), "\(blocks): \(ran.errors)")
            #expect(try Program.run("imports", path).out == "nothing was imported yet\n")
        }
        #expect(try Program.run("import", path).status == 0)
        #expect(try Self.figures(folder.path, path) == files)
    }

    @Test("the store is its owner's alone")
    func mode() throws {
        let folder = try ScratchFolder()
        let path = try Self.sample(folder)
        #expect(try Program.run("import", path).status == 0)
        for name in ["", "-wal", "-shm"] {
            let attributes = try? FileManager.default.attributesOfItem(atPath: path + "/kpi.sqlite" + name)
            if let mode = attributes?[.posixPermissions] as? Int { #expect(mode == 0o600, "\(name)") }
        }
    }
}
