import Foundation
import Testing

/// `kpi series … --format json`: keys, order and words to the byte, figures to the digits that all machines agree on.
/// A text that is missing is recorded, fails, and wants to be read by somebody.
@Suite("kpi series")
struct SeriesJSONTests {
    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../Fixtures/series").standardizedFileURL

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var arguments: [String]
        /// Relative; limits by drawn series stand on a search for the likelihood's top.
        var tolerance = 1e-6
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "xmr", arguments: ["nile.csv", "--time", "year", "--value", "flow", "--method", "xmr"]),
        Case(
            name: "xmr_rebased",
            arguments: ["nile.csv", "--time", "year", "--value", "flow", "--method", "xmr", "--change", "1899"]),
        Case(
            name: "its",
            arguments: [
                "seatbelts.csv", "--time", "month", "--value", "drivers", "--method", "its", "--change", "1983-02",
                "--slope",
            ]),
        Case(
            name: "counterfactual",
            arguments: [
                "causalimpact_vignette.csv", "--time", "date", "--value", "y", "--control", "x1", "--method",
                "counterfactual", "--change", "2014-03-12", "--replicates", "199",
            ], tolerance: 1e-3),
        Case(
            name: "too_few",
            arguments: ["nile.csv", "--time", "year", "--value", "flow", "--method", "its", "--change", "1875"]),
    ]

    @Test("gives the recorded JSON", arguments: cases)
    func golden(_ one: Case) throws {
        var arguments = one.arguments
        arguments[0] = Self.fixtures.appending(path: arguments[0]).path()
        let ran = try Program.run(list: ["series"] + arguments)
        #expect(ran.status == 0, "\(ran.errors)")
        #expect((try? JSONSerialization.jsonObject(with: Data(ran.out.utf8))) != nil)
        let file = Self.fixtures.appending(path: "expected/\(one.name).json")
        guard let expected = try? String(contentsOf: file, encoding: .utf8) else {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try ran.out.write(to: file, atomically: true, encoding: .utf8)
            Issue.record("recorded \(one.name).json: read it, then run again")
            return
        }
        let (words, numbers) = Self.parts(ran.out)
        let (otherWords, otherNumbers) = Self.parts(expected)
        #expect(words == otherWords)
        #expect(numbers.count == otherNumbers.count)
        for (a, b) in zip(numbers, otherNumbers) {
            #expect((a - b).magnitude <= one.tolerance * max(1, b.magnitude), "\(a) for \(b)")
        }
    }

    @Test("the same bytes twice")
    func deterministic() throws {
        let file = Self.fixtures.appending(path: "causalimpact_vignette.csv").path()
        let arguments = [
            "series", file, "--time", "date", "--value", "y", "--control", "x1", "--method", "counterfactual",
            "--change", "2014-03-12", "--replicates", "99",
        ]
        #expect(try Program.run(list: arguments).out == Program.run(list: arguments).out)
    }

    @Test("what does not go together is refused with a remedy, status 1")
    func refused() throws {
        let file = Self.fixtures.appending(path: "nile.csv").path()
        let ran = try Program.run(list: ["series", file, "--time", "year", "--value", "flow", "--method", "its"])
        #expect(ran.status == 1)
        #expect(ran.errors.contains("error[bad-combination]"))
        #expect(ran.out.isEmpty)
        let column = try Program.run(list: ["series", file, "--time", "year", "--value", "flwo", "--method", "xmr"])
        #expect(column.status == 1)
        #expect(column.errors.contains("flow"))
    }

    /// The text with every number taken out, and the numbers.
    private static func parts(_ text: String) -> (String, [Double]) {
        var words = ""
        var numbers: [Double] = []
        var rest = text[...]
        var isQuoted = false
        while let first = rest.first {
            if first == "\"" { isQuoted.toggle() }
            if !isQuoted, first == "-" || first.isNumber {
                let digits = rest.prefix { "+-.0123456789eE".contains($0) }
                numbers.append(Double(digits) ?? .nan)
                words.append("#")
                rest = rest.dropFirst(digits.count)
            } else {
                words.append(first)
                rest = rest.dropFirst()
            }
        }
        return (words, numbers)
    }
}
