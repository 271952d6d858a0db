import Basis

extension ConversationFacts {
    /// Leads, each from its arrival to the first answer of a person to its customer on any managed channel. `channel` is
    /// the lead's source, `assignee` its owner, `department` the owner's.
    init(leadsOf facts: Facts) {
        self.init()
        let leads = facts.journal.leads
        let header = facts.header
        let answers = facts.answers
        let messages = facts.journal.messages
        let people = facts.journal.people
        let departments = (0..<Int32(people.count)).map { code in
            header.people[people[code]].map { header.code(ofName: $0.department) } ?? -1
        }
        var clock = WaitClock(
            header: header, calendars: facts.calendars, coverage: .none, absences: facts.absences, asOf: facts.messagesAsOf)
        reserve(leads.count)
        for lead in 0..<leads.count {
            var draft = ConversationDraft()
            let created = leads.createdAt[lead]
            draft.source = leads.source[lead]
            draft.store = leads.store[lead]
            draft.channel = leads.origin[lead]
            draft.customer = leads.customer[lead]
            draft.assignee = leads.owner[lead]
            draft.department = draft.assignee >= 0 ? departments[Int(draft.assignee)] : -1
            draft.start = created.instant.seconds
            if created.instant >= facts.messagesAsOf { draft.leftOut = .afterAsOf }
            // From a day alone nobody can tell how long an answer took.
            if created.isDateOnly { draft.leftOut = .noTimeOfDay }
            if draft.leftOut == .counted, let answer = answers.first(of: facts.identity[draft.customer], from: draft.start) {
                draft.answer(by: answer, messages)
            }
            append(draft, clock.measure(draft))
        }
    }
}
