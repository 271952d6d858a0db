import Basis

/// A message or call on its way into an export.
struct Line {
    enum Direction { case inbound, outbound }
    enum Outcome: String {
        case answered = "ANSWERED"
        case missed = "NO ANSWER"
        case voicemail = "VOICEMAIL"
        case returned = "RETURNED"
    }

    var channel: Channel
    var thread: String
    var position: Int
    var customer: Int
    var direction: Direction
    var person: Int?
    var department: Department
    var at: Instant
    var isAutomated = false
    var outcome: Outcome?
    /// The words that the person sends to everybody.
    var isStock = false

    init(
        _ channel: Channel, _ thread: String, _ position: Int, _ customer: Int, _ direction: Direction, _ person: Int?,
        _ department: Department, _ at: Instant, isAutomated: Bool = false, outcome: Outcome? = nil
    ) {
        self.channel = channel
        self.thread = thread
        self.position = position
        self.customer = customer
        self.direction = direction
        self.person = person
        self.department = department
        self.at = at
        self.isAutomated = isAutomated
        self.outcome = outcome
    }
}

/// Whose conversation it is, and since when; whose it was before.
struct Assignment {
    var to: Int?
    var at: Instant
    private(set) var earlier: (to: Int, at: Instant)?

    init(to: Int?, at: Instant) {
        self.to = to
        self.at = at
    }

    /// Nothing where it is nobody's.
    mutating func pass(to colleague: Int, at instant: Instant) {
        guard let assigned = to else { return }
        earlier = (assigned, at)
        to = colleague
        at = max(at, instant)
    }
}

/// How long an answer takes, drawn before it is known who gives it.
struct TalkDraws {
    private let late: Double
    private let early: Double
    private let tail: Double

    init(_ random: inout RandomStream) {
        late = random.share()
        early = random.share()
        tail = random.normal()
    }

    /// Seconds of work. In time: half within some third of the target. Late: clearly past it, at most three days.
    func delay(_ channel: Channel, inTime: Double, lateness: Double) -> Int64 {
        let target = Double(channel.target)
        guard late < min(0.9, (1 - inTime) * lateness) else {
            return max(5, Int64(target * (0.02 + 0.95 * power(early))))
        }
        let scale = channel == .email ? 1.5 : channel == .sms ? 4 : 7
        let over = channel == .email ? 1.0 : 1.3
        return Int64(min(target * (1.06 + scale * exponential(over * tail)), 108_000))
    }

    private func power(_ x: Double) -> Double { x * x.squareRoot() }
}

extension StoreMaker {
    /// The last day that the export of chats covers.
    var lastChatDay: Day { frame.lastDay + -3 }

    /// Whether an export can know of it.
    func isCovered(_ channel: Channel, _ at: Instant) -> Bool {
        at < frame.end && (channel != .chat || day(of: at) <= lastChatDay)
    }

    mutating func write(_ line: Line) {
        guard isCovered(line.channel, line.at) else { return }
        let person = line.person.map { staff.people[$0].identifier } ?? ""
        switch line.channel {
        case .email: Self.message(&sheets[.email], line, frame, person)
        case .sms: Self.message(&sheets[.texts], line, frame, person)
        case .chat: Self.message(&sheets[.chat], line, frame, person)
        case .phone: Self.call(&sheets[.calls], line, frame, person)
        }
    }

    /// The text platform writes UTC, the mail system the store's wall clock; chats have no threads.
    private static func message(_ sheet: inout Sheet, _ line: Line, _ frame: StoreFrame, _ person: String) {
        sheet.begin()
        sheet.text("\(line.thread)-\(line.position)")
        if line.channel != .chat { sheet.text(line.thread) }
        sheet.text(frame.identifier)
        sheet.number(line.customer)
        sheet.text(line.direction == .inbound ? "inbound" : "outbound")
        sheet.text(person)
        sheet.text(line.department.name)
        if line.channel == .sms { sheet.utc(line.at) } else { sheet.local(line.at, frame.zone) }
        sheet.text(line.isAutomated ? "yes" : "no")
        if line.channel != .chat { sheet.text(line.direction == .outbound ? hash(line) : "") }
        sheet.end(at: line.at.seconds)
    }

    /// Some staff open with the same words to everybody.
    private static func hash(_ line: Line) -> String {
        if line.isAutomated { return "auto-1" }
        if line.isStock, let person = line.person { return "w\(person)" }
        guard line.position < 3, let person = line.person else { return "" }
        var random = RandomStream(UInt64(line.customer), "words", line.position, person)
        return random.chance(0.15) ? "w\(person)" : "w\(random.next() % 1_000_000_007)"
    }

    private static func call(_ sheet: inout Sheet, _ line: Line, _ frame: StoreFrame, _ person: String) {
        sheet.begin()
        sheet.text("\(line.thread)-\(line.position)")
        sheet.text(line.thread)
        sheet.text(frame.identifier)
        sheet.number(line.customer)
        sheet.text(line.department.name.uppercased())
        sheet.text(line.direction == .inbound ? "IN" : "OUT")
        sheet.text(person)
        sheet.text(line.outcome?.rawValue ?? "")
        sheet.local(line.at, frame.zone)
        sheet.end(at: line.at.seconds)
    }

    /// Who was to answer. Chats are in no such list.
    mutating func writeConversation(
        _ thread: String, asked: Instant, _ assignment: Assignment, status: String, _ channel: Channel,
        _ resolved: Instant?
    ) {
        guard channel != .chat, asked < frame.end else { return }
        // Taken over only after the end of the exports: not yet.
        let isPassedOn = assignment.at < frame.end
        if let earlier = assignment.earlier, !isPassedOn || options.writesAssignmentHistory {
            writeAssignment(thread, asked: asked, to: earlier.to, at: earlier.at, status, channel, resolved)
        }
        if isPassedOn || assignment.earlier == nil {
            writeAssignment(thread, asked: asked, to: assignment.to, at: assignment.at, status, channel, resolved)
        }
    }

    private mutating func writeAssignment(
        _ thread: String, asked: Instant, to assigned: Int?, at assignedAt: Instant, _ status: String,
        _ channel: Channel, _ resolved: Instant?
    ) {
        let due = open.deadline(from: asked, seconds: channel.target)
        sheets[.conversations].begin()
        sheets[.conversations].text(thread)
        sheets[.conversations].text(frame.identifier)
        sheets[.conversations].text(assigned.map { staff.people[$0].identifier } ?? "")
        if assigned != nil, assignedAt < frame.end {
            sheets[.conversations].local(frame.readable(assignedAt), frame.zone)
        } else {
            sheets[.conversations].empty()
        }
        let isResolved = resolved.map { $0 < frame.end } ?? false
        sheets[.conversations].text(status == "closed" && !isResolved ? "open" : status)
        sheets[.conversations].local(due, frame.zone)
        if let resolved, isResolved {
            sheets[.conversations].local(resolved, frame.zone)
        } else {
            sheets[.conversations].empty()
        }
        sheets[.conversations].end(at: asked.seconds)
    }
}
