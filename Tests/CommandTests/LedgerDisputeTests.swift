import Foundation
import Testing

/// The three disputes of Documentation.docc/Ledger.md, from the question to the amount.
@Suite("kpi rewards: disputes")
struct LedgerDisputeTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var person: String
        var number: String
        var question: String
        /// What the data says once it is mended.
        var mend: @Sendable (inout RewardDealership) -> Void
        /// The row as it was closed, in part.
        var closed: String
        /// What the adjustment says.
        var adjusted: [String]
        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "not mine, I was off", person: "P-2", number: "C-10-203",
            question: "C-10-203 is not mine: I was off that week",
            mend: { $0.absences = ["P-2,2026-10-19,2026-10-23,vacation"] },
            closed: "2026-10-20 09:10:00,2026-10-20 10:10:00,2026-10-26 08:30:00",
            adjusted: [
                "Ben Cho (P-2): 50.00 → 100.50, +50.50 USD", "C-10-203: late → in time (leave minutes 0 → 2330",
            ]),
        Case(
            name: "I rang him", person: "P-1", number: "C-10-101", question: "C-10-101: I rang him at 9:35",
            mend: { $0.calls = ["call-1,call-1,K-10-101,phone,outbound,P-1,2026-10-01T09:35"] },
            closed: "2026-10-01 09:10:00,2026-10-01 10:10:00,2026-10-01 13:30:00",
            adjusted: [
                "Ana Ruiz (P-1): 50.00 → 100.50, +50.50 USD",
                "C-10-101: late → in time (minutes waited 260 → 25, answered 2026-10-01 13:30:00 → "
                    + "2026-10-01 09:35:00)",
            ]),
        Case(
            name: "mail was down longer than that", person: "P-3", number: "C-10-302",
            question: "C-10-302: mail was down until 11:35", mend: { $0.outageEnd = "2026-10-13T11:35" },
            closed: "2026-10-13 09:10:00,2026-10-13 11:35:00,2026-10-13 12:20:00",
            adjusted: [
                "Cy Ode (P-3): 0.00 → 50.00, +50.00 USD", "C-10-302: late → in time (outage minutes 85 → 175)",
                "outage OUT-1: down 2026-10-13 09:00:00 to 2026-10-13 10:05:00 → "
                    + "2026-10-13 09:00:00 to 2026-10-13 11:35:00",
            ]),
    ]

    @Test("asked, mended, adjusted, answered", arguments: cases)
    func dispute(_ one: Case) throws {
        let folder = try ScratchFolder()
        var dealership = RewardDealership()
        try dealership.write(folder)
        #expect(try RewardDealership.close(folder, "2026-10", on: "2026-11-03").status == 0)
        let rows = try Program.run("rewards", "ledger", folder.path, "--entry", "1", "--format", "csv").out
        let row = try #require(rows.split(separator: "\n").first { $0.contains(one.number) })
        #expect(row.contains(one.closed), "\(row)")
        let asked = try Program.run(
            "rewards", "dispute", "ask", folder.path, "--entry", "1", "--person", one.person, "--question",
            one.question, "--on",
            "2026-11-05")
        #expect(asked.status == 0, "\(asked.errors)")
        #expect(try Program.run("rewards", "ledger", folder.path).out.contains("open questions: entry 2"))
        one.mend(&dealership)
        try dealership.write(folder)
        let adjusted = try RewardDealership.adjust(folder, on: "2026-11-06")
        #expect(adjusted.status == 0, "\(adjusted.errors)")
        for words in one.adjusted { #expect(adjusted.out.contains(words), "\(adjusted.out)") }
        let answered = try Program.run(
            "rewards", "dispute", "answer", folder.path, "--dispute", "2", "--answer", "Right; paid with November.",
            "--outcome",
            "upheld", "--by", "Sam Okafor", "--on", "2026-11-06")
        #expect(answered.status == 0, "\(answered.errors)")
        let again = try Program.run(
            "rewards", "dispute", "answer", folder.path, "--dispute", "2", "--answer", "No.", "--outcome", "declined",
            "--by",
            "Sam Okafor", "--on", "2026-11-06")
        #expect(again.status == 1 && again.errors.contains("error[answered-already]"))
        let ledger = try Program.run("rewards", "ledger", folder.path).out
        #expect(!ledger.contains("open questions") && ledger.contains("answers entry 2: upheld"))
        #expect(try Program.run("rewards", "ledger", folder.path, "--entry", "1", "--format", "csv").out == rows)
        #expect(try RewardDealership.verify(folder).out.hasPrefix("4 entries"))
    }

    @Test("a question needs an entry that is about the person")
    func refused() throws {
        let folder = try ScratchFolder()
        try RewardDealership().write(folder)
        func ask(_ entry: String, _ person: String, _ on: String = "2026-11-05") throws -> String {
            try Program.run(
                "rewards", "dispute", "ask", folder.path, "--entry", entry, "--person", person, "--question", "Why?",
                "--on", on
            ).errors
        }
        #expect(try ask("1", "P-1").contains("error[unknown-entry]: there is no entry 1: nothing was closed yet"))
        #expect(try RewardDealership.close(folder, "2026-10", on: "2026-11-03").status == 0)
        #expect(try ask("1", "P-9").contains("error[nothing-paid]"))
        #expect(try ask("1", "P-1", "2026-11-01").contains("error[before-last-entry]"))
        #expect(try ask("1", "P-1").isEmpty)
        #expect(try ask("2", "P-1").contains("error[no-amount]"))
    }
}
