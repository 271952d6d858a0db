import Basis
import Programs
import Testing

@Suite("Histories of efforts")
struct HistoryTests {
    private let day = Day(year: 2026, month: 7, day: 1) ?? Day(number: 0)

    @Test("an entry is whole as written, and no byte of it can be another")
    func bytes() {
        let history = EffortHistory().adding(.open, on: day, by: "Zoë \"Z\" Ruiz", text: "name: A\n\tb: \\ é\n")
        let line = history.text.dropLast()
        #expect(EffortEntry.isWhole(line: line))
        let bytes = Array(line.utf8)
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 1
            #expect(!EffortEntry.isWhole(line: String(decoding: changed, as: UTF8.self)), "byte \(place)")
        }
    }

    @Test("SHA-256 of the body as sha256sum gives it")
    func published() {
        let history = EffortHistory().adding(.open, on: day, by: "A", text: "x")
        let body = #"{"seq":1,"on":"2026-07-01","act":"open","by":"A","note":"","text":"x","previous":""#
            + EffortHistory.none + "\""
        #expect(history.text == body + ",\"hash\":\"\(history.head)\"}\n")
        #expect(history.head == "5c23e0386218e1d23123033fd64b982a8f953b684e79bec555d519ce894f9457")
    }
}
