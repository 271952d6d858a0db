import Basis
import Definitions
import Programs
import Testing

/// A goal that was moved is seen, with the history and past it.
@Suite("Records of efforts")
struct RecordTests {
    private func day(_ month: Int, _ day: Int) -> Day { Day(year: 2026, month: month, day: day) ?? Day(number: 0) }

    private func read(_ text: String, _ history: EffortHistory?) throws -> (record: EffortRecord, codes: [String]) {
        let checked = try EffortFile.record(
            text: text, file: "efforts/one.yaml", identifier: "one", history: history?.text, settings: Made.settings)
        return (checked.value, checked.diagnostics.map(\.code))
    }

    private let first = Made.text()
    private var moved: String { first.replacing("reach: 90", with: "reach: 85") }

    @Test("opened before the start and left alone: nothing to say")
    func quiet() throws {
        let history = EffortHistory().adding(.open, on: day(6, 29), by: "Ellis", text: first)
        let (record, codes) = try read(first, history)
        #expect(codes.isEmpty)
        #expect(record.sinceStart.isEmpty && !record.isOpenedLate && record.closed == nil)
    }

    @Test("a goal moved after the start is named, and the verdict stands on what was declared")
    func amendedAfter() throws {
        let history = EffortHistory().adding(.open, on: day(6, 29), by: "Ellis", text: first)
            .adding(.amend, on: day(9, 1), by: "Ellis", note: "too high", text: moved)
        let (record, codes) = try read(moved, history)
        #expect(codes == ["goal-moved"])
        #expect(record.sinceStart.map(\.subject) == [.goal])
        #expect(record.declared.goal.size == .reach(90))
        #expect(record.effort.goal.size == .reach(85))
    }

    @Test("moved before the start it is the goal")
    func amendedBefore() throws {
        let history = EffortHistory().adding(.open, on: day(6, 29), by: "Ellis", text: first)
            .adding(.amend, on: day(7, 1), by: "Ellis", text: moved)
        let (record, codes) = try read(moved, history)
        #expect(codes.isEmpty)
        #expect(record.declared.goal.size == .reach(85))
    }

    @Test("edited past the history it is seen too")
    func unlogged() throws {
        let history = EffortHistory().adding(.open, on: day(6, 29), by: "Ellis", text: first)
        let (record, codes) = try read(moved, history)
        #expect(codes == ["edited-past-history", "goal-moved"])
        #expect(record.unlogged.map(\.words) == ["goal was up to 90 by 2026-10-31, is up to 85 by 2026-10-31"])
        #expect(record.declared.goal.size == .reach(90))
        // A blank is an edit as well, and moves nothing.
        let (blank, blankCodes) = try read(first + "\n", history)
        #expect(blankCodes == ["edited-past-history"] && blank.unlogged.isEmpty)
    }

    @Test("opened after the start, and closed")
    func lateAndClosed() throws {
        let history = EffortHistory().adding(.open, on: day(8, 1), by: "Ellis", text: first)
            .adding(.close, on: day(10, 2), by: "Ellis", outcome: .keep, text: first)
        let (record, codes) = try read(first, history)
        #expect(codes == ["opened-late"])
        #expect(record.closed == day(10, 2))
        #expect(record.isOpen(on: day(10, 1)) && !record.isOpen(on: day(10, 2)))
    }

    @Test("whatever byte of a history is changed, the line is named")
    func damage() throws {
        let history = EffortHistory().adding(.open, on: day(6, 29), by: "Ellis", text: first)
            .adding(.amend, on: day(9, 1), by: "Ellis", text: moved)
        let bytes = Array(history.text.utf8)
        let firstLine = (bytes.firstIndex(of: 10) ?? 0) + 1
        for place in stride(from: 0, to: bytes.count, by: 7) {
            var changed = bytes
            changed[place] ^= 2
            let text = String(decoding: changed, as: UTF8.self)
            let read = EffortHistoryFile.read(text: text, file: "efforts/one.history.jsonl")
            let rows = read.diagnostics.compactMap { $0.location?.row }
            #expect(rows.contains(place < firstLine ? 1 : 2), "byte \(place)")
            #expect(!read.value.damage.isEmpty)
        }
    }

    @Test("lines taken out, put in another order, or cut off")
    func order() throws {
        let history = EffortHistory().adding(.open, on: day(6, 29), by: "Ellis", text: first)
            .adding(.amend, on: day(7, 1), by: "Ellis", text: moved)
            .adding(.amend, on: day(9, 1), by: "Ellis", text: first)
        let lines = history.text.split(separator: "\n").map(String.init)
        func damage(_ lines: [String]) -> [String] {
            EffortHistoryFile.read(text: lines.map { $0 + "\n" }.joined(), file: "h").value.damage
        }
        #expect(damage(lines).isEmpty)
        #expect(!damage([lines[0], lines[2]]).isEmpty)
        #expect(!damage([lines[1], lines[2]]).isEmpty)
        #expect(!damage([lines[0], lines[2], lines[1]]).isEmpty)
        #expect(!damage([lines[0], lines[1], lines[1], lines[2]]).isEmpty)
        let cut = EffortHistoryFile.read(text: String(history.text.dropLast()), file: "h")
        #expect(cut.value.damage.contains { $0.contains("cut off") })
    }
}
