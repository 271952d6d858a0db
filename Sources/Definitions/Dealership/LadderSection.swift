import Basis
import Dealership

// `ladder` of dealership.yaml.

extension Reader {
    /// A list of rungs, or keys with the list under `rungs:`.
    mutating func ladder(_ field: Field) -> RemedyLadder? {
        var ladder = RemedyLadder(
            rungs: [], rareOutages: Defaults.rareOutages, rareDays: Defaults.rareDays, metDays: Defaults.metDays,
            mostApologies: Defaults.mostApologies)
        var rungs: Field? = field
        if field.isMapping {
            guard let fields = fields(field, .ladder, of: quoted("ladder")) else { return nil }
            rungs = required(fields, "rungs", "write `rungs:` and a list: `- { when: answer late, give: explain and apologise }`")
            ladder.rareOutages = fields["rare"].flatMap { integer($0, in: 0...1_000) } ?? Defaults.rareOutages
            ladder.rareDays = fields["rare-within"].flatMap { days($0, in: 1...3_660) } ?? Defaults.rareDays
            ladder.metDays = fields["met-within"].flatMap { days($0, in: 0...3_660) } ?? Defaults.metDays
            ladder.mostApologies = fields["apologies"].flatMap { integer($0, in: 0...1_000) } ?? Defaults.mostApologies
        }
        guard let rungs, let items = items(rungs, of: quoted("ladder")) else { return nil }
        let read = items.map { rung($0) }
        ladder.rungs = read.compactMap { $0 }
        for (position, item) in items.enumerated() {
            guard let rung = read[position] else { continue }
            let earlier = read[..<position].compactMap { $0 }
            if earlier.contains(where: { $0.conditions == rung.conditions }) {
                fault(
                    .repeatedItem, item, row: item.keyRow, "two rungs hold when \(quoted(rung.words))",
                    ["keep the one that is meant: of two only the later would be given"])
            }
        }
        return ladder.rungs.isEmpty ? nil : ladder
    }

    private mutating func rung(_ field: Field) -> RemedyLadder.Rung? {
        guard let fields = fields(field, .rung, of: "a rung") else { return nil }
        let when = required(fields, "when", "write `when:` and what the customer lost, such as `when: answer late`")
        let give = required(fields, "give", "write `give:` and what is due, such as `give: explain and apologise`")
            .flatMap { text($0) }
        let conditions = when.flatMap { self.conditions($0) }
        guard let give, let conditions else { return nil }
        var kinds = RemedyLadder.kinds(in: give)
        if let stated = fields["counts-as"] {
            kinds = (texts(stated, of: quoted("counts-as")) ?? []).map { $0.lowercased() }
        } else if kinds.isEmpty, let field = fields["give"] {
            fault(
                .unknownRemedy, field, "nothing tells which remedies of the export mean \(quoted(give))",
                ["write `counts-as:` and the words of the remedies export's `kind`, such as `counts-as: [loan car]`"])
        }
        return RemedyLadder.Rung(
            conditions: conditions, give: give, kinds: kinds, amount: fields["amount"].flatMap { money($0) },
            evenWhenRare: fields["even-when-rare"].flatMap { flag($0) } ?? Defaults.evenWhenRare)
    }

    /// One condition, several joined by "and", or a list: all must hold.
    private mutating func conditions(_ field: Field) -> [RemedyLadder.Condition]? {
        guard let texts = texts(field, of: quoted("when")) else { return nil }
        var conditions: [RemedyLadder.Condition] = []
        for text in texts {
            let words = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
            for part in words.split(separator: " and ").map(String.init) {
                guard let condition = condition(part, field) else { return nil }
                conditions.append(condition)
            }
        }
        return conditions.isEmpty ? nil : conditions
    }

    private mutating func condition(_ words: String, _ field: Field) -> RemedyLadder.Condition? {
        for (prefix, make) in Self.durations where words.hasPrefix(prefix) {
            guard let seconds = openSeconds(words.dropFirst(prefix.count), field) else { return nil }
            return make(seconds)
        }
        if let known = Self.plainConditions.first(where: { $0.words == words }) { return known.condition }
        let names = Self.plainConditions.map(\.words)
        let near = nearestName(to: words, among: names).map { ["did you mean \(quoted($0))?"] } ?? []
        fault(
            .badCondition, field, "\(quoted(words)) is no condition of a remedy",
            near + ["it may be \(names.joined(separator: ", ")), waited over 4 h, or down over 2 h"])
        return nil
    }

    private static let durations: [(String, @Sendable (Int64) -> RemedyLadder.Condition)] = [
        ("waited over ", { .waitedOver($0) }), ("down over ", { .downOver($0) }),
    ]
    private static let plainConditions: [(words: String, condition: RemedyLadder.Condition)] = [
        ("answer late", .answerLate), ("visit moved", .visitMoved), ("lead late", .leadLate),
        ("met or spoken to", .metOrSpokenTo), ("own fault", .ownFault),
    ]

    /// Part of a text, so that no field of its own says what is wrong with it.
    private mutating func openSeconds(_ text: Substring, _ field: Field) -> Int64? {
        let seconds: [String: Int64] = ["min": 60, "minutes": 60, "minute": 60, "h": 3_600, "hours": 3_600, "hour": 3_600]
        var total: Int64 = 0
        for part in Amount.list(String(text)) ?? [Amount(count: 0, unit: "")] {
            guard let unit = seconds[part.unit] else {
                fault(
                    .badDuration, field, "\(quoted(String(text))) is not a duration of open time",
                    ["write whole numbers with their unit, such as 4 h or 90 min"])
                return nil
            }
            total += Int64(part.count) * unit
        }
        return total
    }
}
