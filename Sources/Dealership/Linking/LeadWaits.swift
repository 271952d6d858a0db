import Basis

extension ConversationFacts {
    /// Leads, each from its arrival to the first answer of a person to its customer on any managed channel. `channel` is
    /// the lead's source, `assignee` its owner, `department` the owner's.
    init(leadsOf facts: Facts) {
        self.init()
        areLeads = true
        let leads = facts.journal.leads
        let answers = facts.answers
        let messages = facts.journal.messages
        let departments = DepartmentsOfPeople(facts.journal, facts.header)
        var clock = facts.waitClock
        reserve(leads.count)
        for lead in 0..<leads.count {
            var draft = ConversationDraft()
            let created = leads.createdAt[lead]
            draft.isLead = true
            draft.source = leads.source[lead]
            draft.store = leads.store[lead]
            draft.channel = leads.origin[lead]
            draft.customer = leads.customer[lead]
            draft.assignee = leads.owner[lead]
            draft.start = created.instant.seconds
            draft.department = departments.department(of: draft.assignee, at: draft.start, store: draft.store)
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
