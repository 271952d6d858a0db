import Basis
import Dealership

// `contracts` of dealership.yaml.

extension Reader {
    /// By vendor, one contract or a list of those that followed each other. In order of vendor, then start.
    mutating func contracts(_ field: Field, _ systems: [OutageSettings.System]) -> [VendorContract] {
        var contracts: [VendorContract] = []
        let vendors = systems.compactMap(\.vendor)
        for entry in entries(field, of: quoted("contracts")) ?? [] {
            if !vendors.isEmpty, !vendors.contains(entry.key) {
                unknownChoice(
                    entry, row: entry.keyRow, entry.key, vendors, code: .unknownVendor, "no system is said to be of",
                    otherwise: "name it under `outages: systems:` with `vendor: \(entry.key)`")
            }
            let written = entry.listed ?? [entry]
            let read = written.compactMap { item in contract(item, entry.key, systems).map { (item, $0) } }
                .sorted { ($0.1.from ?? Day(number: .min)) < ($1.1.from ?? Day(number: .min)) }
            for (index, later) in read.enumerated() {
                for earlier in read[..<index] { compare(earlier.1, later.1, later.0) }
            }
            contracts += read.map(\.1)
        }
        return contracts.enumerated().sorted { ($0.element.vendor, $0.offset) < ($1.element.vendor, $1.offset) }
            .map(\.element)
    }

    private mutating func contract(
        _ field: Field, _ vendor: String, _ systems: [OutageSettings.System]
    ) -> VendorContract? {
        guard let fields = fields(field, .contract, of: "a contract") else { return nil }
        let promise = required(fields, "availability", "write what is promised of a month, such as `availability: 99.9 %`")
            .flatMap { availability($0) }
        let tiers = promise.flatMap { promise in fields["credit"].map { self.tiers($0, promise) } } ?? []
        if let credit = fields["credit"], fields["fee"] == nil {
            fault(
                .missingKey, credit, row: credit.keyRow, "a credit is a share of the fee, and the key \"fee\" is missing",
                ["write what a month costs, such as `fee: 1648`"])
        }
        let within = fields["claim-within"].flatMap { days($0, in: 1...3_660) }
        if !tiers.isEmpty, fields["claim-within"] == nil {
            fault(
                .noClaimDeadline, field, row: field.keyRow, "a credit is promised, and nothing says until when to ask for it",
                ["look it up in the contract and write it, such as `claim-within: 30 days`"], severity: .warning)
        }
        let (from, until) = (fields["from"].flatMap { day($0) }, fields["until"].flatMap { day($0) })
        if let from, let until, until < from, let field = fields["until"] {
            fault(.reversedDates, field, "\(until) is before \(from)", ["change the two round"])
        }
        let contract = promise.map { promise in
            VendorContract(
                vendor: vendor, systems: contractSystems(fields["systems"], systems),
                stores: fields["stores"].flatMap { texts($0, of: quoted("stores")) } ?? [], availability: promise,
                measured: fields["measured"].flatMap { choice($0, VendorContract.Clock.self) } ?? Defaults.contractClock,
                maintenance: fields["maintenance"].flatMap { choice($0, VendorContract.Maintenance.self) }
                    ?? Defaults.contractMaintenance,
                fee: fields["fee"].flatMap { money($0) }, tiers: tiers, claimWithinDays: within,
                claimFrom: fields["claim-from"].flatMap { choice($0, VendorContract.ClaimFrom.self) } ?? Defaults.claimFrom,
                from: from, until: until, renewal: fields["renewal"].flatMap { day($0) },
                noticeDays: fields["notice"].flatMap { days($0, in: 0...1_000) })
        }
        return contract
    }

    private mutating func contractSystems(_ field: Field?, _ systems: [OutageSettings.System]) -> [String] {
        guard let field, let names = texts(field, of: quoted("systems")) else { return [] }
        let known = systems.map(\.name)
        for name in names where !known.contains(name) {
            unknownChoice(
                field, name, known, code: .unknownSystem, "there is no system", otherwise: "name it under `outages: systems:`")
        }
        return names
    }

    /// Of one vendor, the later one second.
    private mutating func compare(_ a: VendorContract, _ b: VendorContract, _ field: Field) {
        // Two products of one vendor, or two stores, may have a contract each.
        if !a.stores.isEmpty, !b.stores.isEmpty, Set(a.stores).isDisjoint(with: b.stores) { return }
        if !a.systems.isEmpty, !b.systems.isEmpty, Set(a.systems).isDisjoint(with: b.systems) { return }
        let end = a.until ?? Day(number: .max)
        guard let start = b.from, end < start else {
            fault(
                .contractsOverlap, field, row: field.keyRow,
                "two contracts of \(quoted(a.vendor)) are in force at once"
                    + (b.from.map { " from \($0)" } ?? ""),
                [b.from.map { "write `until: \($0 + -1)` in the earlier one" } ?? "write `from:` and `until:` in both"])
            return
        }
        guard end.month == start.month else { return }
        fault(
            .contractsInOneMonth, field, row: field.keyRow,
            "two contracts of \(quoted(a.vendor)) share the month \(start.month)",
            ["if so be it: each is held against its own days, and its fee counts by days"], severity: .warning)
    }
}

// MARK: tiers

extension Reader {
    private struct WrittenTier {
        var field: Field
        var tier: VendorContract.Tier
    }

