import Basis
import Sample
import Testing

/// Who is away does not answer, and what was planted about it can be found in the files.
struct AwayTests {
    private func days(_ rows: Rows) -> [String: [Range<String>]] {
        var away: [String: [Range<String>]] = [:]
        for row in rows.cells.indices {
            away[rows["person_id"][row], default: []].append(rows["from"][row]..<rows["to"][row])
        }
        return away
    }

    @Test func nobodyAnswersWhileAway() throws {
        let made = make(seed: 2, months: 8, size: 0.5)
        let away = days(try Rows(made, "absences.csv", key: "person_id"))
        let mail = try Rows(made, "email.csv", key: "message_id")
        var answers = 0
        for row in mail.cells.indices where mail["direction"][row] == "outbound" && mail["automated"][row] == "no" {
            guard mail["message_id"][row].hasPrefix("EM"), let absences = away[mail["person_id"][row]] else { continue }
            let at = mail["sent_at"][row]
            // After closing time people now and then answer although their holiday begins or ends that day.
            let hour = at.dropFirst(11).prefix(5)
            guard hour > "08:00", hour < "17:00" else { continue }
            answers += 1
            #expect(!absences.contains { $0.contains(at) }, "\(mail["message_id"][row])")
        }
        #expect(answers > 1_000)
    }

    @Test func somebodyTakesOverOrTheQuestionLies() throws {
        let made = make(seed: 2, months: 8, size: 0.5)
        let truth = made.truth.responses
        #expect(truth.takenOver.count > 5 && !truth.awaySeconds.isEmpty)
        let mail = try Rows(made, "email.csv", key: "message_id")
        let answered = Dictionary(
            zip(mail["message_id"], mail["person_id"]).map { (String($0), $1) }, uniquingKeysWith: { a, _ in a })
        let list = try Rows(made, "conversations.csv", key: "conversation_id")
        let assigned = Dictionary(uniqueKeysWithValues: zip(list["conversation_id"], list["assigned_to"]))
        for (thread, takeover) in truth.takenOver where thread.hasPrefix("EM") {
            #expect(answered["\(thread)-2"] == takeover.to && takeover.to != takeover.from, "\(thread)")
            #expect(assigned[thread] == takeover.to, "\(thread)")
        }
        for (thread, seconds) in truth.awaySeconds { #expect(seconds > 0 && truth.workSeconds[thread] != nil) }
    }

    @Test func historyAddsRowsAndNothingElse() throws {
        let plain = make(seed: 2, months: 8, size: 0.5)
        let full = sampleDealership(
            SampleOptions(seed: 2, months: 8, size: 0.5, writesAssignmentHistory: true), zones: zone)
        for (one, two) in zip(plain.files, full.files) where one.path != "exports/conversations.csv" {
            #expect(one == two, "\(one.path)")
        }
        let (one, two) = (
            try Rows(plain, "conversations.csv", key: "conversation_id"),
            try Rows(full, "conversations.csv", key: "conversation_id")
        )
        #expect(Set(one.lines).isSubset(of: Set(two.lines)))
        let threads = two["conversation_id"]
        let repeated = Dictionary(grouping: threads.indices) { threads[$0] }.filter { $0.value.count > 1 }
        #expect(Set(repeated.keys).subtracting(plain.truth.responses.takenOver.keys).isEmpty)
        #expect(two.lines.count - one.lines.count == repeated.count && repeated.count > 5)
        for rows in repeated.values {
            #expect(rows.count == 2 && two["assigned_to"][rows[0]] != two["assigned_to"][rows[1]])
            #expect(two["assigned_at"][rows[0]] <= two["assigned_at"][rows[1]])
        }
    }

    /// The same words within seconds, and the customer asks again before anybody says more.
    @Test func stoppedClocksCanBeSeen() throws {
        let made = make(seed: 3, months: 3, size: 1)
        let planted = made.truth.responses.stoppedClocks
        #expect(planted.count == 1 && planted.values.allSatisfy { $0 > 8 }, "\(planted)")
        let texts = try Rows(made, "texts.csv", key: "message_id")
        let row = Dictionary(texts.cells.indices.map { (texts["message_id"][$0], $0) }, uniquingKeysWith: { a, _ in a })
        var found: [String: Int] = [:]
        for (number, index) in row where number.hasSuffix("-3") && texts["direction"][index] == "inbound" {
            guard !number.hasPrefix("LD"), let quick = row[number.dropLast(2) + "-2"] else { continue }
            let person = texts["person_id"][quick]
            found[person, default: 0] += 1
            #expect(texts["text_hash"][quick] == "w6", "\(number)")
            #expect(texts["sent_at"][quick] < texts["sent_at"][index])
        }
        #expect(found == planted)
    }
}
