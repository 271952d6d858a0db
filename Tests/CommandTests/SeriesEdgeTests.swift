import Foundation
import Testing

/// Series that allow no answer: `kpi series` says why, and gives no figure that is not justified.
@Suite("kpi series of what cannot be told")
struct SeriesEdgeTests {
    private func ask(
        _ values: [String], _ more: String...
    ) throws -> (words: String, reason: String, raw: [String: Any]) {
        let folder = try ScratchFolder()
        let months = values.indices.map { "\(2023 + $0 / 12)-\($0 % 12 < 9 ? "0" : "")\($0 % 12 + 1)" }
        let rows = zip(months, values).map { "\($0),\($1)\n" }.joined()
        try folder.write("month,value\n\(rows)", "a.csv")
        let file = folder.url.appending(path: "a.csv").path()
        let ran = try Program.run(list: ["series", file, "--time", "month", "--value", "value"] + more)
        #expect(ran.status == 0, "\(ran.errors)")
        let found = try #require(JSONSerialization.jsonObject(with: Data(ran.out.utf8)) as? [String: Any])
        return (found["words"] as? String ?? "", found["reason"] as? String ?? "", found)
    }

    private func numbers(_ count: Int) -> [String] { (0..<count).map { "\(20 + ($0 * 7) % 11)" } }

    @Test("five points", arguments: ["xmr", "its", "counterfactual"])
    func fivePoints(method: String) throws {
        let found = try ask(numbers(5), "--method", method, "--change", "2023-04")
        #expect(found.reason.hasPrefix("too few points before the change: 3 of "), "\(found)")
        #expect(found.raw["effect"] is NSNull? && found.raw["verdict"] as? String == "cannot_tell")
    }

    @Test("five points without a change")
    func fivePointsAlone() throws {
        #expect(try ask(numbers(5), "--method", "xmr").reason == "too few points: 5 of 8 needed")
    }

    @Test("a figure that never moves", arguments: ["xmr", "its", "counterfactual"])
    func constant(method: String) throws {
        let flat = try ask([String](repeating: "7", count: 36), "--method", method, "--change", "2025-01")
        #expect(flat.reason.contains("never changes"), "\(flat)")
        let step = try ask((0..<36).map { $0 < 24 ? "7" : "9" }, "--method", method, "--change", "2025-01")
        #expect(step.reason.contains("never changes"), "\(step)")
        #expect(step.words.hasPrefix("Cannot be told"))
    }

    @Test("a count below 0 is named by its place; of a figure that may be negative nothing is said")
    func negative() throws {
        var values = numbers(36)
        values[5] = "-3"
        let counts = try ask(values, "--method", "its", "--counts", "--change", "2025-01")
        #expect(counts.reason == "the value at place 6 is no count with an exposure above 0")
        #expect(try ask(values, "--method", "its", "--change", "2025-01").reason.isEmpty)
    }

    @Test("gaps are named, passed over, and never 0")
    func gaps() throws {
        var values = numbers(36)
        for place in [3, 9, 30] { values[place] = "" }
        let found = try ask(values, "--method", "its", "--change", "2025-01")
        #expect(found.raw["missing"] as? [String] == ["2023-04", "2023-10", "2025-07"])
        #expect(found.raw["n"] as? Int == 33)
        let few = (0..<36).map { $0 % 4 == 0 ? numbers(36)[$0] : "" }
        let most = try ask(few, "--method", "its", "--change", "2025-01")
        #expect(most.reason == "too few points before the change: 6 of 8 needed")
    }
}
