public import Basis
public import Dealership
import Measures
public import Programs
import Statistics

/// Reads a change effort: `efforts/*.yaml`.
public enum EffortFile {
    /// - Parameter identifier: the file's name without its ending.
    public static func read(
        text: String, file: String, identifier: String, settings: DealershipSettings
    ) throws(Rejection) -> Checked<Effort> {
        let root = try Composer.root(of: text, file: file)
        var reader = Reader(file: file, schema: .effortFile)
        let effort = reader.effort(root, identifier, settings)
        return try reader.checked(effort)
    }

    public static func read(
        bytes: [UInt8], file: String, identifier: String, settings: DealershipSettings
    ) throws(Rejection) -> Checked<Effort> {
        try read(
            text: DefinitionText.decode(bytes, file: file), file: file, identifier: identifier, settings: settings)
    }
}

extension Reader {
    fileprivate mutating func effort(_ root: Field, _ identifier: String, _ settings: DealershipSettings) -> Effort? {
        guard let fields = fields(root, .effort, of: "an effort") else { return nil }
        let name = required(fields, "name", "write `name:` and what people call the change").flatMap { text($0) }
        let what = required(fields, "what", "write `what:` and what changes, in a sentence").flatMap { text($0) }
        let why = self.why(fields, settings)
        let owner = required(fields, "owner", "write `owner:` and who answers for it").flatMap { text($0) }
        let asked = self.asked(fields)
        let start = required(fields, "start", "write `start:` and the first day of the change").flatMap { day($0) }
        let goal = required(fields, "goal", "write `goal: { measure: …, direction: up, reach: 90 %, by: 2026-10-31 }`")
            .flatMap { self.goal($0, settings) }
        guard let name, let what, let owner, let start, let goal else { return nil }
        let period = fields["period"].flatMap { choice($0, Effort.Period.self) } ?? Defaults.effortPeriod
        checkPeriod(goal.measure, period, fields["goal"])
        let guards = self.guards(fields["guards"], settings)
        for one in guards { checkPeriod(one, period, fields["guards"]) }
        let dip = fields["dip"].flatMap { self.dip($0, goal.measure) } ?? Effort.Dip(days: 0)
        guard goal.by > start + dip.days else {
            if let field = fields["goal"] {
                fault(
                    .reversedDates, field,
                    "the goal's day \(goal.by) is not after the dip, which ends on \(start + dip.days)",
                    ["give the change time: write a later `by:`, or a shorter dip"])
            }
            return nil
        }
        let looks = self.looks(fields["looks"], after: start + dip.days, by: goal.by)
        let scope = fields["scope"].map { self.scope($0) } ?? []
        let compare = fields["compare"].flatMap { texts($0, of: quoted("compare")) } ?? []
        if !compare.isEmpty, scope.isEmpty {
            _ = required(fields, "scope", "write `scope: { stores: [S1] }`: the stores that change")
        }
        let method = fields["method"].flatMap { choice($0, Effort.Method.self) } ?? Defaults.effortMethod
        if method == .stores, compare.isEmpty {
            _ = required(fields, "compare", "write `compare: [S4, S5]`: stores that do not change, five at the least")
        }
        return Effort(
            identifier: identifier, name: name, what: what, why: why, how: fields["how"].flatMap { text($0) } ?? "",
            owner: owner, asked: asked, start: start, stages: stages(fields["stages"]), goal: goal, method: method,
            period: period, looks: looks, guards: guards, dip: dip,
            stop: fields["stop"].flatMap { stop($0, goal.measure, period) },
            outages: fields["outages"].flatMap { choice($0, Effort.Outages.self) } ?? Defaults.effortOutages,
            stores: scope, compare: compare, closed: fields["closed"].flatMap { day($0) })
    }

    // MARK: Why, and who was asked

    /// `RESP-02@2026-05;channel=email, 83 % in time`: a figure's id, then words.
    private mutating func why(_ fields: Fields, _ settings: DealershipSettings) -> Effort.Reason? {
        let remedy = "begin with the id of the figure it answers, as a report's figures file lists it: RESP-02@2026-05"
        guard let field = fields["why"] else {
            fault(.noFinding, fields.owner, row: fields.owner.keyRow, "the change answers no finding", [
                "write `why:` and \(remedy)",
            ], severity: .warning)
            return nil
        }
        guard let words = text(field) else { return nil }
        let head = words.prefix { $0 != "," && $0 != " " }
        let whole = words.prefix { $0 != "," }
        let finding = FigureID(String(whole)) ?? FigureID(String(head))
        guard let finding, Figures.figure(finding.code, settings) != nil else {
            fault(
                .noFinding, field, "\(quoted(words)) cites no figure", [remedy], severity: .warning)
            return Effort.Reason(words: words, finding: nil)
        }
        return Effort.Reason(words: words, finding: finding)
    }

    private mutating func asked(_ fields: Fields) -> [Effort.Asked] {
        guard let field = fields["asked"] else {
            fault(
                .nobodyAsked, fields.owner, row: fields.owner.keyRow, "nobody was asked", [
                    "ask those whose work changes, and write `asked: [{ who: …, said: … }]`",
                ], severity: .warning)
            return []
        }
        return (items(field, of: quoted("asked")) ?? []).compactMap { item in
            guard let own = self.fields(item, .asked, of: "an answer") else { return nil }
            let who = required(own, "who", "write `who:` was asked").flatMap { text($0) }
            let said = required(own, "said", "write `said:` and the answer in their words").flatMap { text($0) }
            guard let who, let said else { return nil }
            return Effort.Asked(who: who, said: said)
        }
    }

    private mutating func stages(_ field: Field?) -> [Effort.Stage] {
        guard let field, let items = items(field, of: quoted("stages")) else { return [] }
        return items.compactMap { item in
            guard let own = fields(item, .stage, of: "a stage") else { return nil }
            let on = required(own, "on", "write `on:` and its first day").flatMap { day($0) }
            let what = required(own, "what", "write `what:` begins then").flatMap { text($0) }
            guard let on, let what else { return nil }
            return Effort.Stage(on: on, what: what)
        }
    }

    private mutating func scope(_ field: Field) -> [String] {
        guard let fields = fields(field, .scope, of: quoted("scope")) else { return [] }
        return fields["stores"].flatMap { texts($0, of: quoted("stores")) } ?? []
    }

    // MARK: Times

    /// So many looks, or their days; the last is the goal's day.
    private mutating func looks(_ field: Field?, after settled: Day, by last: Day) -> [Day] {
        guard let field else { return Effort.looks(Defaults.effortLooks, from: settled, to: last) }
        guard let items = field.listed else {
            return Effort.looks(integer(field, in: 1...12) ?? 1, from: settled, to: last)
        }
        var days: [Day] = []
        for item in items {
            guard let day = day(item) else { continue }
            if day <= settled || days.last.map({ day <= $0 }) == true || day > last {
                fault(
                    .reversedDates, item,
                    "a look on \(day) does not lie after the one before it and the dip, up to the goal's day",
                    ["write the days in order, after \(settled) and up to \(last)"])
            }
            days.append(day)
        }
        if let end = days.last, end < last { days.append(last) }
        return days.isEmpty ? [last] : days
    }

    private mutating func checkPeriod(_ measure: EffortMeasure, _ period: Effort.Period, _ field: Field?) {
        guard let field, !measure.canBeTaken(by: period) else { return }
        let other: Effort.Period = period == .week ? .month : .week
        fault(
            .unknownDimension, field, "\(measure.name) cannot be taken by \(period.rawValue)",
            ["write `period: \(other.rawValue)`"])
    }
}
