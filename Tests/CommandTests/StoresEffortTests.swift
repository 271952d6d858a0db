import Foundation
import Testing

/// Stores that change against stores that do not, through the whole program: exports, verdict, page, evidence.
@Suite("An effort of one store against six others")
struct StoresEffortTests {
    private static let method = "method: stores\nscope: { stores: [S1] }\ncompare: [S2, S3, S4, S5, S6, S7]\n"

    /// All stores answer ten points more from July on; the first one some more on top.
    private func made(_ gain: Double, drift: Double = 0) -> MadeCalls {
        MadeCalls(
            stores: (1...7).map { "S\($0)" },
            answered: { store, week in
                let season = week >= MadeCalls.weeksBefore ? 10.0 : 0
                let own = store == 0 ? drift * Double(week) + (week >= MadeCalls.weeksBefore + 2 ? gain : 0) : 0
                return 60 + Double(store) * 2 + season + own
            })
    }

    private func folder(_ made: MadeCalls, _ method: String = method) throws -> ScratchFolder {
        let folder = try ScratchFolder()
        try made.write(to: folder)
        try folder.write(MadeCalls.effort + method, "efforts/scripts.yaml")
        return folder
    }

    private func status(_ folder: borrowing ScratchFolder) throws -> [String: Any] {
        let ran = try Program.run("effort", "status", folder.path, "--format", "json")
        #expect(ran.status == 0, "\(ran.errors)")
        let list = try #require(JSONSerialization.jsonObject(with: Data(ran.out.utf8)) as? [[String: Any]])
        return try #require(list.first)
    }

    @Test("what all stores gained is nobody's doing: before and after alone would have called it a goal reached")
    func sharedGain() throws {
        let compared = try folder(made(0))
        #expect(try status(compared)["verdict"] as? String == "no_clear_change_yet")
        let alone = try folder(made(0), "scope: { stores: [S1] }\n")
        #expect(try status(alone)["verdict"] as? String == "goal_reached")
    }

    @Test("its own gain is found, of the size that was made, and drawn")
    func ownGain() throws {
        let folder = try folder(made(12))
        let found = try status(folder)
        #expect(found["verdict"] as? String == "goal_reached", "\(found)")
        let gain = try #require(found["figures"] as? [String: Any])
        let (estimate, lower) = (gain["estimate"] as? Double ?? 0, gain["lower"] as? Double ?? 0)
        let upper = gain["upper"] as? Double ?? 0
        #expect(lower < 0.12 && upper > 0.12 && (estimate - 0.12).magnitude < 0.03, "\(gain)")
        let page = folder.url.appending(path: "change.pdf").path()
        let ran = try Program.run("report", "change", folder.path, "--effort", "scripts", "-o", page)
        #expect(ran.status == 0, "\(ran.errors)")
        let words = try Program.words(ofPDF: page)
        #expect(words.contains("goal reached"))
        #expect(words.contains("Against stores that did not change likely"))
        #expect(words.contains("mean of 6 that did not"))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let name = names.first { $0.hasSuffix("-figures.csv") }
        let figures = try folder.read(try #require(name))
        let lines = figures.split(separator: "\n")
        let line = try #require(lines.first { $0.contains("against stores that did not change") })
        #expect(line.contains("difference in differences"))
    }

    @Test("stores that were drifting apart before are told")
    func drift() throws {
        let folder = try folder(made(0, drift: 0.4))
        let ran = try Program.run("effort", "status", folder.path)
        #expect(ran.out.contains("were drifting apart before, by 0.4 points a week"), "\(ran.out)")
    }

    @Test("four stores to compare with are too few to tell")
    func fewStores() throws {
        let method = "method: stores\nscope: { stores: [S1] }\ncompare: [S2, S3, S4, S5]\n"
        let folder = try folder(made(12), method)
        let ran = try Program.run("effort", "status", folder.path)
        #expect(ran.out.contains("Cannot tell"), "\(ran.out)")
        #expect(ran.out.contains("4 of 5 needed"), "\(ran.out)")
    }
}
