import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// A report of each store in one run, as the program makes it.
@Suite("kpi report --store all")
struct BatchCommandTests {
    private static let stores = ["S1", "S2", "S3"]

    /// Three stores' telephone calls: few rows, so that what is timed and killed is the drawing.
    private static func calls(_ folder: borrowing ScratchFolder) throws -> String {
        let path = folder.path + "/d"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let made = try ScratchFolder()
        try MadeCalls(stores: stores, answered: { store, _ in 60 + 5 * Double(store) }).write(to: made)
        for name in try FileManager.default.contentsOfDirectory(atPath: made.path) {
            try FileManager.default.copyItem(atPath: made.path + "/" + name, toPath: path + "/" + name)
        }
        return path
    }

    /// Of the last line: how many stores were made, and how many pages each has.
    private static func told(_ ran: Program.Ran) -> (stores: Int, pages: Int)? {
        for line in ran.errors.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 4, words[3] == "pages", words[4] == "in",
                let stores = Int(words[0]), let pages = Int(words[2])
            else { continue }
            return (stores, pages)
        }
        return nil
    }

    private static func stores(_ ran: Program.Ran) -> Int? { told(ran)?.stores }

    /// Files by name; none that is hidden.
    private static func files(_ folder: String) throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        return try Dictionary(
            uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: URL(filePath: "\(folder)/\($0)"))) })
    }

    @Test("each PDF and its figures are those that one store alone gets, and the last line says how many")
    func same() throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/d"
        #expect(try Program.run("sample", path, "--stores", "3", "--months", "2").status == 0)
        let all = folder.path + "/all"
        let ran = try Program.run("report", "response", path, "--store", "all", "-o", all)
        #expect(ran.status == 0 && ran.out == all + "\n", "\(ran.errors)")
        #expect(Self.stores(ran) == 3 && (Self.told(ran)?.pages ?? 0) >= 12, "\(ran.errors)")
        #expect(!ran.errors.contains("\r"))
        let made = try Self.files(all)
        let first = try #require(made.keys.first { $0.hasSuffix("-S1.pdf") })
        let month = first.dropFirst("response-".count).dropLast("-S1.pdf".count)
        #expect(month.count == 7)
        #expect(Set(made.keys) == Set(Self.stores.flatMap {
            ["response-\(month)-\($0).pdf", "response-\(month)-\($0)-figures.csv"]
        } + ["batch.json", "group-\(month).pdf", "group-\(month)-figures.csv"]))
        for store in ["S1", "S3"] {
            let one = folder.path + "/\(store).pdf"
            let alone = try Program.run("report", "response", path, "--store", store, "-o", one)
            let figures = try #require(alone.out.split(separator: "\n").last)
            #expect(try Data(contentsOf: URL(filePath: one)) == made["response-\(month)-\(store).pdf"])
            #expect(
                try Data(contentsOf: URL(filePath: String(figures))) == made["response-\(month)-\(store)-figures.csv"])
        }
        let two = folder.path + "/two"
        #expect(try Program.run("report", "response", path, "--store", "S3,S1", "--tasks", "1", "-o", two).status == 0)
        let some = try Self.files(two)
        #expect(some.count == 5)
        #expect(some.filter { $0.key != "batch.json" }.allSatisfy { made[$0.key] == $0.value })
    }

    @Test("a store whose file cannot be written is listed with its remedy; the others are there")
    func fault() throws {
        let folder = try ScratchFolder()
        let path = try Self.calls(folder)
        let all = folder.path + "/all"
        #expect(try Program.run("report", "response", path, "--store", "all", "-o", all).status == 0)
        let made = try Self.files(all)
        let name = try #require(made.keys.first { $0.hasSuffix("-S2.pdf") })
        let other = folder.path + "/other"
        // Something lies where the PDF goes.
        try FileManager.default.createDirectory(atPath: "\(other)/\(name)/taken", withIntermediateDirectories: true)
        let ran = try Program.run("report", "response", path, "--store", "all", "-o", other, "--quiet")
        #expect(ran.status == 1)
        #expect(ran.errors.contains("error[cannot-write]: store S2: "), "\(ran.errors)")
        #expect(Self.stores(ran) == 2 && ran.errors.contains("; 1 with faults"))
        for (file, bytes) in made where !file.contains("-S2") && file != "batch.json" {
            #expect(FileManager.default.contents(atPath: "\(other)/\(file)") == bytes, "\(file)")
        }
        #expect(try !FileManager.default.contentsOfDirectory(atPath: other).contains { $0.hasSuffix(".part") })
        // Out of the way, it alone is made.
        try FileManager.default.removeItem(atPath: "\(other)/\(name)")
        let again = try Program.run("report", "response", path, "--store", "all", "-o", other, "--resume")
        #expect(again.status == 0 && Self.stores(again) == 1, "\(again.errors)")
        #expect(again.errors.contains("; 2 stood already"))
        #expect(try Self.files(other) == made)
    }

    /// `KPI_BATCH_KILLS=40` for a long run.
    private static var rounds: Int { Int(ProcessInfo.processInfo.environment["KPI_BATCH_KILLS"] ?? "") ?? 4 }

    @Test("kill -9 at any point, then --resume: the bytes of a run in one go")
    func killed() throws {
        let folder = try ScratchFolder()
        let path = try Self.calls(folder)
        let whole = folder.path + "/whole"
        let clock = ContinuousClock()
        let begin = clock.now
        #expect(try Program.run("report", "response", path, "--store", "all", "-o", whole).status == 0)
        let took = (clock.now - begin) / .microseconds(1)
        let made = try Self.files(whole)
        var state: UInt64 = 5
        for round in 0..<Self.rounds {
            let part = folder.path + "/part\(round)"
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let share = 0.5 + 0.5 * Double(state >> 33) / Double(UInt32.max >> 1)
            let process = Process()
            process.executableURL = Program.path
            process.arguments = ["report", "response", path, "--store", "all", "-o", part, "--tasks", "1"]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            usleep(UInt32(share * took))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            // A PDF that stands there is whole.
            for (name, bytes) in (try? Self.files(part)) ?? [:] where !name.hasPrefix(".") && name != "batch.json" {
                #expect(bytes == made[name], "round \(round): \(name)")
            }
            let again = try Program.run("report", "response", path, "--store", "all", "-o", part, "--resume")
            #expect(again.status == 0, "round \(round): \(again.errors)")
            #expect(try Self.files(part) == made, "round \(round)")
        }
    }

    @Test("what a batch issued itself is no reason to make it again; an issue of another month is")
    func issued() throws {
        let folder = try ScratchFolder()
        let path = try Self.calls(folder)
        let all = folder.path + "/all"
        func batch(_ more: String...) throws -> Program.Ran {
            try Program.run(list: ["report", "response", path, "--store", "all", "-o", all, "--issue"] + more)
        }
        let first = try batch()
        #expect(first.status == 0 && Self.stores(first) == 3, "\(first.errors)")
        #expect(first.out.split(separator: "\n").count { $0.contains("issue ") } == 3, "\(first.out)")
        let made = try Self.files(all)
        let second = try batch("--resume")
        #expect(second.status == 0 && (Self.stores(second) ?? 0) == 0, "\(second.errors)")
        #expect(try Self.files(all) == made)
        let month = try #require(made.keys.first { $0.hasSuffix("-S1.pdf") }).dropFirst("response-".count).prefix(7)
        // An issue of whichever other month.
        let earlier = month.hasSuffix("-01") ? "\(month.prefix(5))02" : "\(month.prefix(5))01"
        let other = try Program.run("report", "response", path, "--store", "S1", "--month", earlier, "--issue")
        #expect(other.status == 0, "\(other.errors)")
        let third = try batch("--resume")
        #expect(third.status == 0 && Self.stores(third) == 3, "\(third.errors)")
    }

    @Test("--resume makes nothing anew that stands, and everything where the input or the options are others")
    func resumed() throws {
        let folder = try ScratchFolder()
        let path = try Self.calls(folder)
        let all = folder.path + "/d/out"
        func run(_ more: String...) throws -> Program.Ran {
            try Program.run(list: ["report", "response", path, "--store", "all", "-o", all, "--resume"] + more)
        }
        #expect(try Self.stores(run()) == 3)
        let nothing = try run()
        #expect(nothing.status == 0 && Self.stores(nothing) == 0, "\(nothing.errors)")
        #expect(nothing.errors.contains("; 3 stood already"))
        // A file that somebody has changed is made again.
        let name = try #require(Self.files(all).keys.first { $0.hasSuffix("-S3.pdf") })
        let bytes = try Data(contentsOf: URL(filePath: "\(all)/\(name)"))
        try Data("torn".utf8).write(to: URL(filePath: "\(all)/\(name)"))
        #expect(try Self.stores(run()) == 1)
        #expect(try Data(contentsOf: URL(filePath: "\(all)/\(name)")) == bytes)
        #expect(try Self.stores(run("--theme", "monochrome")) == 3)
        #expect(try Self.stores(run()) == 3)
        let yaml = "\(path)/dealership.yaml"
        try (String(contentsOfFile: yaml, encoding: .utf8) + "# a word\n")
            .write(toFile: yaml, atomically: true, encoding: .utf8)
        #expect(try Self.stores(run()) == 3)
        let alone = try Program.run("report", "response", path, "--store", "S1", "--resume")
        #expect(alone.status == 1 && alone.errors.contains("error[unused-option]"), "\(alone.errors)")
        let claim = try Program.run("report", "claim", path, "--store", "all")
        #expect(claim.status == 1 && claim.errors.contains("error[bad-combination]"), "\(claim.errors)")
        let unknown = try Program.run("report", "response", path, "--store", "S1,S9")
        #expect(unknown.status == 1 && unknown.errors.contains("error[unknown-store]"), "\(unknown.errors)")
    }

    @Test("names that no file system takes, and names that one takes for the same")
    func names() throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/d"
        #expect(try Program.run("sample", path, "--stores", "3", "--months", "1").status == 0)
        let all = ["../up", "North/West", "north west"]
        for name in try FileManager.default.subpathsOfDirectory(atPath: path + "/exports") {
            let file = "\(path)/exports/\(name)"
            guard name == "stores.csv" else { continue }
            let text = "store_id,name\n" + all.map { "\($0),One\n" }.joined()
            try text.write(toFile: file, atomically: true, encoding: .utf8)
        }
        let out = folder.path + "/out"
        let ran = try Program.run("report", "response", path, "--month", "2026-10", "--store", "all", "-o", out)
        let pdfs = try FileManager.default.contentsOfDirectory(atPath: out)
            .filter { $0.hasSuffix(".pdf") && $0 != "group-2026-10.pdf" }.sorted()
        #expect(pdfs.count >= 3 && ran.status == 0, "\(pdfs) \(ran.errors)")
        #expect(Set(pdfs.map { $0.lowercased() }).count == pdfs.count)
        for pdf in pdfs {
            let isPlain = pdf.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
            #expect(isPlain && pdf.hasPrefix("response-2026-10-"), "\(pdf)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["d", "out"])
    }
}
