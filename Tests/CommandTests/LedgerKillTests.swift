import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// A closing that is killed leaves the old ledger or the new one, and the next closing works.
@Suite("kpi rewards: killed, crowded, full")
struct LedgerKillTests {
    private typealias Dealership = RewardDealership

    private static func arguments(_ folder: String) -> [String] {
        ["rewards", "close", folder, "--month", "2026-10", "--on", "2026-11-03"] + Dealership.approved
    }

    private static func entries(_ count: Int) -> String { count == 1 ? "1 entry," : "\(count) entries," }

    private func start(_ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = Program.path
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    private static func microseconds(_ time: Duration) -> Double { time / .microseconds(1) }

    /// Half of the kills are spread over the whole run, half come within milliseconds of the writing.
    @Test("kill -9 at 100 points: old state or new, never half", arguments: [true, false])
    func killed(isFirst: Bool) throws {
        let folder = try ScratchFolder()
        try Dealership().write(folder)
        let file = URL(filePath: folder.path + "/rewards.sqlite")
        let journal = file.path() + "-journal"
        if !isFirst { #expect(try Dealership.close(folder, "2026-09", on: "2026-11-03").status == 0) }
        let old = try? Data(contentsOf: file)
        let base = isFirst ? 0 : 1
        // How long a whole run and its writing take here, now: kills are spread over what this machine needs.
        let clock = ContinuousClock()
        let begin = clock.now
        let unhurried = try start(Self.arguments(folder.path))
        while unhurried.isRunning, access(journal, F_OK) != 0 { usleep(50) }
        let writing = clock.now
        unhurried.waitUntilExit()
        #expect(unhurried.terminationStatus == 0)
        let (whole, written) = (clock.now - begin, clock.now - writing)
        let new = try Program.run("rewards", "ledger", folder.path, "--format", "json").out
        var state: UInt64 = isFirst ? 1 : 2
        var counts = (old: 0, new: 0)
        // The machine may be busier or idler than when it was measured: later after an old state, sooner after a new
        // one.
        var pace = 1.0
        for round in 0..<50 {
            try? FileManager.default.removeItem(atPath: journal)
            try? FileManager.default.removeItem(at: file)
            try old?.write(to: file)
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let share = Double(state >> 33) / Double(UInt32.max >> 1)
            let process = try start(Self.arguments(folder.path))
            if round % 2 == 0 {
                usleep(UInt32(min(pace * share * 1.1 * Self.microseconds(whole), 1e8)))
            } else {
                while process.isRunning, access(journal, F_OK) != 0 { usleep(50) }
                usleep(UInt32(min(pace * share * 1.5 * Self.microseconds(written), 1e8)))
            }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            let verified = try Dealership.verify(folder)
            #expect(verified.status == 0, "round \(round): \(verified.errors)")
            let isNew = verified.out.hasPrefix(Self.entries(base + 1))
            pace *= isNew ? 0.8 : 1.25
            if isNew {
                counts.new += 1
                #expect(verified.out.contains("head "))
            } else {
                counts.old += 1
                #expect(verified.out.hasPrefix(isFirst ? "nothing was closed yet" : Self.entries(1)), "\(verified.out)")
                #expect(try Program.run(list: Self.arguments(folder.path)).status == 0)
                #expect(try Dealership.verify(folder).out.hasPrefix(Self.entries(base + 1)))
            }
            #expect(try Program.run("rewards", "ledger", folder.path, "--format", "json").out == new, "round \(round)")
        }
        #expect(counts.old > 5 && counts.new > 0, "\(counts)")
    }

    @Test("two closings at once: one wins, the other says so")
    func crowded() throws {
        let folder = try ScratchFolder()
        try Dealership().write(folder)
        let processes = try (0..<4).map { _ in try start(Self.arguments(folder.path)) }
        for process in processes { process.waitUntilExit() }
        #expect(processes.map(\.terminationStatus).sorted() == [0, 1, 1, 1])
        #expect(try Dealership.verify(folder).out.hasPrefix(Self.entries(1)))
        let late = try Program.run(list: Self.arguments(folder.path))
        #expect(late.errors.contains("error[month-closed]"))
    }

    @Test("a disk that is full: nothing is written, and it says so")
    func full() throws {
        let folder = try ScratchFolder()
        try Dealership().write(folder)
        let quoted = Self.arguments(folder.path).map { "'\($0)'" }.joined(separator: " ")
        let script = "trap '' XFSZ; ulimit -f 24; exec '\(Program.path.path())' \(quoted)"
        let ran = try Program.run(URL(filePath: "/bin/bash"), ["-c", script])
        #expect(ran.status == 1 && ran.errors.contains("error[cannot-write]"), "\(ran.errors)")
        #expect(try Dealership.verify(folder).out.hasPrefix("nothing was closed yet"))
        #expect(try Program.run(list: Self.arguments(folder.path)).status == 0)
    }

    @Test("a folder that cannot be written: it says so")
    func readOnly() throws {
        let folder = try ScratchFolder()
        try Dealership().write(folder)
        // Whoever runs the tests may write everywhere; where a folder should be, nobody can make a file.
        let file = folder.path + "/rewards.sqlite"
        try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: true)
        let ran = try Program.run(list: Self.arguments(folder.path))
        #expect(ran.status == 1 && ran.errors.contains("rewards.sqlite: error["), "\(ran.errors)")
    }
}
