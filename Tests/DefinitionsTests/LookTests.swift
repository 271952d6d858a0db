import Basis
import Dealership
import Testing

@testable import Definitions

@Suite("look:")
struct LookTests {
    @Test("everything that can be said of it")
    func whole() throws {
        let look = try DealershipFile.read(bytes: fixture("full.dealership.yaml"), file: "d").value.look
        #expect(
            look == LookSettings(
                theme: .highContrast, accent: WebColor("#00695C"), signal: WebColor("#B3261E"), logo: "brand/logo.svg",
                logoWords: "A river under a bridge",
                fonts: .init(
                    text: ["brand/House.otf", "brand/House-Bold.otf"], display: ["brand/Head.ttf"],
                    scripts: ["brand/CJK.ttc"])))
    }

    @Test("a theme's name is enough, and nothing at all", arguments: LookSettings.Theme.allCases)
    func short(theme: LookSettings.Theme) throws {
        let settings = try DealershipFile.read(text: "name: Riverside\nlook: \(theme.rawValue)\n", file: "d").value
        #expect(settings.look == LookSettings(theme: theme))
        #expect(try DealershipFile.read(text: "name: Riverside\n", file: "d").value.look == LookSettings())
    }

    private func faults(_ look: String) -> [Diagnostic] {
        do throws(Rejection) {
            return try DealershipFile.read(text: "name: Riverside\nlook: \(look)\n", file: "d").diagnostics
        } catch { return error.diagnostics }
    }

    @Test("a faint colour is named with its contrast and the nearest that would do")
    func faint() throws {
        let fault = try #require(faults("{ accent: \"#5B90C0\" }").first)
        #expect(fault.code == "faint-colour" && fault.message.contains("#5B90C0") && fault.message.contains("3.3"))
        let near = try #require(fault.remedies.first?.split(separator: ",").first.flatMap { WebColor(String($0)) })
        #expect(near.contrast(with: .white) >= 4.5 && near.contrast(with: .white) < 4.7)
        // The proposal is taken as it is.
        #expect(faults("{ accent: \"\(near)\" }").isEmpty)
    }

    @Test("what two kinds of eyes cannot tell apart is refused, also against the usual colour")
    func alike() {
        #expect(faults("{ accent: \"#2E7D32\", signal: \"#B3401E\" }").map(\.code) == ["colours-alike"])
        #expect(faults("{ accent: \"#B33F00\" }").map(\.code) == ["colours-alike"])
        // Dark green beside the usual blue: 14 apart for eyes without blue cones.
        #expect(faults("{ signal: \"#1B5E20\" }").map(\.code) == ["colours-alike"])
        #expect(faults("{ accent: \"#00695C\", signal: \"#B3261E\" }").isEmpty)
    }

    @Test("colours without quotes are comments in YAML")
    func unquoted() {
        let found = faults("\n  accent: #0B5A9D")
        #expect(found.map(\.code) == ["bad-colour"] && found[0].remedies[0].contains("quotes"))
    }

    @Test("files lie in the folder", arguments: ["/etc/logo.png", "../logo.png", "C:logo.png", "a\\\\logo.png"])
    func outside(path: String) {
        #expect(faults("{ logo: \"\(path)\" }").map(\.code) == ["file-path"])
    }
}
