import Foundation
import Testing

/// kpi rewards close, adjust, verify, ledger, reverse, dispute, payroll: a month fixed once stays as it was.
@Suite("kpi rewards: the ledger")
struct LedgerCommandTests {
    private typealias Dealership = RewardDealership

    /// September and October closed.
    private func closed(_ dealership: RewardDealership = .init()) throws -> ScratchFolder {
        let folder = try ScratchFolder()
        try dealership.write(folder)
        let first = try Dealership.close(folder, "2026-09", on: "2026-11-03")
        #expect(first.status == 0, "\(first.errors)")
        let second = try Dealership.close(folder, "2026-10", on: "2026-11-03")
        #expect(second.status == 0, "\(second.errors)")
        return folder
    }

    private func ledger(_ folder: borrowing ScratchFolder, _ more: String...) throws -> String {
        try Program.run(list: ["rewards", "ledger", folder.path] + more).out
    }

    @Test("close, late rows, close the next: closed figures to the byte, the adjustment right, verify passes")
    func lateRows() throws {
        let folder = try ScratchFolder()
        var dealership = Dealership()
        try dealership.write(folder)
        #expect(try Dealership.close(folder, "2026-09", on: "2026-11-03").status == 0)
        let before = try ledger(folder, "--entry", "1", "--format", "csv") + ledger(folder, "--entry", "1")
        #expect(before.contains("301.50 USD to 3 of 3 people"))
        // Two of Ana's September answers turn out to have been late: the export was corrected.
        dealership.answer("C-9-101", "13:30")
        dealership.answer("C-9-102", "13:30")
        try dealership.write(folder)
        let next = try Dealership.close(folder, "2026-10", on: "2026-11-05")
        #expect(next.status == 0, "\(next.errors)")
        #expect(next.out.contains("Ana Ruiz (P-1): 100.50 → 50.00, -50.50 USD"), "\(next.out)")
        #expect(next.out.contains("C-9-101: in time → late (minutes waited 30 → 260"))
        #expect(try ledger(folder, "--entry", "1", "--format", "csv") + ledger(folder, "--entry", "1") == before)
        #expect(try Dealership.verify(folder).status == 0)
        let again = try Dealership.adjust(folder, on: "2026-11-05")
        #expect(again.out.contains("nothing to adjust"), "\(again.out)\(again.errors)")
    }

