import Basis

/// The changes that the dealership tries, by when they start: in October 2026 on 6 July, 1 August and 14 September, and
/// three that are over.
enum Effort: CaseIterable, Sendable {
    /// Does what it is meant to.
    case oneInbox
    /// Helps, and cannot be judged by the end: visits need their windows.
    case dedicated
    /// Makes hardly a difference.
    case partsChat
    /// Changes nothing, and has had its time.
    case callScripts
    /// Two at once on the same figure.
    case textTemplates, textTurns

    var name: String {
        switch self {
        case .oneInbox: "one-inbox"
        case .dedicated: "dedicated-person"
        case .partsChat: "parts-chat"
        case .callScripts: "call-scripts"
        case .textTemplates: "text-templates"
        case .textTurns: "text-turns"
        }
    }

    func start(_ options: SampleOptions) -> Day {
        func monday(_ number: Int, monthsBack: Int) -> Day {
            let month = options.lastMonth + -monthsBack
            return Holidays.nth(number, 0, ofMonth: month.monthOfYear, month.year)
        }
        switch self {
        case .oneInbox: return monday(1, monthsBack: 3)
        case .dedicated: return (options.lastMonth + -2).firstDay
        case .partsChat: return monday(2, monthsBack: 1)
        case .callScripts: return monday(1, monthsBack: 5)
        case .textTemplates: return monday(1, monthsBack: 8)
        case .textTurns: return monday(2, monthsBack: 7)
        }
    }

    /// Its file.
    func text(_ options: SampleOptions) -> String {
        let start = start(options)
        // The last month that was whole when the change was written down.
        let seen = start.month + -2
        let body = switch self {
        case .oneInbox: oneInbox(start, seen, by: options.lastMonth.lastDay)
        case .dedicated: dedicatedPerson(start, seen, by: (start.month + 7).lastDay)
        case .partsChat: partsChat(start, seen, by: start + 108)
        case .callScripts: callScripts(start, seen, by: (options.lastMonth + -1).lastDay)
        case .textTemplates: textTemplates(start, seen, by: (options.lastMonth + -5).lastDay)
        case .textTurns: textTurns(start, seen, by: (options.lastMonth + -4).lastDay)
        }
        return body + "\n"
    }

    private func oneInbox(_ start: Day, _ seen: Month, by: Day) -> String {
        """
        name: One inbox for service e-mail
        what: All service e-mail goes to one shared inbox that two people watch in turns.
        why: RESP-02@\(seen);channel=email, below target   # the figure it answers, then words
        how: Forward the five advisors' addresses; two people a day, by rota.
        owner: Jordan Ellis
        asked:                                             # before it starts, in their words
          - { who: advisors, said: "Good, if the rota is fair." }
          - { who: BDC, said: "We need the templates first." }
        start: \(start)
        goal: { measure: answered-in-time, channel: email, direction: up, reach: 90 %, by: \(by) }
        method: step                                       # or slope, or stores: against stores that do not change
        period: week                                       # what a verdict counts by; or month
        looks: 2                                           # verdicts until the goal's day; or their days
        guards: [{ measure: answered-in-time, channel: phone }]   # what must not get worse
        dip: { days: 21, points: 5 }                       # how long it may get worse first, and how much
        stop: { below: 75 %, weeks: 3 }                    # when to give up
        """
    }

    private func dedicatedPerson(_ start: Day, _ seen: Month, by: Day) -> String {
        """
        name: A dedicated person for service leads
        what: One person takes service leads and does nothing else.
        why: S2S-05@\(seen), most are lost before contact
        how: Two in five new leads are routed to her.
        owner: Priya Nair
        asked: [{ who: salespeople, said: "Fine, as long as floor customers stay ours." }]
        start: \(start)
        goal: { measure: leads-reached, direction: up, reach: 30 %, by: \(by) }
        method: step
        period: month
        looks: 2
        guards: [{ measure: gross-per-sale }]
        dip: { days: 31, points: 5 }
        """
    }

    private func partsChat(_ start: Day, _ seen: Month, by: Day) -> String {
        """
        name: Parts answers service by chat
        what: Service asks parts by chat instead of by task.
        why: HAND-03@\(seen);department=service;to-department=parts
        owner: Sam Okafor
        asked: [{ who: parts, said: "We will try it until Christmas." }]
        start: \(start)
        goal:
          { measure: handoff-time, from: service, to: parts, direction: down, reach: 30 min, by: \(by) }
        method: step
        period: week
        looks: 3
        dip: { days: 14 }
        stop: { above: 90 min, weeks: 3 }
        """
    }

    private func callScripts(_ start: Day, _ seen: Month, by: Day) -> String {
        """
        name: Scripts for the phone
        what: Whoever takes calls has a page with the ten questions that come most.
        why: CALL-01@\(seen), three in ten calls are missed
        how: One laminated page at every desk.
        owner: Jordan Ellis
        asked: [{ who: BDC, said: "We know the answers. It is the ringing." }]
        start: \(start)
        goal: { measure: calls.answered_share, direction: up, change: 6 points, by: \(by) }
        method: step
        period: week
        looks: 2
        dip: { days: 14 }
        closed: \(by + 3)
        """
    }

    private func textTemplates(_ start: Day, _ seen: Month, by: Day) -> String {
        """
        name: Templates for texts
        what: First lines for text messages, so that nobody types a greeting.
        why: RESP-02@\(seen);channel=sms
        owner: Jordan Ellis
        asked: [{ who: BDC, said: "Gladly." }]
        start: \(start)
        goal: { measure: answered-in-time, channel: sms, direction: up, change: 3 points, by: \(by) }
        method: step
        period: week
        looks: 2
        dip: { days: 7 }
        closed: \(by + 1)
        """
    }

    private func textTurns(_ start: Day, _ seen: Month, by: Day) -> String {
        """
        name: Texts in turns
        what: Sales answers texts in the afternoon.
        why: RESP-02@\(seen);channel=sms
        owner: Priya Nair
        asked: [{ who: salespeople, said: "Only while the floor is quiet." }]
        start: \(start)
        goal: { measure: answered-in-time, channel: sms, direction: up, change: 3 points, by: \(by) }
        method: step
        period: week
        looks: 2
        dip: { days: 7 }
        closed: \(by + 1)
        """
    }
}
