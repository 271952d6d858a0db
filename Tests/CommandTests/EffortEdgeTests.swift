import Foundation
import Testing

/// What cannot be told, through the program as people run it: a clear statement each, and no figure beside it.
@Suite("Efforts that cannot be told")
struct EffortEdgeTests {
    private func folder(_ made: MadeCalls, _ effort: String = MadeCalls.effort) throws -> ScratchFolder {
        let folder = try ScratchFolder()
        try made.write(to: folder)
        try folder.write(effort, "efforts/scripts.yaml")
        return folder
    }

    /// The verdict as JSON, what the page says, and that it is no figure.
    private func told(_ folder: borrowing ScratchFolder) throws -> (verdict: String, reason: String, page: String) {
        let ran = try Program.run("effort", "status", folder.path, "--format", "json")
        #expect(ran.status == 0, "\(ran.errors)")
        let list = try #require(JSONSerialization.jsonObject(with: Data(ran.out.utf8)) as? [[String: Any]])
        let one = try #require(list.first)
        if one["verdict"] as? String == "cannot_tell" {
            #expect((one["figures"] as? [String: Any])?["estimate"] as? Double == nil, "\(one)")
        }
        let file = folder.url.appending(path: "change.pdf").path()
        let drawn = try Program.run("report", "change", folder.path, "--effort", "scripts", "-o", file)
        #expect(drawn.status == 0, "\(drawn.errors)")
        return (
            one["verdict"] as? String ?? "", one["reason"] as? String ?? "", try Program.words(ofPDF: file)
        )
    }

    @Test("five weeks before the change")
    func fewPoints() throws {
        let toldFolder = try folder(MadeCalls(calls: { _, week in week < 35 ? nil : 30 }))
        let told = try told(toldFolder)
        #expect(told.verdict == "cannot_tell")
        #expect(told.reason.contains("5 of 8 needed"), "\(told.reason)")
        #expect(told.page.contains("cannot tell") && told.page.contains("5 of 8 needed"))
        #expect(!told.page.contains("likely gain"))
    }

    @Test("no baseline at all: the export begins with the change")
    func missingBaseline() throws {
        let toldFolder = try folder(MadeCalls(calls: { _, week in week < 40 ? nil : 30 }))
        let told = try told(toldFolder)
        #expect(told.verdict == "cannot_tell")
        #expect(told.reason.contains("0 of 8 needed"), "\(told.reason)")
        #expect(told.page.contains("0 of 8 needed"))
    }

    @Test("no figure of it in any export")
    func noFigure() throws {
        let folder = try folder(MadeCalls())
        let other = MadeCalls.effort.replacing(
            "calls.answered_share, direction: up, change: 8 points", with: "ratings.mean, direction: up, reach: 4.5")
        try folder.write(other, "efforts/scripts.yaml")
        let told = try told(folder)
        #expect(told.verdict == "cannot_tell")
        #expect(told.reason.contains("no figure of it"), "\(told.reason)")
        let check = try Program.run("check", folder.path)
        #expect(check.out.contains("not ready: 6 Did it work?"), "\(check.out)")
        #expect(check.out.contains("not ready: scripts (no ratings"), "\(check.out)")
    }

    @Test("a figure that never moves")
    func constant() throws {
        let toldFolder = try folder(MadeCalls(answered: { _, _ in 70 }, scatter: 0))
        let told = try told(toldFolder)
        #expect(told.verdict == "cannot_tell")
        #expect(told.reason.contains("never changes"), "\(told.reason)")
    }

    @Test("more gaps than weeks")
    func gaps() throws {
        let beforeFolder = try folder(MadeCalls(calls: { _, week in week < 40 && week % 3 > 0 ? nil : 30 }))
        let before = try told(beforeFolder)
        #expect(before.verdict == "cannot_tell")
        #expect(before.reason.contains("of 40 weeks are known before the change"), "\(before.reason)")
        let afterFolder = try folder(MadeCalls(calls: { _, week in week > 42 && week % 4 > 0 ? nil : 30 }))
        let after = try told(afterFolder)
        #expect(after.verdict == "cannot_tell")
        #expect(after.reason.contains("weeks are known since the dip"), "\(after.reason)")
    }

    @Test("a goal edited after the start: the verdict stands on what was declared, and the page says what was moved")
    func movedGoal() throws {
        // Ten points better; twenty were declared, and eight put in their place later.
        let folder = try folder(
            MadeCalls(answered: { _, week in week < 42 ? 70 : 80 }),
            MadeCalls.effort.replacing("8 points", with: "20 points"))
        let opened = try Program.run("effort", "open", folder.path, "scripts", "--on", "2026-06-29", "--by", "Ellis")
        #expect(opened.status == 0, "\(opened.errors)")
        try folder.write(MadeCalls.effort, "efforts/scripts.yaml")
        let edited = try told(folder)
        #expect(edited.verdict == "on_course", "\(edited.reason)")
        #expect(edited.page.contains("edited past its history"))
        let moved = try Program.run("effort", "amend", folder.path, "scripts", "--on", "2026-09-07", "--by", "Ellis")
        #expect(moved.status == 0, "\(moved.errors)")
        let amended = try told(folder)
        #expect(amended.verdict == "on_course")
        #expect(amended.page.contains("Goal moved after the start"))
        #expect(amended.page.contains("was up by 20 points"), "\(amended.page)")
    }

    @Test("a change without a finding, nobody asked, no history: said by check, status and page")
    func noFinding() throws {
        let bare = MadeCalls.effort.split(separator: "\n").filter { !$0.hasPrefix("why") && !$0.hasPrefix("asked") }
        let folder = try folder(
            MadeCalls(answered: { _, week in week < 42 ? 70 : 82 }), bare.joined(separator: "\n") + "\n")
        let told = try told(folder)
        #expect(told.verdict == "goal_reached")
        #expect(told.page.contains("The file cites no figure that the change answers."))
        #expect(told.page.contains("Nobody whose work changes was asked"))
        let check = try Program.run("check", folder.path)
        #expect(check.errors.contains("warning[no-finding]"), "\(check.errors)")
        #expect(check.out.contains("ready: 6 Did it work? (one effort)"), "\(check.out)")
        let line = try #require(check.out.split(separator: "\n").first { $0.hasPrefix("  ready: scripts (") })
        #expect(line.contains("(answers no finding; nobody was asked;") && line.hasSuffix("no history)"), "\(line)")
    }

    @Test("a week under an outage of what the figure comes by is left out, of another channel it is not")
    func outages() throws {
        func leftOut(_ channel: String) throws -> Int {
            let made = MadeCalls(
                more: "outages: { systems: { lines: { activities: [\(channel)] } } }\n",
                outages: "outage_id,system,started_at,ended_at\nO1,lines,2026-09-07T08:00:00,2026-09-08T18:00:00\n")
            let folder = try folder(made)
            let ran = try Program.run("effort", "status", folder.path, "--format", "json")
            let list = try #require(JSONSerialization.jsonObject(with: Data(ran.out.utf8)) as? [[String: Any]])
            let series = try #require(list.first?["series"] as? [[String: Any]])
            return series.count { $0["left_out"] as? Bool == true }
        }
        #expect(try leftOut("phone") == 1)
        #expect(try leftOut("email") == 0)
    }
}
