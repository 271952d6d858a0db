import Foundation
import Testing

/// An effort's life on the command line.
@Suite("kpi effort")
struct EffortCommandTests {
    private static let effort = """
        name: One inbox
        what: All mail goes to one inbox.
        why: RESP-02@2026-05;channel=email
        owner: Ellis
        asked: [{ who: advisors, said: Good. }]
        start: 2026-07-06
        goal: { measure: answered-in-time, channel: email, direction: up, reach: 90 %, by: 2026-10-31 }
        period: week
        dip: { days: 21, points: 5 }

        """

    private func folder() throws -> ScratchFolder {
        let folder = try ScratchFolder()
        try folder.write("name: Riverside Motors\ntime-zone: America/Chicago\n", "dealership.yaml")
        try folder.write(Self.effort, "efforts/one-inbox.yaml")
        try folder.write(
            """
            message_id,conversation_id,customer_id,channel,direction,sent_at
            1,1,1,email,inbound,2026-05-04T09:00:00
            2,1,1,email,outbound,2026-05-04T09:30:00

            """, "exports/messages.csv")
        return folder
    }

    private func effort(_ act: String, _ folder: borrowing ScratchFolder, _ more: String...) throws -> Program.Ran {
        try Program.run(list: ["effort", act, folder.path, "one-inbox"] + more)
    }

    @Test("opened, amended, closed; each entry holds the hash of the one before")
    func life() throws {
        let folder = try folder()
        let opened = try effort("open", folder, "--on", "2026-06-29", "--by", "Ellis")
        #expect(opened.status == 0 && opened.errors.isEmpty, "\(opened.errors)")
        #expect(opened.out.contains("up to 90 % by 2026-10-31"))
        let again = try effort("open", folder, "--on", "2026-06-30", "--by", "Ellis")
        #expect(again.status == 1 && again.errors.contains("opened already"))
        let idle = try effort("amend", folder, "--on", "2026-06-30", "--by", "Ellis")
        #expect(idle.status == 1 && idle.errors.contains("nothing was changed"))
        try folder.write(Self.effort.replacing("90 %", with: "85 %"), "efforts/one-inbox.yaml")
        let early = try effort("close", folder, "--on", "2026-09-01", "--by", "Ellis", "--outcome", "keep")
        #expect(early.status == 1 && early.errors.contains("edited past its history"))
        let amended = try effort("amend", folder, "--on", "2026-09-01", "--by", "Ellis")
        #expect(amended.status == 0)
        #expect(amended.out.contains("goal was up to 90 % by 2026-10-31, is up to 85 % by 2026-10-31"))
        #expect(amended.out.contains("its verdict stands on what was declared"))
        let back = try effort("close", folder, "--on", "2026-08-01", "--by", "Ellis", "--outcome", "keep")
        #expect(back.status == 1 && back.errors.contains("before the last entry"))
        let closed = try effort("close", folder, "--on", "2026-11-02", "--by", "Ellis", "--outcome", "keep")
        #expect(closed.status == 0)
        let lines = try folder.read("efforts/one-inbox.history.jsonl").split(separator: "\n")
        #expect(lines.count == 3)
        let objects = try lines.map { line in
            try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        for (a, b) in zip(objects, objects.dropFirst()) { #expect(a["hash"] as? String == b["previous"] as? String) }
        // Whole or not at all: nothing is left beside it.
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.url.appending(path: "efforts").path())
        #expect(files.sorted() == ["one-inbox.history.jsonl", "one-inbox.yaml"])
    }

    @Test("one changed byte is found and named by status, and nothing more is written onto it")
    func changedByte() throws {
        let folder = try folder()
        _ = try effort("open", folder, "--on", "2026-06-29", "--by", "Ellis")
        let sound = try Program.run("effort", "status", folder.path)
        #expect(sound.status == 0, "\(sound.errors)")
        #expect(sound.out.contains("Begins 6 Jul"))
        let history = try folder.read("efforts/one-inbox.history.jsonl")
        try folder.write(history.replacing("reach: 90 %", with: "reach: 80 %"), "efforts/one-inbox.history.jsonl")
        let status = try Program.run("effort", "status", folder.path)
        #expect(status.status == 1)
        #expect(status.errors.contains("efforts/one-inbox.history.jsonl:1: warning[history-changed]"))
        #expect(status.out.contains("line 1"))
        let closed = try effort("close", folder, "--on", "2026-11-02", "--by", "Ellis", "--outcome", "drop")
        #expect(closed.status == 1)
    }

    @Test("check reads efforts, and names every fault of every file")
    func check() throws {
        let folder = try folder()
        try folder.write(Self.effort.replacing("direction: up", with: "direction: upp"), "efforts/two.yaml")
        try folder.write(Self.effort.replacing("answered-in-time", with: "answerd-in-time"), "efforts/three.yaml")
        let ran = try Program.run("check", folder.path)
        #expect(ran.status == 1)
        #expect(ran.errors.contains("efforts/two.yaml:7:goal.direction: error[unknown-choice]"))
        #expect(ran.errors.contains("efforts/three.yaml:7:goal.measure: error[unknown-measure]"))
        #expect(ran.errors.contains("did you mean \"answered-in-time\"?"))
        #expect(ran.out.contains("efforts: 3, 1 of them can be read"))
    }

    @Test("JSON that machines read")
    func json() throws {
        let folder = try folder()
        _ = try effort("open", folder, "--on", "2026-06-29", "--by", "Ellis")
        let ran = try Program.run("effort", "status", folder.path, "--format", "json")
        let list = try #require(JSONSerialization.jsonObject(with: Data(ran.out.utf8)) as? [[String: Any]])
        #expect(list.count == 1)
        #expect(list[0]["verdict"] as? String == "cannot_tell" || list[0]["verdict"] as? String == "not_begun")
        #expect(list[0]["unit"] as? String == "share")
    }
}
