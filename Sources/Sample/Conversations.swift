import Basis

/// What chance has in store for a conversation, drawn in full before anything depends on it.
struct TalkPlan {
    var asked: Instant
    var isAfterHours: Bool
    var department: Department
    var customer: Double
    var responder: Double
    var silence: Double
    var withdrawal: Double
    var isLostIfDown: Bool
    var isReturnedIfDown: Bool
    var returnsAfter: Int64
    var isEvening: Double
    var eveningWait: Int64
    var isDirect: Double
    var automated: Double
    var draws: TalkDraws
    var turns: Int
    var unassigned: Double
    /// Channel and day, and the position in it: the key of streams for what happens besides.
    let key: (Int, Int)

    init(_ channel: Channel, _ day: Day, _ position: Int, _ frame: StoreFrame, _ random: inout RandomStream) {
        key = (Int(day.number) * 8 + channel.rawValue, position)
        isAfterHours = !frame.isOpen(on: day) || random.chance(channel.afterHours)
        department = Department(rawValue: random.weighted(channel.departments)) ?? .service
        customer = random.share()
        responder = random.share()
        silence = random.share()
        withdrawal = random.share()
        isLostIfDown = random.chance(channel == .phone ? 0.5 : 0.6)
        isReturnedIfDown = random.chance(0.2)
        returnsAfter = Int64(random.lognormal(median: 5_400, sigma: 0.7))
        isEvening = random.share()
        eveningWait = Int64(random.within(300...2_400))
        isDirect = random.share()
        automated = random.share()
        draws = TalkDraws(&random)
        turns = channel == .phone ? 0 : random.weighted([0.45, 0.32, 0.16, 0.07])
        unassigned = random.share()
        let second = isAfterHours
            ? frame.closedSecond(on: day, &random) : frame.openSecond(on: day, &random) ?? 36_000
        asked = frame.readable(frame.instant(day, second))
    }
}

extension StoreMaker {
    mutating func makeConversations() {
        for day in days {
            for channel in Channel.allCases {
                var random = stream("arrivals", channel.rawValue, Int(day.number))
                let mean = frame.mean(on: day, monthly: channel.volume * options.size, withClosed: true)
                let factor = frame.isSeasonal ? channel.weekdayFactor(day.weekday) : 1
                // The day on which the export of chats ends has one, or it would seem to end earlier.
                let least = channel == .chat && day == lastChatDay ? 1 : 0
                for position in 0..<max(least, random.poisson(mean * factor)) { converse(channel, day, position) }
            }
            makeOtherChannels(on: day)
        }
    }

    private mutating func converse(_ channel: Channel, _ day: Day, _ position: Int) {
        var random = stream("talk", Int(day.number) * 8 + channel.rawValue, position)
        var talk = TalkPlan(channel, day, position, frame, &random)
        let thread = "\(channel.prefix)\(frame.index + 1)\(Int(day.number) * 1_000 + position)"
        let isGap = channel == .sms && day.weekday == 5 && day.month == options.lastMonth && !talk.isAfterHours
        let isSilent = talk.silence < (isGap ? 0.55 : silence(channel, day))
        // Who gets no answer never writes again: what stays open stays open.
        let index = isSilent ? customers.newInCRM() : customer(talk.customer, on: day, &random)
        customers.all[index].busy.append(day...(day + 12))
        if down[channel.rawValue].contains(talk.asked) {
            // A call cannot come in at all; mail may be waiting when the system is back.
            let comesBack = talk.isReturnedIfDown || (channel == .phone && !talk.isLostIfDown)
            let outage = down[channel.rawValue].intervals.last { $0.contains(talk.asked) }
            if comesBack, let end = outage?.upperBound {
                talk.asked = frame.readable(end + talk.returnsAfter)
                truth.outages.returned[channel.name, default: 0] += 1
                if channel == .email, day.month == options.lastMonth { exposed.append(customers.all[index].crmNumber) }
            } else if talk.isLostIfDown || channel == .phone {
                truth.outages.lost[channel.name, default: 0] += 1
                truth.outages.lostArrivals.append(.init(store: frame.identifier, kind: channel.name, at: talk.asked))
                return
            }
        }
        guard isCovered(channel, talk.asked) else { return }
        let mayBeSilent = options.has(.silence)
        speak(
            talk, channel, thread, index, isSilent: isSilent && mayBeSilent, isGap: isGap && mayBeSilent, &random)
    }

