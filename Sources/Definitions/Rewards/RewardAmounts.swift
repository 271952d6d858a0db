import Basis
import Programs

// What a reward rule pays: tiers, points, team, bounds and rounding, and whether they agree with each other.

extension Reader {
    /// An amount from 0.
    mutating func amount(_ field: Field) -> Money? {
        if let text = field.word, text.hasPrefix("-"), !text.dropFirst().isEmpty {
            fault(.badAmount, field, "\(quoted(text)) is below 0: nobody pays to work", ["write an amount from 0"])
            return nil
        }
        return money(field)
    }

    mutating func scheme(_ fields: Fields, pool: Money?) -> RewardRule.Scheme? {
        if fields["tiers"] != nil, let points = fields["points"] {
            fault(
                .parameterClash, points, row: points.keyRow, "a rule pays by tiers or by points", ["keep one of them"])
            return nil
        }
        if let field = fields["tiers"] { return tiers(field).map { .tiers($0) } }
        if let field = fields["points"] { return points(field, pool: fields["pool"] != nil).map { .points($0) } }
        if fields["team"] != nil { return RewardRule.Scheme.none }
        _ = required(fields, "tiers", "write `tiers: [{ from: 90 %, pays: 150 }]`, `points:` or `team:`")
        return nil
    }

    /// `- { from: 90 %, below: 95 %, pays: 150.00 }`, from low to high.
    mutating func tiers(_ field: Field) -> [RewardRule.Tier]? {
        guard let items = items(field, of: quoted("tiers")) else { return nil }
        let written = items.map { item -> (field: Field, tier: RewardRule.Tier)? in
            guard let own = fields(item, .tier, of: "a tier") else { return nil }
            let from = required(own, "from", "write `from: 90 %`, the share answered in time").flatMap { share($0) }
            let pays = required(own, "pays", "write `pays:` and an amount").flatMap { amount($0) }
            let below = own["below"].flatMap { share($0) }
            guard let from, let pays, own["below"] == nil || below != nil else { return nil }
            return (item, RewardRule.Tier(from: from, below: below, pays: pays))
        }
        let known = written.compactMap { $0 }
        guard !known.isEmpty, known.count == items.count else { return nil }
        var tiers: [RewardRule.Tier] = []
        for (field, tier) in known { add(tier, field, to: &tiers) }
        return tiers
    }

    private mutating func add(_ tier: RewardRule.Tier, _ field: Field, to tiers: inout [RewardRule.Tier]) {
        if let below = tier.below, below <= tier.from {
            fault(
                .unreachableTier, field, "the tier from \(percent(tier.from)) below \(percent(below)) holds nothing",
                ["write the lower share as `from:`"])
            return
        }
        defer { tiers.append(tier) }
        guard let last = tiers.last else { return }
        if tier.from < last.from {
            fault(.tierOrder, field, "the tier from \(percent(tier.from)) stands after that from \(percent(last.from))",
                ["write the tiers from low to high"])
        } else if tier.from == last.from || (last.below.map { tier.from < $0 } ?? false) {
            let end = min(last.below ?? 1_001, tier.below ?? 1_001)
            fault(
                .tierOverlap, field,
                "from \(percent(tier.from)) \(end > 1_000 ? "on" : "to \(percent(end))") two tiers hold",
                ["let one end where the other begins: `below: \(percent(tier.from))` in the lower one"])
        } else if let end = last.below, end < tier.from {
            fault(
                .tierGap, field,
                "from \(percent(end)) to \(percent(tier.from)) no tier holds: who gets better there gets nothing",
                ["write `from: \(percent(end))`"])
        }
        if last.below == nil { tiers[tiers.count - 1].below = tier.from }
        if tier.pays < last.pays {
            fault(
                .tierOrder, field,
                "the tier from \(percent(tier.from)) pays \(tier.pays), less than the \(last.pays) below it",
                ["let better work pay more"])
        }
    }

