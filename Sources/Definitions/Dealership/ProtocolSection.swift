import Basis
import Dealership

// Protocols and vendors' rules of dealership.yaml.

extension Reader {
    /// `yes`, `no`, or the steps.
    mutating func systemProtocol(_ field: Field?) -> (isWritten: Bool, steps: OutageProtocol?) {
        guard let field else { return (Defaults.hasProtocol, nil) }
        guard field.isMapping else { return (flag(field) ?? Defaults.hasProtocol, nil) }
        let steps = protocolSteps(field)
        return (true, steps)
    }

    /// `{ acknowledge: 15 min, tell-customers: { within: 1 h, from: detection, clock: open } }`.
    mutating func protocolSteps(_ field: Field) -> OutageProtocol? {
        guard let entries = entries(field, of: quoted(field.key)) else { return nil }
        if entries.isEmpty {
            fault(
                .missingValue, field, row: field.keyRow, "\(name(field)) has no steps",
                ["write one, such as `acknowledge: 15 min`, or `protocol: yes` where it is written elsewhere"])
        }
        let steps = entries.compactMap { protocolStep($0) }
        return steps.isEmpty ? nil : OutageProtocol(steps: steps)
    }

    private mutating func protocolStep(_ field: Field) -> OutageProtocol.Step? {
        typealias Step = OutageProtocol.Step
        let usual: Step.From = field.key == Step.afterCare ? .end : .start
        guard field.isMapping else {
            return duration(field, .wall).map {
                Step(name: field.key, withinSeconds: $0, from: usual, clock: Defaults.protocolClock)
            }
        }
        guard let fields = fields(field, .protocolStep, of: "a step") else { return nil }
        let clock = fields["clock"].flatMap { choice($0, Step.Clock.self) } ?? Defaults.protocolClock
        let within = required(fields, "within", "write `within:` and how long there is, such as `within: 1 h`")
            .flatMap { duration($0, clock == .open ? .open : .wall) }
        return within.map {
            Step(
                name: field.key, withinSeconds: $0, from: fields["from"].flatMap { choice($0, Step.From.self) } ?? usual,
                clock: clock)
        }
    }

    /// `{ vendors: { over: 12 months, switch: [...], watch: [...] } }`.
    mutating func rules(_ field: Field) -> VendorRule? {
        guard let fields = fields(field, .rules, of: quoted("rules")), let vendors = fields["vendors"],
            let keys = self.fields(vendors, .vendorRule, of: quoted("vendors"))
        else { return nil }
        let rule = VendorRule(
            months: keys["over"].flatMap { months($0) } ?? Defaults.vendorMonths,
            switchClauses: keys["switch"].map { clauses($0) } ?? [], watchClauses: keys["watch"].map { clauses($0) } ?? [])
        if rule.switchClauses.isEmpty, rule.watchClauses.isEmpty {
            if keys["switch"] == nil, keys["watch"] == nil {
                _ = required(keys, "switch", "write when to leave a vendor, such as `switch: { months-missed: 3 }`")
            }
            return nil
        }
        return rule
    }

    /// Months, since a contract counts in them: `12 months`.
    private mutating func months(_ field: Field) -> Int? {
        guard let text = raw(field, "a number of months") else { return nil }
        let parts = Amount.list(text) ?? []
        guard parts.count == 1, ["month", "months"].contains(parts[0].unit) else {
            fault(.badDuration, field, "\(quoted(text)) is not a number of months", ["write it like 12 months"])
            return nil
        }
        guard (1...60).contains(parts[0].count) else {
            outOfRange(field, text, "1 month", "60 months")
            return nil
        }
        return parts[0].count
    }

    /// One clause, or a list of which any is enough. In each all conditions must hold.
    private mutating func clauses(_ field: Field) -> [VendorRule.Clause] {
        let items = field.listed ?? [field]
        return items.compactMap { item in
            guard let fields = fields(item, .vendorConditions, of: "a clause") else { return nil }
            if fields.entries.isEmpty {
                fault(
                    .missingValue, item, row: item.keyRow, "\(name(item)) has no condition",
                    ["write one, such as `months-missed: 3`"])
            }
            let conditions = fields.entries.compactMap { vendorCondition($0) }
            return conditions.count == fields.entries.count && !conditions.isEmpty ? VendorRule.Clause(conditions) : nil
        }
    }

    private mutating func vendorCondition(_ field: Field) -> VendorRule.Condition? {
        switch field.key {
        case "months-missed": integer(field, in: 1...60).map { .monthsMissed($0) }
        case "outages": integer(field, in: 1...10_000).map { .outages($0) }
        case "down-over": duration(field, .wall).map { .downOver($0) }
        case "claims-answered-below": share(field).map { .claimsAnsweredBelow($0) }
        case "restore-over": duration(field, .wall).map { .restoreOver($0) }
        case "promises-broken": integer(field, in: 1...10_000).map { .promisesBroken($0) }
        default: nil
        }
    }
}