    /// Fewer customers were left without an answer from month to month.
    private func silence(_ channel: Channel, _ day: Day) -> Double {
        let age = Double(options.lastMonth - day.month) / Double(max(1, options.months - 1))
        let base = channel == .phone ? 0.006 : channel == .chat ? 0.01 : 0.012
        return base * (1 + 1.6 * age)
    }

    /// Mostly a service customer, never one who is in a conversation with us.
    private mutating func customer(_ share: Double, on day: Day, _ random: inout RandomStream) -> Int {
        let range = day...(day + 12)
        for attempt in 0..<12 {
            let u = attempt == 0 ? share : random.share()
            let index = min(Int(u * 1.1 * Double(customers.serviced)), customers.serviced + customers.asking - 1)
            if customers.all[index].crmNumber > 0, customers.all[index].isFree(range) { return index }
        }
        return customers.newInCRM()
    }

    private func isInTime(_ channel: Channel, _ department: Department, _ talk: TalkPlan) -> Double {
        let day = day(of: talk.asked)
        switch channel {
        case .email:
            guard department == .service else { return 0.88 }
            let start = Effort.oneInbox.start(options)
            if !options.has(.effort) || day < start { return 0.83 }
            return day < start + 21 ? 0.80 : 0.95
        case .sms: return 0.94
        case .phone: return talk.isAfterHours ? 0.86 : 0.7
        case .chat: return 0.93
        }
    }

    private mutating func speak(
        _ talk: TalkPlan, _ channel: Channel, _ thread: String, _ index: Int, isSilent: Bool, isGap: Bool,
        _ random: inout RandomStream
    ) {
        let number = customers.all[index].crmNumber
        let workday = day(of: open.firstRunning(from: talk.asked))
        let here = staff.available(talk.department, on: workday)
        let responder = here[min(here.count - 1, Int(talk.responder * Double(here.count)))]
        let isOpen = open.runs(at: talk.asked)
        if !isOpen { truth.responses.afterHours += 1 }
        let isAnswered = channel == .phone && isOpen && !isSilent && talk.isDirect < 0.87
        var line = Line(channel, thread, 1, number, .inbound, isAnswered ? responder : nil, talk.department, talk.asked)
        if channel == .phone { line.outcome = isAnswered ? .answered : isOpen ? .missed : .voicemail }
        write(line)
        if talk.automated < automatedShare(channel, isOpen: isOpen), !down[channel.rawValue].contains(talk.asked) {
            write(Line(channel, thread, 9, number, .outbound, nil, talk.department, talk.asked + 3, isAutomated: true))
        }
        let isUnassigned = isGap && (isSilent || talk.unassigned < 0.7)
        var assignment = Assignment(
            to: isUnassigned ? nil : responder, at: open.firstRunning(from: talk.asked) + (isOpen ? 20 : 0))
        guard !isSilent else {
            let isWithdrawn = talk.withdrawal < 0.03 && !isGap
            writeConversation(
                thread, asked: talk.asked, assignment, status: isWithdrawn ? "withdrawn" : "open", channel, nil)
            record(thread, channel, asked: talk.asked, reply: nil, delay: 0, isWithdrawn: isWithdrawn)
            return
        }
        var care = Care(person: responder, takenOverAt: nil, reply: AnswerInstants(at: talk.asked))
        var delay: Int64 = 0
        var later: AnswerInstants?
        if !isAnswered {
            (care.reply, delay) = reply(talk, channel, responder, isOpen: isOpen, isGap: isGap)
            if !isGap, stopsTheClock(talk, channel, responder, isOpen: isOpen, until: care.reply.due) {
                (care.reply, delay, later) = stopClock(talk, thread, number, responder, delay)
            } else {
                let isThroughout = delay > 0 && absence(of: responder, from: talk.asked, to: care.reply.due) == nil
                let absentee = isGap || !isThroughout ? nil : absentee(talk, channel, workday)
                // It is in the absentee's box as soon as it comes.
                if let absentee { assignment = Assignment(to: absentee, at: open.firstRunning(from: talk.asked)) }
                care = absentee.map { self.care(for: talk, channel, care, of: $0, delay: delay) }
                    ?? self.care(for: talk, channel, care, delay: delay, mayLie: channel != .phone && !isGap)
                if let at = care.takenOverAt { assignment.pass(to: care.person, at: at) }
                if care.isNobodys { assignment.to = nil }
            }
            var answer = Line(
                channel, thread, 2, number, .outbound, care.person, staff.people[care.person].department,
                care.reply.given, outcome: channel == .phone ? .returned : nil)
            answer.isStock = later != nil
            write(answer)
        }
        record(thread, channel, asked: talk.asked, reply: care.reply, delay: delay)
        countCare(thread, assignment, care)
        if channel == .email, care.reply.isDelayed, workday.month == options.lastMonth { exposed.append(number) }
        if channel == .email, talk.department == .service { recordEffort(talk.asked, delay) }
        let resolved = goOn(talk, channel, thread, number, care.person, from: later ?? care.reply, &random)
        writeConversation(thread, asked: talk.asked, assignment, status: "closed", channel, resolved)
    }