    private func percent(_ permille: Int) -> String {
        "\(permille / 10)\(permille % 10 == 0 ? "" : ".\(permille % 10)") %"
    }

    private mutating func points(_ field: Field, pool: Bool) -> RewardRule.Points? {
        guard let fields = fields(field, .points, of: quoted("points")) else { return nil }
        let range = -1_000...1_000
        let inTime = required(fields, "in-time", "write `in-time:` and the points for an answer in time")
            .flatMap { integer($0, in: range) }
        let late = fields["late"].map { integer($0, in: range) } ?? 0
        let unanswered = fields["unanswered"].map { integer($0, in: range) } ?? 0
        let pays: Money?
        switch fields["pays"]?.word {
        case nil:
            _ = required(fields, "pays", "write `pays: 0.50` for a point, or `pays: pool` to divide the pool by points")
            return nil
        case "pool":
            pays = nil
            if !pool, let own = fields["pays"] {
                fault(
                    .missingKey, own, "points are to divide a pool, and there is none",
                    ["write `pool:` and an amount"])
            }
        default: pays = fields["pays"].flatMap { amount($0) }
        }
        guard let inTime, let late, let unanswered else { return nil }
        if inTime <= 0, late <= 0, unanswered <= 0 {
            fault(.unreachableTier, field, row: field.keyRow, "no answer brings a point", ["write `in-time:` above 0"])
        } else if inTime < late || late < unanswered {
            fault(
                .tierOrder, field, row: field.keyRow, "a worse answer brings more points than a better one",
                ["in-time brings most, unanswered least"])
        }
        return RewardRule.Points(inTime: inTime, late: late, unanswered: unanswered, pays: pays)
    }

    mutating func team(_ field: Field) -> RewardRule.TeamShare? {
        guard let fields = fields(field, .team, of: quoted("team")),
            let list = required(fields, "tiers", "write `tiers:` and what the team gets in all"),
            let tiers = tiers(list)
        else { return nil }
        return RewardRule.TeamShare(
            of: fields["of"].flatMap { choice($0, RewardRule.TeamShare.Unit.self) } ?? Defaults.rewardTeam,
            tiers: tiers,
            division: fields["divide"].flatMap { choice($0, RewardRule.TeamShare.Division.self) }
                ?? Defaults.rewardDivision)
    }

    /// `{ to: 0.05, mode: half-up }`.
    mutating func rounding(_ field: Field) -> RewardRule.Rounding? {
        guard let fields = fields(field, .rounding, of: quoted("rounding")) else { return nil }
        var rounding = Defaults.rewardRounding
        if let to = fields["to"], let unit = amount(to) {
            if unit == .zero {
                fault(.badAmount, to, "nothing can be rounded to 0", ["write 0.01, 0.05 or 1"])
            } else {
                rounding.unit = unit
            }
        }
        rounding.mode = fields["mode"].flatMap { choice($0, RewardRule.Rounding.Mode.self) } ?? rounding.mode
        return rounding
    }

    /// A tier that pays more than a bound allows promises what nobody gets.
    mutating func checkBounds(
        _ fields: Fields, _ scheme: RewardRule.Scheme?, _ team: RewardRule.TeamShare?, cap: Money?, pool: Money?
    ) {
        var own: [RewardRule.Tier] = []
        if case .tiers(let tiers) = scheme { own = tiers }
        if let cap, let most = own.map(\.pays).max(), cap < most, let field = fields["cap"] {
            fault(
                .unreachableTier, field, "the cap of \(cap) is below the tier that pays \(most): nobody gets that",
                ["raise the cap, or lower the tier"])
        }
        guard let pool, let field = fields["pool"] else { return }
        let most = (own + (team?.tiers ?? [])).map(\.pays).max()
        if let most, pool < most {
            fault(
                .poolTooSmall, field, "the pool of \(pool) cannot pay the tier of \(most) even once",
                ["raise the pool, or lower the tier"])
        }
    }
}
