import Testing

/// A command is read by itself before all of them are; what people see of it says the whole way to it.
@Suite("Help and usage")
struct HelpTests {
    @Test("help of a command and of one below it names all words that lead to it", arguments: [
        ["report"], ["effort"], ["rewards", "close"], ["imports"],
    ])
    func help(_ words: [String]) throws {
        let usage = "USAGE: kpi \(words.joined(separator: " "))"
        let asked = try Program.run(list: words + ["--help"])
        #expect(asked.status == 0 && asked.out.contains(usage), "\(asked)")
        #expect(try Program.run(list: ["help"] + words).out == asked.out)
        #expect(try Program.run(list: words + ["-h"]).out == asked.out)
    }

    @Test("what is wrong is told with the usage of the command")
    func wrong() throws {
        for words in [["report"], ["hours"], ["report", "monthly", "d", "--bogus"], ["rewards", "close", "--bogus"]] {
            let ran = try Program.run(list: words)
            #expect(ran.status == 64 && ran.errors.contains("Usage: kpi \(words[0])"), "\(ran)")
        }
        #expect(try Program.run("frobnicate").status == 64)
        #expect(try Program.run("--version").status == 0)
    }

    @Test("a command that is only a name for others prints its help")
    func group() throws {
        let ran = try Program.run("rewards")
        #expect(ran.status == 0 && ran.out.contains("USAGE: kpi rewards <subcommand>"), "\(ran)")
    }
}
