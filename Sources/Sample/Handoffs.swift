import Basis

/// A pair of departments, how much goes from one to the other in a month, and how it is answered.
private struct Desk {
    var from: Department
    var to: Department
    var monthly: Double
    /// Answered within four open hours, of those answered.
    var inTime = 0.95
    var silence = 0.015
    /// Open minutes that half of the answers take.
    var median = 70.0
}

extension StoreMaker {
    /// As `targets.handoff` in dealership.yaml says.
    static let handoffTarget: Int64 = 4 * 3_600

    private var desks: [Desk] {
        [
            Desk(from: .service, to: .sales, monthly: 118, inTime: 0.92, silence: 0.09),
            Desk(from: .service, to: .parts, monthly: 120, inTime: 0.98, median: 46),
            Desk(from: .service, to: .finance, monthly: 12),
            Desk(from: .sales, to: .service, monthly: 64, silence: 0.03),
            Desk(from: .sales, to: .parts, monthly: 31), Desk(from: .sales, to: .finance, monthly: 73, inTime: 0.97),
            Desk(from: .parts, to: .service, monthly: 58), Desk(from: .parts, to: .sales, monthly: 9),
            Desk(from: .parts, to: .finance, monthly: 4), Desk(from: .finance, to: .service, monthly: 6),
            Desk(from: .finance, to: .sales, monthly: 47, inTime: 0.92, silence: 0.03),
            Desk(from: .finance, to: .parts, monthly: 2),
        ]
    }

    /// Tasks from one department to another, most of them about a customer whose car is in service.
    mutating func makeHandoffs() {
        for (row, desk) in desks.enumerated() {
            for day in days where frame.isOpen(on: day) {
                var random = stream("handoffs", row, Int(day.number))
                let count = random.poisson(frame.mean(on: day, monthly: desk.monthly * options.size, withClosed: false))
                for position in 0..<count { handOff(desk, row, day, position) }
            }
        }
    }

    private mutating func handOff(_ desk: Desk, _ row: Int, _ day: Day, _ position: Int) {
        var random = stream("handoff", row * 1_000 + position, Int(day.number))
        let sent = frame.instant(day, frame.openSecond(on: day, &random) ?? 36_000)
        let customer = random.below(customers.serviced)
        let (sender, answerer) = (random.share(), random.share())
        let isSilent = random.chance(desk.silence)
        let isLate = !random.chance(desk.inTime)
        // Chat between service and parts makes little difference.
        let isFaster = row == 1 && day >= Effort.partsChat.start(options)
        let minutes = random.lognormal(median: isFaster ? desk.median - 3 : desk.median, sigma: 0.7)
        let lateMinutes = 250 + random.lognormal(median: 200, sigma: 0.9)
        let wait = Int64((isLate ? lateMinutes : min(minutes, 232)) * 60)
        let reply = open.deadline(from: sent, seconds: wait)
        let isAnswered = !(isSilent && options.has(.silence))
        let number = customers.all[customer].crmNumber
        guard number > 0, sent < frame.end else { return }
        let thread = "TK\(frame.index + 1)\(row)-\(Int(day.number) * 100 + position)"
        let from = staff.available(desk.from, on: day)
        let to = staff.available(desk.to, on: self.day(of: reply))
        writeTask(thread, 1, number, from[Int(sender * Double(from.count))], desk.from, desk.to, sent)
        if isAnswered {
            writeTask(thread, 2, number, to[Int(answerer * Double(to.count))], desk.to, desk.from, reply)
        }
        let pair = HandoffPair(from: desk.from.name, to: desk.to.name)
        if isAnswered, reply < frame.end {
            if wait <= Self.handoffTarget {
                truth.handoffs[pair, default: .init()].inTime += 1
            } else {
                truth.handoffs[pair, default: .init()].late += 1
            }
        } else {
            truth.handoffs[pair, default: .init()].unanswered += 1
        }
    }

    private mutating func writeTask(
        _ thread: String, _ position: Int, _ customer: Int, _ person: Int, _ from: Department, _ to: Department,
        _ at: Instant
    ) {
        guard at < frame.end else { return }
        sheets[.tasks].begin()
        sheets[.tasks].text("\(thread)-\(position)")
        sheets[.tasks].text(thread)
        sheets[.tasks].text(frame.identifier)
        sheets[.tasks].number(customer)
        sheets[.tasks].text("internal")
        sheets[.tasks].text(self.person(person))
        sheets[.tasks].text(from.name)
        sheets[.tasks].text(to.name)
        sheets[.tasks].local(at, frame.zone)
        sheets[.tasks].end(at: at.seconds)
    }
}
