public import Basis
public import Dealership
import Measures
public import Programs

/// Reads a reward rule: `rewards/*.yaml`.
public enum RewardFile {
    /// - Parameter identifier: the file's name without its ending.
    public static func read(
        text: String, file: String, identifier: String, settings: DealershipSettings
    ) throws(Rejection) -> Checked<RewardRule> {
        let root = try Composer.root(of: text, file: file)
        var reader = Reader(file: file, schema: .rewardFile)
        let rule = reader.rewardRule(root, identifier, settings, text)
        return try reader.checked(rule)
    }

    public static func read(
        bytes: [UInt8], file: String, identifier: String, settings: DealershipSettings
    ) throws(Rejection) -> Checked<RewardRule> {
        try read(
            text: DefinitionText.decode(bytes, file: file), file: file, identifier: identifier, settings: settings)
    }
}

extension Reader {
    fileprivate mutating func rewardRule(
        _ root: Field, _ identifier: String, _ settings: DealershipSettings, _ source: String
    ) -> RewardRule? {
        guard let fields = fields(root, .reward, of: "a reward rule") else { return nil }
        checkCurrency(fields["currency"], settings)
        let name = required(fields, "name", "write `name:` and what people call the reward").flatMap { text($0) }
        let version = required(fields, "version", "write `version: 1`, and one more with every change")
            .flatMap { integer($0, in: 1...10_000) }
        let approved = required(fields, "approved", "write `approved:` and the day two people agreed to it")
            .flatMap { day($0) }
        let approvers = self.approvers(fields)
        let inForce = required(fields, "in-force", "write `in-force:` and the first month it pays for, such as 2026-11")
            .flatMap { month($0) }
        let until = fields["until"].flatMap { month($0) }
        let counting = self.counting(fields, settings)
        let eligibility = fields["eligible"].map { self.eligibility($0, settings) }
            ?? RewardRule.Eligibility(
                minimumN: settings.conversion.minimumN, daysPresent: Defaults.rewardDaysPresent,
                leastAssigned: Defaults.rewardLeastAssigned)
        let bounds = (cap: fields["cap"].flatMap { amount($0) }, pool: fields["pool"].flatMap { amount($0) })
        let scheme = self.scheme(fields, pool: bounds.pool)
        let team = fields["team"].flatMap { self.team($0) }
        checkBounds(fields, scheme, team, cap: bounds.cap, pool: bounds.pool)
        let gates = self.gates(fields["gates"], settings)
        checkDays(fields, approved, inForce, until)
        guard let name, let version, let approved, let approvers, let inForce, let counting, let eligibility, let scheme
        else { return nil }
        let ask = self.ask(fields["ask"])
        return RewardRule(
            identifier: identifier, name: name, version: version, approved: approved, approvers: approvers,
            inForce: inForce, until: until, basis: counting, eligibility: eligibility, scheme: scheme, team: team,
            gates: gates, cap: bounds.cap, pool: bounds.pool,
            isProRata: fields["pro-rata"].flatMap { flag($0) } ?? Defaults.rewardProRata,
            rounding: fields["rounding"].flatMap { rounding($0) } ?? Defaults.rewardRounding,
            lateData: fields["late-data"].flatMap { choice($0, RewardRule.LateData.self) } ?? Defaults.rewardLateData,
            askWithinDays: ask.days, askWhom: ask.whom ?? approvers.first ?? "", text: source)
    }

    // MARK: Who approved it, and when it holds

    private mutating func checkCurrency(_ field: Field?, _ settings: DealershipSettings) {
        guard let field, let written = text(field), written != settings.currency else { return }
        fault(
            .currencyMismatch, field,
            "the rule pays \(quoted(written)), and the dealership counts \(settings.currency)",
            ["write the amounts in \(settings.currency): nothing is converted"])
    }

    private mutating func approvers(_ fields: Fields) -> [String]? {
        guard let field = required(fields, "approvers", "write `approvers: [Ellis Moore, Kim Ortega]`"),
            let names = texts(field, of: quoted("approvers"))
        else { return nil }
        if Set(names.map { $0.lowercased() }).count < 2 {
            fault(
                .tooFewApprovers, field,
                "money takes two people who approve it, not \(names.count == 1 ? "one" : "the same twice")",
                ["name two who are not paid by the rule"])
        }
        return names
    }

    private mutating func month(_ field: Field) -> Month? {
        guard let text = raw(field, "a month") else { return nil }
        if let month = Month(text) { return month }
        fault(.badDate, field, "\(quoted(text)) is not a month", ["write it like 2026-11: a rule pays whole months"])
        return nil
    }

    private mutating func checkDays(_ fields: Fields, _ approved: Day?, _ inForce: Month?, _ until: Month?) {
        if let approved, let inForce, let field = fields["in-force"], inForce.firstDay < approved {
            let next = approved == approved.month.firstDay ? approved.month : approved.month + 1
            fault(
                .forceBeforeApproval, field,
                "the rule is in force from \(inForce), before it was approved on \(approved)",
                ["write `in-force: \(next)`: what people did is not judged by what came after"])
        }
        if let inForce, let until, let field = fields["until"], until < inForce {
            fault(.reversedDates, field, "the rule ends in \(until), before \(inForce)", ["write a later month"])
        }
    }

