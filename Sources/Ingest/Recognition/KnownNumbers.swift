import Dealership

/// Numbers that other files of the folder are known to hold: a column whose values are among them means the same.
struct KnownNumbers: Sendable {
    /// By the column of ours that gives them (`customer_id` of customers, `person_id` of people): a set a file.
    private(set) var sets: [String: [(file: String, values: Set<UInt64>)]] = [:]

    /// Columns that refer to somebody else's numbers, and whose.
    private static let referring: [String: String] = [
        "customer_id": "customer_id", "person_id": "person_id", "advisor_id": "person_id", "salesperson_id": "person_id",
        "owner_id": "person_id", "assigned_to": "person_id", "store_id": "store_id", "outage_id": "outage_id",
        "lead_id": "lead_id", "appointment_id": "appointment_id", "conversation_id": "conversation_id", "vin": "vin",
        "trade_vin": "vin",
    ]

    /// Tables whose numbers the others refer to.
    private static let givers: [StandardTable: [String]] = [
        .customers: ["customer_id"], .people: ["person_id"], .stores: ["store_id"], .outages: ["outage_id"],
        .leads: ["lead_id"], .appointments: ["appointment_id"], .serviceVisits: ["vin"],
        .messages: ["conversation_id"],
    ]

    init() {}

    mutating func take(_ sample: ExportSample, _ recognition: Recognition) {
        for column in recognition.table.flatMap({ KnownNumbers.givers[$0] }) ?? [] {
            guard case .column(let name)? = recognition.match(of: column)?.rule,
                let facts = sample.columns.first(where: { $0.name == name }), facts.distinct.count > 0
            else { continue }
            sets[column, default: []].append((sample.name, facts.distinct))
        }
    }

    /// The greatest share of a column's values that one other file holds; nil: nothing is known to hold them.
    func overlap(_ facts: ColumnFacts, as column: String, besides file: String) -> (share: Double, file: String)? {
        guard let giver = KnownNumbers.referring[column], !facts.distinct.isEmpty else { return nil }
        let others = (sets[giver] ?? []).filter { $0.file != file }
        return others.map { (KnownNumbers.share(facts.distinct, $0.values), $0.file) }.max {
            $0.0 != $1.0 ? $0.0 < $1.0 : $0.1 > $1.1
        }
    }

    static func share(_ a: Set<UInt64>, _ b: Set<UInt64>) -> Double {
        a.isEmpty ? 0 : Double(a.count { b.contains($0) }) / Double(a.count)
    }
}