    /// `{ below 99.9 %: 10 %, below 99.0 %: 25 % }`, or `{ 99.0 % to 99.9 %: 10 %, below 99.0 %: 25 % }`: from the highest
    /// down. What is written `below` alone ends where the next begins.
    private mutating func tiers(_ field: Field, _ promise: VendorContract.Availability) -> [VendorContract.Tier] {
        var written: [WrittenTier] = []
        for entry in entries(field, of: quoted("credit")) ?? [] {
            guard let limits = tierLimits(entry) else { continue }
            guard let credit = share(entry) else { continue }
            written.append(
                WrittenTier(
                    field: entry, tier: .init(from: limits.from, below: limits.below, creditPermille: credit)))
        }
        if let first = written.first {
            if promise < first.tier.below {
                fault(
                    .tierAbovePromise, first.field, row: first.field.keyRow,
                    "a credit below \(first.tier.below.words), though only \(promise.words) is promised",
                    ["write the promise as `availability: \(first.tier.below.words)`, or correct the tier"])
            } else if first.tier.below < promise {
                fault(
                    .tierGap, first.field, row: first.field.keyRow,
                    "from \(first.tier.below.words) to the promised \(promise.words) nothing is credited",
                    ["if that is what the contract says, leave it; else write `below \(promise.words)`"],
                    severity: .warning)
            }
        }
        for index in written.indices.dropFirst() { join(&written[index - 1], written[index]) }
        return written.map(\.tier)
    }

    /// A tier and the one after it, which must be lower and credit more.
    private mutating func join(_ upper: inout WrittenTier, _ lower: WrittenTier) {
        let row = lower.field.keyRow
        if lower.tier.below >= upper.tier.below {
            let isSame = lower.tier.below == upper.tier.below
            fault(
                isSame ? .tierOverlap : .tierOrder, lower.field, row: row,
                isSame
                    ? "two tiers begin below \(lower.tier.below.words)"
                    : "the tier below \(lower.tier.below.words) stands after that below \(upper.tier.below.words)",
                [isSame ? "keep one of them" : "write the tiers from the highest availability down"])
            return
        }
        if lower.tier.creditPermille <= upper.tier.creditPermille {
            fault(
                .tierOrder, lower.field, row: row,
                "less available, yet credited \(percent(lower.tier.creditPermille)) after \(percent(upper.tier.creditPermille))",
                ["look it up in the contract: a lower tier credits more"])
        }
        guard let from = upper.tier.from else {
            upper.tier.from = lower.tier.below
            return
        }
        if from < lower.tier.below {
            fault(
                .tierOverlap, lower.field, row: row,
                "from \(from.words) to \(lower.tier.below.words) two tiers hold",
                ["let this one end at \(from.words)"])
        } else if lower.tier.below < from {
            fault(
                .tierGap, lower.field, row: row, "from \(lower.tier.below.words) to \(from.words) no tier holds",
                ["let this one end at \(from.words)"])
        }
    }

    private func percent(_ permille: Int) -> String {
        "\(permille / 10)\(permille % 10 == 0 ? "" : ".\(permille % 10)") %"
    }

    /// `below 99.9 %` or `99.0 % to 99.9 %`.
    private mutating func tierLimits(
        _ field: Field
    ) -> (from: VendorContract.Availability?, below: VendorContract.Availability)? {
        let words = field.key.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if words.hasPrefix("below "), let below = Self.availability(words.dropFirst(6)) { return (nil, below) }
        let parts = words.replacing(" to ", with: "–").split(separator: "–", omittingEmptySubsequences: false)
        if parts.count == 2, let from = Self.availability(parts[0]), let below = Self.availability(parts[1]) {
            guard below < from || below == from else { return (from, below) }
            fault(
                .badTier, field, row: field.keyRow, "\(quoted(field.key)) ends before it begins",
                ["write the lower availability first: \(below.words) to \(from.words)"])
            return nil
        }
        fault(
            .badTier, field, row: field.keyRow, "\(quoted(field.key)) is no tier of availability",
            ["write `below 99.9 %: 10 %`, or `99.0 % to 99.9 %: 10 %`"])
        return nil
    }

    /// `99.9 %`, three decimals at most.
    private mutating func availability(_ field: Field) -> VendorContract.Availability? {
        guard let text = raw(field, "a share in percent") else { return nil }
        guard let value = Self.availability(text[...]) else {
            fault(
                .badShare, field, "\(quoted(text)) is not an availability in percent",
                ["write it like 99.9 % (three decimals at most, 100 % at most)"])
            return nil
        }
        return value
    }

    private static func availability(_ text: Substring) -> VendorContract.Availability? {
        guard text.hasSuffix("%") else { return nil }
        let digits = text.dropLast().filter { !$0.isWhitespace }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 3 }),
            digits.utf8.allSatisfy({ $0 == 0x2E || (0x30...0x39).contains($0) }), let whole = Int(parts[0])
        else { return nil }
        let decimals = parts.count == 2 ? String(parts[1]) : ""
        guard let rest = Int(decimals + String(repeating: "0", count: 3 - decimals.utf8.count)) else { return nil }
        let value = whole * 1_000 + rest
        return value <= 100_000 ? .init(milliPercent: value) : nil
    }
}

extension Reader {
    /// `25`, `1648.50`: of the dealership's currency, two decimals at most, not below 0.
    mutating func money(_ field: Field) -> Money? {
        guard let text = raw(field, "an amount") else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isPlain = text.utf8.allSatisfy { $0 == 0x2E || (0x30...0x39).contains($0) }
        guard isPlain, (1...2).contains(parts.count), let whole = Int64(parts[0]), parts[0].utf8.count <= 12,
            let cents = parts.count == 1 ? 0 : Int64(parts[1] + String(repeating: "0", count: max(0, 2 - parts[1].utf8.count))),
            parts.count == 1 || (1...2).contains(parts[1].utf8.count)
        else {
            fault(
                .badAmount, field, "\(quoted(text)) is not an amount",
                ["write digits with a point before the cents, such as 1648 or 1648.50, without sign or currency"])
            return nil
        }
        return Money(minorUnits: whole * 100 + cents)
    }
}