    // MARK: What counts, and for whom

    private mutating func counting(_ fields: Fields, _ settings: DealershipSettings) -> RewardRule.Counting? {
        guard let field = required(fields, "measure", "write `measure: first-response-time`"),
            let kind = choice(field, RewardRule.Counting.Kind.self)
        else { return nil }
        let clock = fields["clock"].flatMap { choice($0, FirstResponseTime.Clock.self) } ?? Defaults.rewardClock
        let stated = fields["adjusted"].flatMap { flag($0) }
        if stated == true, clock == .wall, let adjusted = fields["adjusted"] {
            fault(
                .parameterClash, adjusted, row: adjusted.keyRow,
                "adjusted times are open times without outages and leave",
                ["write `clock: open`, or `adjusted: no`"])
        }
        let isAdjusted = stated ?? (clock == .open)
        if !isAdjusted {
            fault(
                .rawTimesPaid, fields["adjusted"] ?? fields.owner, "outages and approved leave count against people",
                ["write `adjusted: yes`"], severity: .warning)
        }
        let channels = fields["channels"].flatMap { texts($0, of: quoted("channels")) } ?? []
        if kind != .leadResponse, !settings.channels.isEmpty, let list = fields["channels"] {
            for channel in channels where !settings.channels.contains(where: { $0.name == channel }) {
                unknownChoice(
                    list, channel, settings.channels.map(\.name), code: .unlistedChannel, "`channels:` does not name")
            }
        }
        return RewardRule.Counting(
            kind: kind,
            timing: FirstResponseTime(
                clock: clock, adjusted: isAdjusted, silence: .count,
                target: target(fields["target"], clock, kind, settings),
                answerOn: fields["answer-on"].flatMap { choice($0, ConversationSettings.AnswerOn.self) }
                    ?? settings.conversations.answerOn,
                minimumN: settings.conversion.minimumN),
            owner: fields["whose"].flatMap { choice($0, RewardRule.Counting.Owner.self) } ?? Defaults.rewardOwner,
            channels: channels)
    }

    private mutating func target(
        _ field: Field?, _ clock: FirstResponseTime.Clock, _ kind: RewardRule.Counting.Kind,
        _ settings: DealershipSettings
    ) -> FirstResponseTime.Target {
        let usual = kind == .leadResponse ? LeadResponseTime.target(settings) : .settings
        guard let field else { return usual }
        switch field.word {
        case "settings": return usual
        case "due": return .due
        default: return duration(field, clock == .open ? .open : .wall).map { .seconds($0) } ?? usual
        }
    }

    private mutating func eligibility(_ field: Field, _ settings: DealershipSettings) -> RewardRule.Eligibility? {
        guard let fields = fields(field, .eligible, of: quoted("eligible")) else { return nil }
        func names(_ key: String) -> [String] { fields[key].flatMap { texts($0, of: quoted(key)) } ?? [] }
        return RewardRule.Eligibility(
            departments: names("departments"), roles: names("roles"), stores: names("stores"),
            minimumN: fields["minimum-n"].flatMap { integer($0, in: 1...10_000) } ?? settings.conversion.minimumN,
            daysPresent: fields["days-present"].flatMap { integer($0, in: 0...31) } ?? Defaults.rewardDaysPresent,
            leastAssigned: fields["assigned"].flatMap { share($0) } ?? Defaults.rewardLeastAssigned)
    }

    private mutating func gates(_ field: Field?, _ settings: DealershipSettings) -> [RewardRule.Gate] {
        guard let field, let items = items(field, of: quoted("gates")) else { return [] }
        return items.compactMap { item in
            guard let own = fields(item, .gate, of: "a gate"), let measure = effortMeasure(own, settings)
            else { return nil }
            guard let limit = own["at-most"] ?? own["at-least"] else {
                _ = required(own, "at-most", "write `at-most: 5 %`, or `at-least:`")
                return nil
            }
            let value: Int64? = switch measure.unit {
            case .share: share(limit).map(Int64.init)
            case .seconds: duration(limit, .open)
            case .money: amount(limit)?.minorUnits
            case .count, .number: integer(limit, in: 0...1_000_000_000).map(Int64.init)
            }
            guard let value, let written = limit.word else { return nil }
            let isMost = own["at-most"] != nil
            return RewardRule.Gate(
                measure: measure, bound: isMost ? .atMost(value) : .atLeast(value),
                of: own["of"].flatMap { choice($0, RewardRule.Gate.Scope.self) } ?? .person,
                words: "\(measure.title) \(isMost ? "at most" : "at least") \(written)")
        }
    }

    private mutating func ask(_ field: Field?) -> (days: Int, whom: String?) {
        guard let field, let fields = fields(field, .ask, of: quoted("ask"))
        else { return (Defaults.rewardAskDays, nil) }
        return (
            fields["within"].flatMap { days($0, in: 1...366) } ?? Defaults.rewardAskDays,
            fields["whom"].flatMap { text($0) }
        )
    }
}