    private func automatedShare(_ channel: Channel, isOpen: Bool) -> Double {
        switch channel {
        case .email: isOpen ? 0.1 : 0.6
        case .sms: isOpen ? 0.02 : 0.25
        case .phone: 0
        case .chat: 0.8
        }
    }

    /// The first answer, and how many seconds of work it took.
    private func reply(
        _ talk: TalkPlan, _ channel: Channel, _ responder: Int, isOpen: Bool, isGap: Bool
    ) -> (AnswerInstants, Int64) {
        let evening = frame.readable(talk.asked + talk.eveningWait)
        if channel != .phone, !isOpen, talk.isEvening < 0.04, open.seconds(from: talk.asked, to: evening) == 0 {
            return (AnswerInstants(at: evening), 0)
        }
        let share = isGap ? 0 : isInTime(channel, talk.department, talk)
        let delay = talk.draws.delay(channel, inTime: share, lateness: isGap ? 1 : staff.people[responder].lateness)
        return (answer(on: channel, to: talk.asked, seconds: delay), delay)
    }

    /// The customer's further questions, each with its answer; when the last was given.
    private mutating func goOn(
        _ talk: TalkPlan, _ channel: Channel, _ thread: String, _ number: Int, _ responder: Int,
        from reply: AnswerInstants, _ random: inout RandomStream
    ) -> Instant {
        var last = reply
        let median: Double = channel == .email ? 9_000 : channel == .sms ? 700 : 70
        for turn in 0..<talk.turns {
            let pause = Int64(random.lognormal(median: median, sigma: 0.9))
            let draws = TalkDraws(&random)
            let asked = frame.readable(last.due + max(10, pause))
            // The next conversation of this customer must not begin in this one.
            guard isCovered(channel, asked), asked - talk.asked < 8 * 86_400 else { break }
            let delay = draws.delay(channel, inTime: 0.93, lateness: staff.people[responder].lateness)
            let next = answer(on: channel, to: asked, seconds: min(delay, 28_800))
            // Who is away by then is asked nothing more.
            guard absence(of: responder, from: asked, to: next.due) == nil else { break }
            last = next
            if channel == .email, last.isDelayed, day(of: asked).month == options.lastMonth { exposed.append(number) }
            write(Line(channel, thread, 10 + 2 * turn, number, .inbound, nil, talk.department, asked))
            write(
                Line(
                    channel, thread, 11 + 2 * turn, number, .outbound, responder, staff.people[responder].department,
                    last.given))
        }
        return last.given
    }
}

// MARK: - Outside the dealership's systems

extension StoreMaker {
    /// A few messages that a sample of private telephones brought to light.
    private mutating func makeOtherChannels(on day: Day) {
        guard frame.isOpen(on: day) else { return }
        var random = stream("other channels", Int(day.number))
        for position in 0..<random.poisson(frame.mean(on: day, monthly: 55 * options.size, withClosed: false)) {
            let index = random.below(customers.serviced)
            let asked = frame.instant(day, frame.openSecond(on: day, &random) ?? 36_000)
            let people = staff.available(.sales, on: day)
            let wait = Int64(random.lognormal(median: 500, sigma: 1))
            let person = people[random.below(people.count)]
            guard customers.all[index].crmNumber > 0 else { continue }
            for (number, at) in [(1, asked), (2, asked + wait)] where at < frame.end {
                sheets[.otherChannels].begin()
                sheets[.otherChannels].text("WA\(frame.index + 1)\(Int(day.number) * 100 + position)-\(number)")
                sheets[.otherChannels].text(frame.identifier)
                sheets[.otherChannels].number(customers.all[index].crmNumber)
                sheets[.otherChannels].text("whatsapp")
                sheets[.otherChannels].text(number == 1 ? "inbound" : "outbound")
                sheets[.otherChannels].text(number == 1 ? "" : self.person(person))
                sheets[.otherChannels].text("sales")
                sheets[.otherChannels].local(frame.readable(at), frame.zone)
                sheets[.otherChannels].end(at: at.seconds)
            }
        }
    }
}