    @Test("a closed month is computed anew by the version that closed it, and payroll has the difference once")
    func versions() throws {
        let folder = try ScratchFolder()
        var dealership = Dealership()
        try dealership.write(folder)
        #expect(try Dealership.close(folder, "2026-09", on: "2026-11-03").status == 0)
        dealership.answer("C-9-101", "13:30")
        dealership.answer("C-9-102", "13:30")
        dealership.version = 2
        try dealership.write(folder)
        let rule = dealership.rule.replacing("pays: 50 ", with: "pays: 60 ")
        try folder.write(rule.replacing("in-force: 2026-09", with: "in-force: 2026-10"), "rewards/answers.yaml")
        let shown = try Program.run("rewards", "show", folder.path, "--month", "2026-09")
        #expect(shown.errors.contains("2026-09 was closed by version 1 of the rule, in entry 1"), "\(shown.errors)")
        let next = try Dealership.close(folder, "2026-10", on: "2026-11-05")
        #expect(next.out.contains("Ana Ruiz (P-1): 100.50 → 50.00, -50.50 USD"), "\(next.out)\(next.errors)")
        #expect(next.out.contains("closed 2026-10 by answers version 2: 120.00 USD"), "\(next.out)")
        let payroll = try Program.run("rewards", "payroll", folder.path, "--month", "2026-10", "-o", "-").out
        let lines = payroll.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
        #expect(
            lines.dropFirst().map { Array($0[2...3] + $0[6...7] + $0[10...11]) } == [
                ["P-1", "2026-09", "adjustment", "-50.50", "1", "2"], ["P-1", "2026-10", "reward", "60.00", "2", "3"],
                ["P-2", "2026-10", "reward", "60.00", "2", "3"],
            ])
    }

    @Test("exports that no longer hold a closed month take nothing back, and the command says so")
    func shortenedExports() throws {
        let folder = try ScratchFolder()
        var dealership = Dealership()
        try dealership.write(folder)
        #expect(try Dealership.close(folder, "2026-09", on: "2026-11-03").status == 0)
        dealership.rows.removeAll { $0.number.hasPrefix("C-9-") }
        try dealership.write(folder)
        let next = try Dealership.close(folder, "2026-10", on: "2026-11-05")
        #expect(next.status == 0 && !next.out.contains("adjusted"), "\(next.out)")
        #expect(next.errors.contains("warning[not-adjusted]: 2026-09 stays as entry 1 has it"), "\(next.errors)")
    }

    @Test("add-only takes nothing back, and adds what was missing")
    func addOnly() throws {
        var dealership = Dealership()
        dealership.lateData = "add-only"
        let folder = try closed(dealership)
        dealership.answer("C-9-101", "13:30")
        dealership.answer("C-9-102", "13:30")
        dealership.answer("C-10-101", "09:30")
        try dealership.write(folder)
        let ran = try Dealership.adjust(folder, on: "2026-11-09")
        #expect(ran.out.contains("Ana Ruiz (P-1): 50.00 → 100.50, +50.50 USD"), "\(ran.out)\(ran.errors)")
        #expect(!ran.out.contains("-50.50"))
        #expect(try ledger(folder).contains("to be paid with the next month that is closed: entry 3"))
    }

    @Test("the pool holds for a month and its adjustments together")
    func pool() throws {
        var dealership = Dealership()
        dealership.pool = "240"
        dealership.lateData = "add-only"
        let folder = try ScratchFolder()
        // All but Cy reach the upper tier in October; then everybody would.
        dealership.answer("C-10-101", "09:30")
        dealership.answer("C-10-203", "09:30")
        try dealership.write(folder)
        #expect(try Dealership.close(folder, "2026-10", on: "2026-11-03").out.contains("201.00 USD to 2 of 3 people"))
        for number in ["C-10-302", "C-10-305", "C-10-308"] { dealership.answer(number, "09:40") }
        try dealership.write(folder)
        let ran = try Dealership.adjust(folder, on: "2026-11-09")
        // By the corrected data the three divide 240.00 as 80.00 each; nobody gives back, and 39.00 are left.
        #expect(ran.out.contains("Cy Ode (P-3): 0.00 → 80.00, +39.00 USD"), "\(ran.out)\(ran.errors)")
    }

    @Test("a closing is refused for everything that speaks against it, at once")
    func refused() throws {
        let folder = try closed()
        let again = try Program.run(
            "rewards", "close", folder.path, "--month", "2026-10", "--on", "2026-10-30", "--approved-by", "ana ruiz",
            "--approved-by", "Ana  Ruiz")
        #expect(again.status == 1 && again.out.isEmpty)
        for code in ["month-closed", "month-not-over", "too-few-approvers", "paid-approver", "before-last-entry"] {
            #expect(again.errors.contains("error[\(code)]"), "\(code): \(again.errors)")
        }
        let earlier = try Dealership.close(folder, "2026-08", on: "2026-11-04")
        #expect(earlier.status == 1 && earlier.errors.contains("rule-not-in-force"))
        let short = try Dealership.close(folder, "2026-11", on: "2026-12-03")
        #expect(short.status == 1 && short.errors.contains("error[export-ends-early]"), "\(short.errors)")
        try folder.write(Dealership().rule.replacing("pays: 50 ", with: "pays: 60 "), "rewards/answers.yaml")
        let changed = try Dealership.close(folder, "2026-11", on: "2026-12-03")
        #expect(
            changed.errors.contains("error[rule-changed]") && changed.errors.contains("write version: 2"),
            "\(changed.errors)")
        #expect(try Dealership.verify(folder).out.hasPrefix("2 entries"))
    }

    @Test("still within target: not before, and how many")
    func stillWithin() throws {
        let folder = try ScratchFolder()
        var dealership = Dealership()
        dealership.lastDay = "2026-10-30"
        dealership.change("C-10-110") { ($0.arrived, $0.answered) = ("2026-10-30T17:45", nil) }
        try dealership.write(folder)
        let ran = try Dealership.close(folder, "2026-10", on: "2026-11-01")
        #expect(ran.status == 1)
        #expect(ran.errors.contains("not before the end of 2026-11-02: 1 still within target"), "\(ran.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/rewards.sqlite"))
    }

    @Test("a reversal, its reversal, and what payroll gets; adjustments come with the next month")
    func payroll() throws {
        let folder = try closed()
        func payroll(_ month: String) throws -> [[String]] {
            let ran = try Program.run("rewards", "payroll", folder.path, "--month", month, "-o", "-")
            #expect(ran.status == 0, "\(ran.errors)")
            return ran.out.split(separator: "\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
        }
        let september = try payroll("2026-09")
        #expect(september.count == 4)
        let column = Dictionary(uniqueKeysWithValues: september[0].enumerated().map { ($1, $0) })
        func cell(_ row: [String], _ name: String) throws -> String { row[try #require(column[name])] }
        #expect(try cell(september[1], "payroll_id") == "00417")
        #expect(try cell(september[2], "payroll_id") == "'=00418")
        #expect(try cell(september[1], "amount") == "100.50")
        #expect(try cell(september[1], "week_1_first") == "2026-08-30")
        #expect(try cell(september[1], "week_5_last") == "2026-10-03")
        for row in september.dropFirst() {
            let weeks = try (1...6).map { try cell(row, "week_\($0)_amount") }.compactMap { Double($0) }
            #expect((weeks.reduce(0, +) * 100).rounded() == 10_050)
        }
        let reverse = { (entry: String, why: String) in
            try Program.run(
                list: [
                    "rewards", "reverse", folder.path, "--entry", entry, "--person", "P-1", "--why", why, "--on",
                    "2026-11-06",
                ]
                    + Dealership.approved)
        }
        #expect(try reverse("1", "Paid twice").out.contains("100.50 → 0.00, -100.50 USD"))
        #expect(try reverse("1", "Paid twice").errors.contains("error[reversed-already]"))
        #expect(try reverse("3", "It was not").out.contains("+100.50 USD"))
        #expect(try payroll("2026-10").count == 3)
        #expect(
            try Program.run("rewards", "payroll", folder.path, "--month", "2026-10", "-o", "-").errors.contains(
                "2 adjustments"))
        let open = try Program.run("rewards", "payroll", folder.path, "--month", "2026-11", "-o", "-")
        #expect(open.status == 1 && open.errors.contains("error[not-closed]"))
        // What was reversed by hand is not paid again by itself.
        #expect(try Dealership.adjust(folder, on: "2026-11-07").out.contains("nothing to adjust"))
    }

    @Test("one changed byte in the ledger is found and named, and nothing more is written onto it")
    func changedByte() throws {
        let folder = try closed()
        let file = URL(filePath: folder.path + "/rewards.sqlite")
        var bytes = try Data(contentsOf: file)
        let place = try #require(bytes.range(of: Data("2026-10-13 12:20:00".utf8)))
        bytes[place.lowerBound + 12] = UInt8(ascii: "1")
        try bytes.write(to: file)
        let ran = try Dealership.verify(folder)
        #expect(ran.status == 1)
        #expect(
            ran.errors.contains("entry 2, ledger_row") && ran.errors.contains("(C-10-302): answered_at changed"),
            "\(ran.errors)")
        let next = try Dealership.adjust(folder, on: "2026-11-09")
        #expect(next.status == 1 && next.errors.contains("error[ledger-changed]"))
    }

    @Test("a head that was kept shows a tail cut off")
    func head() throws {
        let folder = try ScratchFolder()
        try Dealership().write(folder)
        #expect(try Dealership.close(folder, "2026-09", on: "2026-11-03").status == 0)
        let file = URL(filePath: folder.path + "/rewards.sqlite")
        let old = try Data(contentsOf: file)
        let second = try Dealership.close(folder, "2026-10", on: "2026-11-03").out
        let head = try #require(second.firstMatch(of: /head ([0-9a-f]{64})/)).1
        #expect(try Program.run("rewards", "verify", folder.path, "--head", String(head)).status == 0)
        try old.write(to: file)
        #expect(try Dealership.verify(folder).status == 0)
        let cut = try Program.run("rewards", "verify", folder.path, "--head", String(head))
        #expect(cut.status == 1 && cut.errors.contains("error[ledger-cut]"))
    }

    @Test("JSON that machines read")
    func json() throws {
        let folder = try closed()
        let text = try ledger(folder, "--format", "json")
        let list = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
        #expect(list.count == 2)
        #expect(list[1]["previous"] as? String == list[0]["hash"] as? String)
        #expect(list[0]["total"] as? String == "301.50")
    }
}
