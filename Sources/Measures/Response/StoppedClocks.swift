import Basis
public import Dealership

/// First replies that look made to stop the clock: for a look, never for a score. DEFINITIONS 3.
public struct StoppedClocks: Measure {
    public var settings: StoppedClockSettings
    public init(_ settings: StoppedClockSettings) { self.settings = settings }
    public init?(_ parameters: inout some ParameterReading) { self.init(parameters.settings.stoppedClocks) }

    public var inForce: [(parameter: String, value: String)] {
        [
            ("share", "over \(settings.sharePermille) in 1000"), ("seconds", "under \(settings.seconds) s"),
            ("minimum", "\(settings.minimum) first replies of a person"),
        ]
    }
    public func isKnown(_ header: JournalHeader) -> Bool { header.knows(.messages) }

    enum Counter: Int, CaseIterable { case replies, listed, sameText, tooQuick, askedAgain }

    /// What speaks against a reply.
    struct Signs: OptionSet {
        var rawValue: UInt8
        static let sameText = Signs(rawValue: 1)
        static let tooQuick = Signs(rawValue: 2)
        static let askedAgain = Signs(rawValue: 4)

        var words: String {
            var found: [String] = []
            if contains(.sameText) { found.append("the same text to many") }
            if contains(.tooQuick) { found.append("quicker than anybody reads") }
            if contains(.askedAgain) { found.append("the customer asked again") }
            return found.joined(separator: ", ")
        }
    }

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        let conversations = facts.conversations
        let signs = signs(facts, spec.months)
        let columns = FactColumn.columns(spec.by, conversations.count) { facts.conversationColumn($0) }
        var builder = TallyBuilder(counters: Counter.allCases.count, histograms: 0)
        let filter = FactFilter(spec, facts.header)
        for fact in 0..<conversations.count
        where isReply(conversations, fact)
            && filter.admits(store: conversations.store[fact], day: conversations.day[fact]) {
            let cell = builder.cell(FactColumn.key(columns, fact))
            builder.add(to: Counter.replies.rawValue, of: cell)
            let found = signs[fact]
            guard StoppedClocks.isListed(found) else { continue }
            builder.add(to: Counter.listed.rawValue, of: cell)
            if found.contains(.sameText) { builder.add(to: Counter.sameText.rawValue, of: cell) }
            if found.contains(.tooQuick) { builder.add(to: Counter.tooQuick.rawValue, of: cell) }
            if found.contains(.askedAgain) { builder.add(to: Counter.askedAgain.rawValue, of: cell) }
        }
        return builder.finish { FactColumn.labels(columns, $0) }
    }

    private func isReply(_ conversations: ConversationFacts, _ fact: Int) -> Bool {
        conversations.leftOut[fact] == .counted && conversations.replyMessage[fact] >= 0
    }

    /// That a customer wrote again is nothing by itself: most conversations go on.
    private static func isListed(_ signs: Signs) -> Bool { signs.contains(.sameText) || signs.contains(.tooQuick) }

    /// A person's share of one text is that of the months asked for.
    private func signs(_ facts: Facts, _ months: ClosedRange<Month>?) -> [Signs] {
        let conversations = facts.conversations
        let log = facts.journal.messages
        struct Text: Hashable {
            var person: Int32
            var hash: Int64
        }
        func isAsked(_ fact: Int) -> Bool {
            isReply(conversations, fact) && (months?.contains(conversations.day[fact].month) ?? true)
        }
        var ofPerson = [Int](repeating: 0, count: facts.journal.people.count)
        var ofText: [Text: Int] = [:]
        for fact in 0..<conversations.count where isAsked(fact) && conversations.replier[fact] >= 0 {
            let hash = log.textHash[Int(conversations.replyMessage[fact])]
            if hash == 0 { continue }
            ofPerson[Int(conversations.replier[fact])] += 1
            ofText[Text(person: conversations.replier[fact], hash: hash), default: 0] += 1
        }
        var signs = [Signs](repeating: [], count: conversations.count)
        var isListed = [Bool](repeating: false, count: facts.journal.threads.count)
        for fact in 0..<conversations.count where isAsked(fact) {
            let person = conversations.replier[fact]
            let message = Int(conversations.replyMessage[fact])
            // A call that is taken is answered as it comes in: quick, and rightly so.
            let isCall = log.outcome[message] != nil
            if !isCall, Int64(conversations.wallWait[fact]) < settings.seconds { signs[fact].insert(.tooQuick) }
            let hash = log.textHash[message]
            if person >= 0, hash != 0, ofPerson[Int(person)] >= settings.minimum {
                let all = ofPerson[Int(person)]
                let same = ofText[Text(person: person, hash: hash)] ?? 0
                if same * 1_000 > all * settings.sharePermille { signs[fact].insert(.sameText) }
            }
            if StoppedClocks.isListed(signs[fact]), conversations.thread[fact] >= 0 {
                isListed[Int(conversations.thread[fact])] = true
            }
        }
        // The customer wrote in the conversation after the reply.
        var lastAsked: [Int32: Int64] = [:]
        for message in 0..<log.count
        where log.direction[message] == .inbound && log.thread[message] >= 0 && isListed[Int(log.thread[message])] {
            lastAsked[log.thread[message]] = max(lastAsked[log.thread[message]] ?? .min, log.sentAt[message])
        }
        for fact in signs.indices where StoppedClocks.isListed(signs[fact]) {
            if let asked = lastAsked[conversations.thread[fact]], asked > conversations.reply[fact] {
                signs[fact].insert(.askedAgain)
            }
        }
        return signs
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        let names = ["first_replies", "listed", "same_text", "too_quick", "asked_again"]
        return names.firstIndex(of: column).map { .count(tally.counts[$0]) } ?? .none
    }

    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        let conversations = facts.conversations
        let log = facts.journal.messages
        let signs = signs(facts, slice.months)
        let behind = ConversationRows(facts)
        let rows = facts.selected(conversations.count, slice) { facts.conversationColumn($0) }
            .filter { isReply(conversations, $0) && StoppedClocks.isListed(signs[$0]) }
            .map { fact -> Evidence.Row in
                let store = conversations.store[fact]
                return Evidence.Row(
                    cells: [
                        facts.journal.threads[conversations.thread[fact]], facts.header.stores[Int(store)].identifier,
                        facts.header.name(conversations.channel[fact]), facts.journal.people[conversations.replier[fact]],
                        facts.local(conversations.start[fact], store: store),
                        facts.local(conversations.reply[fact], store: store), String(conversations.wallWait[fact]),
                    ], isCounted: true, standing: signs[fact].words,
                    source: log.source[Int(conversations.replyMessage[fact])],
                    restsOn: [conversations.source[fact]] + behind.rows(conversations, fact))
            }
        return Evidence(
            columns: ["conversation_id", "store_id", "channel", "person_id", "asked_at", "answered_at", "wall_seconds"],
            rows: rows)
    }

    public static let entry = MeasureEntry(
        name: "stopped-clocks", code: "STOP", title: "Replies for a second look",
        summary: "First replies that look made to stop the clock: the same text to many, or quicker than anybody reads.",
        definition: """
            Of a person's first replies those with one and the same text (the export's text_hash), when they are more \
            than `share` of at least `minimum`; and those sent within `seconds` of the question, calls excepted. Whether \
            the customer wrote in the conversation again afterwards stands beside each. The list is for a look: nobody \
            is scored by it.
            """,
        dimensions: [.store, .month, .channel, .department, .person],
        columns: [
            .init("first_replies", "first replies of persons"),
            .init("listed", "of these, on the list"),
            .init("same_text", "listed for the same text to many"),
            .init("too_quick", "listed for being quicker than anybody reads"),
            .init("asked_again", "listed, and the customer asked again"),
        ],
        needs: ["messages"])
}
