public import Basis

/// A period that is to be fixed: what speaks against it, and the entries that fix it.
public struct RewardClosing: Sendable {
    private let month: Month
    private let signature: LedgerSignature
    private let history: LedgerHistory

    public init(_ month: Month, signature: LedgerSignature, history: LedgerHistory) {
        self.month = month
        self.signature = signature
        self.history = history
    }

    /// Why the period cannot be closed, everything at once. Empty: nothing speaks against it.
    /// - Parameters:
    ///   - rules: that are to be closed.
    ///   - results: theirs, of those in force.
    public func faults(_ rules: [RewardRule], _ results: [RewardResult]) -> [Diagnostic] {
        faultsOfApproval + rules.flatMap(rule)
            + results.flatMap { result in
                day(result) + result.refusals.filter { $0.severity == .error } + paid(result)
            }
    }

    /// What is worth a word although nothing speaks against it.
    public func notes(_ results: [RewardResult]) -> [Diagnostic] {
        results.flatMap { result -> [Diagnostic] in
            guard let last = history.closes(of: result.rule.identifier).last, month - last.month > 1 else { return [] }
            let skipped = (1..<(month - last.month)).map { (last.month + $0).description }.joined(separator: ", ")
            return [
                Diagnostic(
                    .warning, "month-skipped", at: place(result.rule),
                    "\(skipped) was not closed, and cannot be once \(month) is",
                    remedies: ["close it first if somebody should be paid for it"])
            ]
        } + results.flatMap { $0.refusals.filter { $0.severity != .error } }
    }

    /// The entries that fix it, to be written together with adjustments of earlier periods, after them.
    /// - Parameter outages: the records of the period.
    public func entries(_ results: [RewardResult], currency: String, outages: [LedgerOutage]) -> [LedgerEntry] {
        results.sorted { $0.rule.identifier < $1.rule.identifier }.map { result in
            var entry = LedgerEntry(
                kind: .close, on: signature.on, rule: result.rule.identifier, version: result.rule.version,
                currency: currency, month: month)
            entry.ruleName = result.rule.name
            entry.ruleText = result.rule.text
            entry.approvers = signature.approvers
            entry.asOf = result.asOf
            entry.settingsHash = signature.settingsHash
            entry.program = signature.program
            entry.unowned = result.unowned
            entry.leftInPool = result.leftInPool
            entry.people = result.people
            entry.teams = result.teams
            entry.rows = result.rows.sorted(by: RewardRow.areInOrder).map { LedgerRow($0) }
            entry.outages = outages
            return entry
        }
    }

    private func place(_ rule: RewardRule) -> Diagnostic.Location { .init(file: "rewards/\(rule.identifier).yaml") }

    // MARK: Who and when

    /// Also what any other entry that pays or takes needs: two who approve, and a day after the last entry's.
    public var faultsOfApproval: [Diagnostic] {
        LedgerSignature.faults(approvers: signature.approvers) + LedgerSignature.faults(day: signature.on, history)
    }

    private func day(_ result: RewardResult) -> [Diagnostic] {
        var faults: [Diagnostic] = []
        if signature.on <= month.lastDay {
            faults.append(
                Diagnostic(
                    .error, "month-not-over", at: place(result.rule), "\(month) is not over on \(signature.on)",
                    remedies: ["close it from \(month.lastDay + 1) on"]))
        } else if signature.on < result.asOf {
            faults.append(
                Diagnostic(
                    .error, "before-as-of", at: place(result.rule),
                    "on \(signature.on) nobody could know data up to \(result.asOf)",
                    remedies: ["give the day on which it is approved", "or count up to it: --as-of \(signature.on)"]))
        }
        if result.rule.approved > signature.on {
            faults.append(
                Diagnostic(
                    .error, "rule-approved-later", at: place(result.rule),
                    "the rule is approved on \(result.rule.approved), after \(signature.on)",
                    remedies: ["pay by a rule that was approved before"]))
        }
        return faults
    }

    private func paid(_ result: RewardResult) -> [Diagnostic] {
        signature.faults(paid: result.people.map { ($0.person, $0.name) }, by: result.rule.identifier)
    }

    // MARK: Rule

    private func rule(_ rule: RewardRule) -> [Diagnostic] {
        var faults: [Diagnostic] = []
        func add(_ code: String, _ what: String, _ remedies: String...) {
            faults.append(Diagnostic(.error, code, at: place(rule), what, remedies: remedies))
        }
        if !rule.isInForce(in: month) {
            let until = rule.until.map { " to \($0)" } ?? ""
            add(
                "rule-not-in-force", "the rule is in force from \(rule.inForce)\(until), not in \(month)",
                "close another month")
        }
        if let closed = history.close(of: rule.identifier, month) {
            add(
                "month-closed", "\(month) was closed by entry \(closed.number) on \(closed.on)",
                "what changed since comes as an adjustment with the next month",
                "kpi rewards adjust makes one now", "--rule closes another rule alone")
        } else if let last = history.closes(of: rule.identifier).map(\.month).max(), month < last {
            add(
                "earlier-month", "\(last) is closed already, and months are closed in order",
                "close a month after \(last)")
        }
        guard let last = history.closes(of: rule.identifier).last else { return faults }
        if rule.version < last.version {
            add(
                "rule-version",
                "version \(rule.version) is older than version \(last.version), by which \(last.month) was closed",
                "write version: \(last.version + 1) and give it in-force")
        } else if rule.version == last.version, rule.text != last.ruleText {
            add(
                "rule-changed", "the rule was changed since \(last.month) was closed by version \(last.version)",
                "write version: \(last.version + 1), who approved it, and from when it is in force",
                "or restore the text (kpi rewards ledger --entry \(last.number) prints it)")
        }
        return faults
    }
}

extension LedgerSignature {
    /// Letters' case and blanks around a name tell nobody apart.
    static func plain(_ name: String) -> String {
        name.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    }

    /// Whoever is paid by it cannot approve it.
    func faults(paid: [(person: String, name: String)], by rule: String) -> [Diagnostic] {
        let names = Set(approvers.map(LedgerSignature.plain))
        return paid.filter {
            names.contains(LedgerSignature.plain($0.name)) || names.contains(LedgerSignature.plain($0.person))
        }.map { person in
            Diagnostic(
                .error, "paid-approver", at: .init(file: "rewards/\(rule).yaml"),
                "\(person.name) (\(person.person)) approves it and may be paid by it",
                remedies: ["have somebody approve it whom the rule does not pay"])
        }
    }

    /// Approvers whom an adjustment concerns.
    public func faults(paid entry: LedgerEntry) -> [Diagnostic] {
        faults(paid: entry.adjustments.map { ($0.person, $0.name) }, by: entry.rule)
    }

    /// Entries follow each other in time.
    public static func faults(day: Day, _ history: LedgerHistory) -> [Diagnostic] {
        guard let last = history.entries.last, day < last.on else { return [] }
        return [
            Diagnostic(
                .error, "before-last-entry", "\(day) lies before the last entry, of \(last.on)",
                remedies: ["give the day on which it is done"])
        ]
    }

    /// Two distinct people at the least.
    public static func faults(approvers: [String]) -> [Diagnostic] {
        let distinct = Set(approvers.map(plain)).subtracting([""])
        guard distinct.count < 2 else { return [] }
        return [
            Diagnostic(
                .error, "too-few-approvers",
                distinct.count == 1 ? "\(approvers.first ?? "one") alone approves it" : "nobody approves it",
                remedies: ["two approve it: --approved-by A --approved-by B"])
        ]
    }
}
