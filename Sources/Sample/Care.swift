import Basis

/// When an answer was due by the clock that outages stop, when it would have been given without them, and when it was.
/// The last two are the same in the twin whose replies outages do not delay; what the customer does next follows the
/// first, so that it is the same in both.
struct AnswerInstants: Sendable {
    var due: Instant
    var undelayed: Instant
    var given: Instant

    init(due: Instant, undelayed: Instant, given: Instant) {
        self.due = due
        self.undelayed = undelayed
        self.given = given
    }

    /// Nothing lies between.
    init(at instant: Instant) { self.init(due: instant, undelayed: instant, given: instant) }

    var isDelayed: Bool { due != undelayed }
}

/// Who saw to a question in the end.
struct Care {
    var person: Int
    /// When a colleague took it over from who was away; nil: it stayed where it was.
    var takenOverAt: Instant?
    var reply: AnswerInstants
    /// Everybody is away: whoever answers does it without being asked to.
    var isNobodys = false
}

extension StoreMaker {
    /// So many seconds of work after the question, none of them in a time of rest.
    func answer(
        on channel: Channel, to asked: Instant, seconds: Int64, resting: IntervalSet = .empty
    ) -> AnswerInstants {
        let work = self.work[channel.rawValue]
        guard !resting.isEmpty else {
            let (due, undelayed) = (
                work.deadline(from: asked, seconds: seconds), open.deadline(from: asked, seconds: seconds)
            )
            return AnswerInstants(due: due, undelayed: undelayed, given: plan.isKnown ? due : undelayed)
        }
        let due = work.without(resting).deadline(from: asked, seconds: seconds)
        let undelayed = open.without(resting).deadline(from: asked, seconds: seconds)
        return AnswerInstants(due: due, undelayed: undelayed, given: plan.isKnown ? due : undelayed)
    }

    private func absences(of person: Int) -> [Range<Instant>] {
        staff.people[person].absences.map {
            frame.zone.startOfDay($0.days.lowerBound)..<frame.zone.startOfDay($0.days.upperBound)
        }
    }

    /// The first absence that takes open time between two instants.
    func absence(of person: Int, from: Instant, to: Instant) -> Range<Instant>? {
        absences(of: person).first {
            let (begins, ends) = (max(from, $0.lowerBound), min(to, $0.upperBound))
            return begins < ends && open.seconds(from: begins, to: ends) > 0
        }
    }

    /// A question whose assignee is away before the answer is due: mostly a colleague takes it over and answers when it
    /// was due anyway; one in three lies until the assignee is back, its work taking as long as ever.
    func care(
        for talk: TalkPlan, _ channel: Channel, _ stays: Care, delay: Int64, mayLie: Bool
    ) -> Care {
        let (person, reply) = (stays.person, stays.reply)
        guard delay > 0, let away = absence(of: person, from: talk.asked, to: reply.due) else { return stays }
        var random = stream("care", talk.key.0, talk.key.1)
        let lies = random.chance(0.35) && mayLie
        let resting = IntervalSet(absences(of: person))
        let late = answer(on: channel, to: talk.asked, seconds: delay, resting: resting)
        // Nine days later the customer may be in the next conversation.
        if lies, late.due - talk.asked < 9 * 86_400 { return Care(person: person, takenOverAt: nil, reply: late) }
        let colleagues = staff.available(talk.department, on: day(of: reply.due)).filter {
            $0 != person && absence(of: $0, from: talk.asked, to: reply.due) == nil
                && staff.people[$0].works(on: day(of: reply.due))
        }
        guard let colleague = random.pick(colleagues) else {
            return Care(person: person, takenOverAt: nil, reply: reply, isNobodys: true)
        }
        return Care(
            person: colleague, takenOverAt: open.firstRunning(from: max(away.lowerBound, talk.asked)), reply: reply)
    }

    // MARK: - Mail to who is away

    /// Now and then mail goes to somebody of the department who is away when it comes; nil: it does not.
    func absentee(_ talk: TalkPlan, _ channel: Channel, _ workday: Day) -> Int? {
        guard channel == .email else { return nil }
        var random = stream("absentee", talk.key.0, talk.key.1)
        guard random.chance(0.04) else { return nil }
        let role = talk.department == .service ? "advisor" : "salesperson"
        let away = staff.people.indices.filter { index in
            staff.people[index].role == role && staff.people[index].absences.contains { $0.days.contains(workday) }
        }
        return random.pick(away)
    }

    /// A colleague takes the mail over when half its work could have been done and answers when it was due anyway; one
    /// in three, where the assignee is back within days, lies until then.
    func care(
        for talk: TalkPlan, _ channel: Channel, _ planned: Care, of absentee: Int, delay: Int64
    ) -> Care {
        var random = stream("care", talk.key.0, talk.key.1)
        let lies = random.chance(0.35)
        let late = answer(on: channel, to: talk.asked, seconds: delay, resting: IntervalSet(absences(of: absentee)))
        if lies, delay > 0, late.due - talk.asked < 6 * 86_400 {
            return Care(person: absentee, takenOverAt: nil, reply: late)
        }
        let taken = answer(on: channel, to: talk.asked, seconds: delay / 2).given
        return Care(person: planned.person, takenOverAt: max(taken, talk.asked), reply: planned.reply)
    }

    mutating func countCare(_ thread: String, _ assignment: Assignment, _ care: Care) {
        guard let earlier = assignment.earlier, care.reply.given < frame.end else { return }
        truth.responses.takenOver[thread] = .init(
            from: person(earlier.to), to: person(care.person), at: assignment.at)
    }

    // MARK: - Clocks that are stopped

    /// Whether somebody answers a text within seconds, in the same words as ever, only for the customer to ask again.
    func stopsTheClock(
        _ talk: TalkPlan, _ channel: Channel, _ person: Int, isOpen: Bool, until due: Instant
    ) -> Bool {
        guard channel == .sms, isOpen, person == staff.clockStopper else { return false }
        guard day(of: talk.asked).month > options.lastMonth + -2 else { return false }
        var random = stream("stopped clock", talk.key.0, talk.key.1)
        return random.chance(0.6) && absence(of: person, from: talk.asked, to: due + 172_800) == nil
    }

    /// Writes the customer's second question and the answer to it; gives the quick first one, its seconds, and the
    /// later.
    mutating func stopClock(
        _ talk: TalkPlan, _ thread: String, _ customer: Int, _ person: Int, _ delay: Int64
    ) -> (AnswerInstants, Int64, AnswerInstants) {
        var random = stream("asked again", talk.key.0, talk.key.1)
        let seconds = Int64(random.within(8...40))
        let quick = answer(on: .sms, to: talk.asked, seconds: seconds)
        let again = frame.readable(quick.due + Int64(random.within(60...400)))
        let later = answer(on: .sms, to: again, seconds: delay)
        write(Line(.sms, thread, 3, customer, .inbound, nil, talk.department, again))
        write(Line(.sms, thread, 4, customer, .outbound, person, staff.people[person].department, later.given))
        if quick.given < frame.end { truth.responses.stoppedClocks[self.person(person), default: 0] += 1 }
        return (quick, seconds, later)
    }
}
