import Basis
import Testing

@testable import Definitions

@Suite("How much a definition may be")
struct DefinitionSizeTests {
    private func codes(_ text: String) -> [String] {
        do throws(Rejection) {
            return try DealershipFile.read(text: text, file: "dealership.yaml").diagnostics.map(\.code)
        } catch {
            return error.diagnostics.map(\.code)
        }
    }

    @Test("a file of megabytes")
    func large() {
        #expect(codes("name: R\n" + String(repeating: "# nothing\n", count: 120_000)) == ["too-large"])
    }

    /// Were they followed, the test would not end.
    @Test("aliases of aliases")
    func aliases() {
        var text = "name: R\nv0: &v0 [a, a, a, a, a, a, a, a, a, a]\n"
        for level in 1..<30 {
            text += "v\(level): &v\(level) [" + (0..<10).map { _ in "*v\(level - 1)" }.joined(separator: ", ") + "]\n"
        }
        #expect(codes(text) == ["too-large"])
    }

    @Test("brackets without end", arguments: [33, 300, 5_000, 400_000])
    func deep(levels: Int) {
        let text = "name: " + String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        #expect(codes(text) == ["too-deep"])
    }

    @Test("lists in lists by dashes", arguments: [40, 2_000])
    func dashes(levels: Int) {
        let text = "name:\n  " + String(repeating: "- ", count: levels) + "a\n"
        #expect(["too-deep", "syntax"].contains(codes(text).first))
    }
}
