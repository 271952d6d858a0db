import Basis
import Dealership

extension GroupJournal {
    /// Takes people out of messages and assignments whom the people export does not know.
    ///
    /// The rows themselves count: a reply is a reply whoever wrote it, or its customer would seem to wait. But it is
    /// nobody's, since nobody can be held to it or paid for it who may be anybody. Where nothing says who works here,
    /// everybody does.
    mutating func forgetUnknownPeople(_ header: JournalHeader) {
        guard !header.people.isEmpty else { return }
        let isUnknown = (0..<Int32(people.count)).map { header.people[people[$0]] == nil }
        guard isUnknown.contains(true) else { return }
        let machine = messages.isAutomated
        var found = forget(&messages.person, messages.source, isUnknown) { !machine[$0] }
        faults += unknown(found, .messages, "person_id")
        found = forget(&conversations.assignee, conversations.source, isUnknown) { _ in true }
        faults += unknown(found, .conversations, "assigned_to")
    }

    private struct Rows {
        var first: RowSource
        var count: Int
    }

    /// The rows of each unknown person, by code.
    private func forget(
        _ person: inout [Int32], _ sources: [RowSource], _ isUnknown: [Bool], _ isPerson: (Int) -> Bool
    ) -> [Rows] {
        var found = [Rows](repeating: Rows(first: .none, count: 0), count: isUnknown.count)
        for row in person.indices where person[row] >= 0 && isUnknown[Int(person[row])] && isPerson(row) {
            let code = Int(person[row])
            found[code].first = min(found[code].first, sources[row])
            found[code].count += 1
            person[row] = -1
        }
        return found
    }

    /// One fault a person: an export with other numbers than the people's would have one in every row.
    private func unknown(_ found: [Rows], _ table: StandardTable, _ column: String) -> [GroupFault] {
        let codes = found.indices.filter { found[$0].count > 0 }
        return codes.sorted { found[$0].first < found[$1].first }.map { code in
            let rows = found[code]
            var fault = GroupFault(reason: .unknownPerson, table: table, column: column, source: rows.first)
            fault.rows = rows.count
            fault.isOfCell = true
            fault.value = people[Int32(code)]
            return fault
        }
    }
}
