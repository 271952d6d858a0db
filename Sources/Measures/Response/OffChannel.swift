import Basis
public import Dealership
public import Statistics

/// How much of the known traffic runs past the dealership's own channels. DEFINITIONS 3.
public struct OffChannel: Measure {
    public var minimumN: Int
    /// A sample that somebody looked through by hand.
    public var audit: OffChannelAudit?
    public init(minimumN: Int, audit: OffChannelAudit?) {
        self.minimumN = minimumN
        self.audit = audit
    }
    public init?(_ parameters: inout some ParameterReading) {
        self.init(minimumN: parameters.minimumN(), audit: parameters.settings.offChannelAudit)
    }

    public var inForce: [(parameter: String, value: String)] {
        [
            ("audit", audit.map { "\($0.offChannel) of \($0.lookedAt) looked at" } ?? "none"),
            ("minimum-n", String(minimumN)),
        ]
    }
    /// Until the owner has said which channels are the dealership's own, nothing can be told to run past them.
    public func isKnown(_ header: JournalHeader) -> Bool { header.knows(.messages) && !header.settings.channels.isEmpty }

    enum Counter: Int, CaseIterable { case messages, offChannel, unlisted }

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        let log = facts.journal.messages
        let header = facts.header
        let days = facts.recordDays.messages
        var management = [ChannelSettings.Management?](repeating: nil, count: header.names.count)
        for channel in header.settings.channels {
            let code = header.code(ofName: channel.name)
            if code >= 0 { management[Int(code)] = channel.management }
        }
        let columns = FactColumn.columns(spec.by, log.count) { OffChannel.column($0, facts) }
        var builder = TallyBuilder(counters: Counter.allCases.count, histograms: 0)
        let filter = FactFilter(spec, header)
        let asOf = facts.messagesAsOf.seconds
        for message in 0..<log.count
        where log.sentAt[message] < asOf && filter.admits(store: log.store[message], day: days[message]) {
            let cell = builder.cell(FactColumn.key(columns, message))
            let channel = log.channel[message]
            builder.add(to: Counter.messages.rawValue, of: cell)
            switch channel < 0 ? nil : management[Int(channel)] {
            case .offChannel: builder.add(to: Counter.offChannel.rawValue, of: cell)
            case nil: builder.add(to: Counter.unlisted.rawValue, of: cell)
            case .managed: break
            }
        }
        return builder.finish { FactColumn.labels(columns, $0) }
    }

    private static func column(_ dimension: Dimension, _ facts: Facts) -> FactColumn? {
        let log = facts.journal.messages
        switch dimension {
        case .store: return facts.storeColumn(log.store)
        case .channel: return facts.nameColumn(log.channel)
        case .department: return facts.nameColumn(log.department)
        case .person: return facts.personColumn(log.person)
        case .month: return facts.monthColumn(facts.recordDays.messages)
        case .day: return facts.dayColumn(facts.recordDays.messages)
        default: return nil
        }
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        let share = OffChannel.share(tally)
        switch column {
        case "messages": return .count(Int64(share.trials))
        case "off_channel": return .count(Int64(share.successes))
        case "unlisted": return .count(tally.counts[Counter.unlisted.rawValue])
        case "share": return Cell(share, column, minimumN: minimumN)
        case "audit_looked_at": return audit.map { .count(Int64($0.lookedAt)) } ?? .none
        case "audit_off_channel": return audit.map { .count(Int64($0.offChannel)) } ?? .none
        case "audit_share", "audit_share_lower", "audit_share_upper":
            return audit.map { Cell($0.proportion, column, minimumN: 1) } ?? .none
        default: return .none
        }
    }

    /// Of all known messages, those on channels called off-channel.
    public static func share(_ tally: Tally) -> Proportion {
        Proportion(
            successes: Int(tally.counts[Counter.offChannel.rawValue]), trials: Int(tally.counts[Counter.messages.rawValue]))
    }

    public static let entry = MeasureEntry(
        name: "off-channel", code: "OFF", title: "Off-channel share",
        summary: "How much of the known traffic runs past the dealership's own channels, and what an audit found.",
        definition: """
            Messages on channels that `channels:` calls off-channel / all known messages, internal ones and machines' \
            included. Channels that `channels:` does not name are counted apart, and not as off-channel. \
            What nobody exports is not known here: with an audit sample (so many contacts looked at by hand, so many of \
            them off-channel) its share and Wilson 95 % limits stand beside it.
            """,
        dimensions: [.store, .month, .day, .channel, .department, .person],
        columns: [
            .init("messages", "known messages of any direction"),
            .init("off_channel", "of these, on channels called off-channel"),
            .init("unlisted", "of these, on channels that `channels:` does not name"),
            .init("share", "off_channel / messages"),
            .init("audit_looked_at", "contacts looked at by hand"),
            .init("audit_off_channel", "of these, off-channel"),
            .init("audit_share", "audit_off_channel / audit_looked_at"),
            .init("audit_share_lower", "Wilson 95 % lower limit"),
            .init("audit_share_upper", "Wilson 95 % upper limit"),
        ],
        parameters: [.minimumN],
        needs: ["messages"])
}

extension OffChannelAudit {
    public var proportion: Proportion { Proportion(successes: offChannel, trials: lookedAt) }
}
