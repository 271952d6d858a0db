import Basis
import Dealership
import Definitions
import Foundation
import Ingest
import Measures
import Programs

/// Reward rules, and folders that they are computed over.
enum MadeReward {
    static let month = Month(year: 2026, month: 10)

    /// First responses in time, two tiers; `change` says what else the file has.
    static func text(
        scheme: String = "tiers: [{ from: 50 %, below: 75 %, pays: 60 }, { from: 75 %, pays: 100 }]",
        eligible: String = "eligible: { minimum-n: 1 }", more: String = ""
    ) -> String {
        """
        name: Answered in time
        version: 1
        approved: 2025-12-20
        approvers: [Ellis Moore, Kim Ortega]
        in-force: 2026-01
        measure: first-response-time
        \(eligible)
        \(scheme)
        \(more)
        """
    }

    static func rule(_ text: String = text(), _ settings: DealershipSettings = Made.settings) throws -> RewardRule {
        try RewardFile.read(text: text, file: "rewards/answers.yaml", identifier: "answers", settings: settings).value
    }

    /// A folder's result for October 2026.
    static func result(
        _ files: [String: String], _ text: String = text(), dealership: String = dealership
    ) async throws -> RewardResult {
        let path = FileManager.default.temporaryDirectory.appending(path: "kpi-rewards-\(UUID().uuidString)").path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try FileManager.default.createDirectory(atPath: "\(path)/exports", withIntermediateDirectories: true)
        for (name, text) in files { try Data(text.utf8).write(to: URL(filePath: "\(path)/exports/\(name).csv")) }
        let settings = try DealershipFile.read(text: dealership, file: "dealership.yaml").value
        let exports = try await StagedExports.read(directory: path, settings: settings, tasks: 2)
        return result(exports, try rule(text, settings), month)
    }

    static func result(_ exports: StagedExports, _ rule: RewardRule, _ month: Month) -> RewardResult {
        let parameters = rule.basis.timing.linking(LinkingParameters(exports.header.settings))
        let context = LinkingContext(header: exports.header, parameters: parameters)
        var rows = RewardRows()
        for group in 0..<exports.groupCount {
            rows.merge(RewardRows(Facts(exports.group(group), context: context), rule, months: month...month))
        }
        return RewardCalculation(rule, exports.header, context.calendars)
            .result(month, rows: rows.rows.map(\.row), assigned: rows.assigned, total: rows.total)
    }

    static let dealership = """
        name: Riverside Motors
        time-zone: America/Chicago
        hours: { mon-fri: "08:00-18:00" }
        channels: { email: managed, sms: managed }
        targets: { first-response-time: { email: 1 h, sms: 15 min } }
        outages: { systems: { mail: { activities: [email] } } }
        """

    static let people = """
        person_id,store_id,name,department,role,payroll_id,active_from,active_to
        P1,S1,Dana Ruiz,service,advisor,0071,,
        P2,S1,June Boyd,service,advisor,0072,,

        """
}

extension RewardResult {
    func one(_ person: String) -> PersonReward? { people.first { $0.person == person } }
}

extension StagedExports {
    /// Rows of tests stay in memory, so that none has to be read back from a file.
    func group(_ group: Int) -> GroupJournal { try! journal(ofGroup: group) }
}
