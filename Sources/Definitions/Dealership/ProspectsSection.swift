import Dealership

// `prospects` and `targets: funnel` of dealership.yaml.

extension Reader {
    /// `{ any-of: { vehicle-age: { min: 6 }, recall: yes }, before: 7 days }`.
    mutating func prospects(_ field: Field) -> ProspectRule? {
        guard let fields = fields(field, .prospects, of: quoted("prospects")) else { return nil }
        let remedy = "write `any-of:` or `all-of:`, and under it what makes a prospect: `vehicle-age: { min: 6 }`"
        if fields["any-of"] == nil, fields["all-of"] == nil { _ = required(fields, "any-of", remedy) }
        let rule = ProspectRule(
            allOf: fields["all-of"].map { conditions($0) } ?? [], anyOf: fields["any-of"].map { conditions($0) } ?? [],
            beforeDays: fields["before"].flatMap { days($0, in: 0...365) } ?? Defaults.prospectDays,
            department: fields["department"].flatMap { text($0) } ?? Defaults.prospectDepartment)
        return rule.allOf.isEmpty && rule.anyOf.isEmpty ? nil : rule
    }

    /// In the order of the file.
    private mutating func conditions(_ field: Field) -> [ProspectRule.Condition] {
        guard let fields = fields(field, .prospectConditions, of: quoted(field.key)) else { return [] }
        if fields.entries.isEmpty, !field.isEmpty {
            fault(
                .missingValue, field, "\(name(field)) names no condition",
                ["write one, such as `vehicle-age: { min: 6 }`"])
        }
        return fields.entries.compactMap { condition($0) }
    }

    private mutating func condition(_ field: Field) -> ProspectRule.Condition? {
        switch field.key {
        case "vehicle-age": limits(field, in: 0...60).map { .vehicleAge($0) }
        case "mileage": limits(field, in: 0...2_000_000).map { .mileage($0) }
        case "months-since-purchase": limits(field, in: 0...720).map { .monthsSincePurchase($0) }
        case "lease-end-within": days(field, in: 1...1_000).map { .leaseEnd(withinDays: $0) }
        case "recall": flag(field).map { .recall($0) }
        case "bought-here": flag(field).map { .boughtHere($0) }
        case "pay-type": payTypes(field).map { .payType($0) }
        default: nil
        }
    }

    /// `{ min: 6, max: 12 }`, either alone.
    private mutating func limits(_ field: Field, in range: ClosedRange<Int>) -> ProspectRule.Limits? {
        guard field.isMapping || field.isEmpty else {
            fault(
                .wrongType, field, "\(name(field)) must be limits, not \(field.kind)",
                ["write it like `\(field.key): { min: 6 }`, or with `max:`"])
            return nil
        }
        guard let fields = fields(field, .limits, of: quoted(field.key)) else { return nil }
        guard !fields.entries.isEmpty else {
            fault(.missingValue, field, "\(name(field)) has no limit", ["write `min:`, `max:` or both"])
            return nil
        }
        let least = fields["min"].flatMap { integer($0, in: range) }
        let most = fields["max"].flatMap { integer($0, in: range) }
        if let least, let most, least > most, let field = fields["max"] {
            fault(.outOfRange, field, "max \(most) is below min \(least)", ["change the two round"])
            return nil
        }
        return least == nil && most == nil ? nil : ProspectRule.Limits(least: least, most: most)
    }

    private mutating func payTypes(_ field: Field) -> [PayType]? {
        guard let items = items(field, of: quoted(field.key)) else { return nil }
        let names = PayType.allCases.map(\.word)
        var types: [PayType] = []
        for item in items {
            guard let word = text(item) else { return nil }
            guard let type = PayType(word: word) else {
                unknownChoice(item, word, names)
                return nil
            }
            if !types.contains(type) { types.append(type) }
        }
        return types.isEmpty ? nil : types.sorted { $0.rawValue < $1.rawValue }
    }

    /// `{ lead: 30 %, contact: 60 % }`: of those who came to the step before.
    mutating func funnelTargets(_ field: Field) -> [String: Int] {
        guard let fields = fields(field, .funnelTargets, of: quoted("funnel")) else { return [:] }
        var targets: [String: Int] = [:]
        for entry in fields.entries { targets[entry.key] = share(entry) }
        return targets
    }
}
