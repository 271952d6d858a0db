import Foundation
import Testing

/// Reports that were issued, and what the next one says of them: by the program, as people run it.
@Suite("kpi report --issue, kpi issued")
struct IssuedCommandTests {
    private typealias Dealership = RewardDealership

    /// By the columns' names.
    private func rows(_ csv: String) -> [[String: String]] {
        let lines = csv.split(separator: "\n").map(cells)
        guard let header = lines.first else { return [] }
        return lines.dropFirst().map { Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first }) }
    }

    /// Of a line; none of these files has a quote inside a cell.
    private func cells(_ line: Substring) -> [String] {
        let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
        let marked = parts.enumerated().map { place, part in
            place % 2 == 1 ? String(part).replacing(",", with: "\u{1}") : String(part)
        }
        return marked.joined().split(separator: ",", omittingEmptySubsequences: false)
            .map { String($0).replacing("\u{1}", with: ",") }
    }

    private func report(_ folder: borrowing ScratchFolder, _ more: String...) throws -> Program.Ran {
        let ran = try Program.run(list: ["report", "response", folder.path] + more)
        #expect(ran.status == 0, "\(ran.errors)")
        return ran
    }

    private static let stem = "riverside-motors-response-2026-10"

    private func figures(_ folder: borrowing ScratchFolder) throws -> [[String: String]] {
        rows(try folder.read("\(Self.stem)-figures.csv"))
    }

    private func isThere(_ folder: String, _ name: String) -> Bool {
        FileManager.default.fileExists(atPath: "\(folder)/\(name)")
    }

    @Test("nothing changed: nothing restated, the same bytes, no second issue; in any language")
    func same() throws {
        let folder = try ScratchFolder()
        try Dealership().write(folder)
        _ = try report(folder)
        #expect(!isThere(folder.path, "issued.sqlite"))
        let pdf = folder.url.appending(path: "\(Self.stem).pdf")
        let draft = try Data(contentsOf: pdf)
        let first = try report(folder, "--issue", "--on", "2026-11-04")
        #expect(first.out.contains("issue 1: "), "\(first.out)")
        #expect(try Data(contentsOf: pdf) == draft)
        let second = try report(folder, "--issue", "--language", "de", "--paper", "a4")
        #expect(second.out.contains("issue 1 says the same already"), "\(second.out)")
        let third = try report(folder)
        #expect(try Data(contentsOf: pdf) == draft)
        for ran in [first, second, third] { #expect(!ran.errors.contains("restated"), "\(ran.errors)") }
        #expect(!isThere(folder.path, "\(Self.stem)-restated.csv"))
        let list = rows(try Program.run("issued", folder.path).out)
        #expect(list.map { $0["month"] } == ["2026-10"] && list[0]["issued_on"] == "2026-11-04")
        #expect(list[0]["report"] == "response" && list[0]["fingerprint"]?.count == 64)
    }

    @Test("late rows: exactly the figures that read otherwise, then the same bytes again")
    func lateRows() throws {
        let folder = try ScratchFolder()
        var dealership = Dealership()
        try dealership.write(folder)
        _ = try report(folder, "--issue")
        let then = try figures(folder)
        // Two answers that had been late turn out to have been in time, and one is missing.
        dealership.answer("C-10-101", "09:30")
        dealership.answer("C-10-106", "09:30")
        dealership.change("C-10-110") { $0.answered = nil }
        try dealership.write(folder)
        let ran = try report(folder, "--issue")
        #expect(ran.errors.contains("note[restated]: issue 1, 2026-10 as of 2026-11-02: "), "\(ran.errors)")
        #expect(ran.out.contains("issue 2: "))
        let restated = rows(try folder.read("\(Self.stem)-restated.csv"))
        #expect(restated.count >= 3)
        let now = try figures(folder)
        // What a share, a count or a wait is after rounding, done another way than the program does it.
        func shown(_ figure: [String: String]) -> String {
            let text = figure["estimate"] ?? ""
            guard let value = Double(text) else { return text }
            if text.contains(".") { return "\(Int((value * 100).rounded()))" }
            let isTime = (figure["label"] ?? "").contains("second")
            return isTime && value >= 60 ? "\(Int(value + 30) / 60) min" : text
        }
        var expected: Set<String> = []
        for figure in then {
            let own = now.first { $0["id"] == figure["id"] && $0["label"] == figure["label"] }
            if let own, shown(own) != shown(figure) { expected.insert(figure["id"] ?? "") }
        }
        #expect(Set(restated.compactMap { $0["id"] }) == expected)
        for row in restated {
            #expect(row["why"] == "rows" && row["issue"] == "1")
            #expect(then.contains { $0["id"] == row["id"] && $0["estimate"] == row["then"] }, "\(row)")
            #expect(now.contains { $0["id"] == row["id"] && $0["estimate"] == row["now"] }, "\(row)")
        }
        // The issue that was just made says what today says: the one before it is still the comparison.
        let files = ["\(Self.stem).pdf", "\(Self.stem)-restated.csv", "\(Self.stem)-figures.csv"]
        let before = try files.map { try Data(contentsOf: folder.url.appending(path: $0)) }
        let again = try report(folder, "--issue")
        #expect(again.out.contains("issue 2 says the same already") && again.errors == ran.errors)
        #expect(try files.map { try Data(contentsOf: folder.url.appending(path: $0)) } == before)
    }

    @Test("an earlier month: what came late is told from what came after its as-of day")
    func earlierMonth() throws {
        let folder = try ScratchFolder()
        var dealership = Dealership()
        // Asked on the last day of September, answered in October.
        dealership.change("C-9-310") { ($0.arrived, $0.answered) = ("2026-09-30T09:10", "2026-10-02T09:00") }
        try dealership.write(folder)
        let september = try report(folder, "--month", "2026-09", "--as-of", "2026-09-30", "--issue")
        #expect(september.out.contains("issue 1: "))
        let stem = "\(Self.stem)-restated.csv"
        _ = try report(folder)
        let since = rows(try folder.read(stem))
        #expect(!since.isEmpty && since.allSatisfy { $0["why"] == "since" && $0["month"] == "2026-09" }, "\(since)")
        #expect(since.contains { $0["id"] == "RESP-06@2026-09" && $0["then"] == "1" && $0["now"] == "0" }, "\(since)")
        dealership.answer("C-9-101", "13:30")
        try dealership.write(folder)
        let ran = try report(folder)
        let both = rows(try folder.read(stem))
        #expect(Set(both.compactMap { $0["why"] }) == ["since", "rows"], "\(both)")
        #expect(ran.errors.contains("issue 1, 2026-09 as of 2026-09-30") && ran.errors.contains("by what came since"))
        // Another store's, or another report's, is another matter.
        let other = try Program.run("report", "monthly", folder.path)
        #expect(other.status == 0 && !other.errors.contains("restated"), "\(other.errors)")
    }

    @Test("changed settings are said to be a reason, and a comment is none")
    func settings() throws {
        let folder = try ScratchFolder()
        try Dealership().write(folder)
        _ = try report(folder, "--issue")
        let text = try folder.read("dealership.yaml")
        try folder.write("# ours\n\(text)", "dealership.yaml")
        #expect(try report(folder, "--issue").out.contains("issue 1 says the same already"))
        try folder.write(text.replacing("email: 1 h", with: "email: 20 min"), "dealership.yaml")
        _ = try report(folder)
        let restated = rows(try folder.read("\(Self.stem)-restated.csv"))
        #expect(restated.contains { $0["id"] == "RESP-02@2026-10" && $0["why"] == "rows or settings" }, "\(restated)")
    }

    @Test("an issue's figures as CSV; what is not there or says nothing is refused")
    func figuresOfAnIssue() throws {
        let folder = try ScratchFolder()
        try Dealership().write(folder)
        let none = try Program.run("issued", folder.path, "1")
        #expect(none.status == 1 && none.errors.contains("error[unknown-issue]"), "\(none.errors)")
        #expect(try Program.run("issued", folder.path).out.split(separator: "\n").count == 1)
        _ = try report(folder, "--issue")
        let issued = rows(try Program.run("issued", folder.path, "1").out)
        let printed = try figures(folder)
        // Every id that the pages print, with its figure; widths of type decide what is printed twice.
        #expect(Set(issued.compactMap { $0["id"] }) == Set(printed.compactMap { $0["id"] }))
        for row in issued { #expect(printed.contains { $0["id"] == row["id"] && $0["estimate"] == row["estimate"] }) }
        #expect(issued.contains { $0["unit"] == "share" } && issued.contains { $0["unit"] == "seconds" })
        let draft = try Program.run("report", "response", folder.path, "--on", "2026-11-04")
        #expect(draft.status == 1 && draft.errors.contains("error[unused-option]"))
        let bad = try Program.run("report", "response", folder.path, "--issue", "--on", "4 November")
        #expect(bad.status == 1 && bad.errors.contains("error[bad-as-of]"))
    }
}
