import Basis
import Dealership
import Definitions
import Ingest
import Programs

/// Whether rules can pay by the data that is there: what `kpi check` says beyond what the files say themselves.
struct RewardReadiness {
    let lines: [String]
    let diagnostics: [Diagnostic]

    /// Judges each rule by the last month that the exports cover; one that is not in force yet as if it were.
    static func check(
        _ exports: StagedExports, _ rules: [RewardRule], tasks: Int
    ) async throws(Rejection) -> RewardReadiness {
        let header = exports.header
        let month = header.latestWholeMonth
        let tried = rules.map { rule in
            var own = rule
            own.inForce = min(own.inForce, month)
            own.until = nil
            return own
        }
        let results = header.hasNoDays
            ? [] : try await RewardRun.results(exports, tried, months: month...month, tasks: tasks).results
        var diagnostics = rules.flatMap { unknownNames($0, header) }
        var lines: [String] = []
        for rule in rules {
            guard let result = results.first(where: { $0.rule.identifier == rule.identifier }) else {
                lines.append("reward \(rule.identifier): no data to pay by")
                continue
            }
            let isInForce = rule.isInForce(in: month)
            // What time mends is no fault of a rule that waits for its month.
            let passing = ["still-within-target", "export-ends-early"]
            diagnostics += result.refusals.filter { isInForce || !passing.contains($0.code) }.map { refusal in
                var warning = refusal
                warning.severity = .warning
                return warning
            }
            diagnostics += shortPool(result)
            let paid = result.people.count { $0.amount > .zero }
            let state = !isInForce
                ? "would have paid, not in force then"
                : result.refusals.isEmpty ? "can be closed" : "cannot be closed yet"
            lines.append(
                "reward \(rule.identifier): \(month) \(state); \(result.people.count) people, \(paid) paid, \(result.total) "
                    + header.settings.currency)
        }
        return RewardReadiness(lines: lines, diagnostics: diagnostics)
    }

    /// Departments, roles and stores that nobody of the people export belongs to.
    private static func unknownNames(_ rule: RewardRule, _ header: JournalHeader) -> [Diagnostic] {
        let stints = header.people.values.flatMap(\.stints)
        let own = rule.eligibility
        let place = Diagnostic.Location(file: "rewards/\(rule.identifier).yaml", column: "eligible")
        func unknown(_ names: [String], _ known: Set<String>, _ what: String) -> [Diagnostic] {
            names.filter { !known.contains($0.lowercased()) }.map { name in
                let near = nearest(name, known)
                return Diagnostic(
                    .warning, "nobody-eligible", at: place, "nobody of the people export has the \(what) \(name)",
                    remedies: [near.map { "did you mean \($0)?" } ?? "correct the rule or the people export"])
            }
        }
        return unknown(own.departments, Set(stints.map { $0.department.lowercased() }), "department")
            + unknown(own.roles, Set(stints.map { $0.role.lowercased() }), "role")
            + unknown(own.stores, Set(header.stores.map { $0.identifier.lowercased() }), "store")
    }

    private static func nearest(_ name: String, _ known: Set<String>) -> String? {
        nearestName(to: name, among: known.filter { !$0.isEmpty }.sorted())
    }

    /// Were everybody to reach the best tier, the pool would not do: somebody should know before it is promised.
    private static func shortPool(_ result: RewardResult) -> [Diagnostic] {
        guard let pool = result.rule.pool, case .tiers(let tiers) = result.rule.scheme,
            let best = tiers.map(\.pays).max(), !result.people.isEmpty
        else { return [] }
        let most = Money(minorUnits: best.minorUnits * Int64(result.people.count))
        guard most > pool else { return [] }
        return [
            Diagnostic(
                .warning, "pool-may-not-do", at: .init(file: "rewards/\(result.rule.identifier).yaml", column: "pool"),
                "\(result.people.count) people at \(best) each are \(most), and the pool holds \(pool): all would be scaled",
                remedies: ["raise the pool, or tell people that it may be scaled"]),
        ]
    }
}
