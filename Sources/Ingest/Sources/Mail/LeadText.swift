import Basis
import Dealership

/// Leads as delimited text, a line each, which the export's mapping then reads.
struct LeadText {
    /// A column that no export has: what is in there says that the line is a lead that cannot be read.
    static let unreadable = "\u{1}unreadable"

    private let columns: [LeadColumn]
    private let delimiter: UInt8
    private(set) var bytes: [UInt8] = []
    private(set) var places: [RowOrigins.Place] = [.init(name: 0, row: 0)]

    init(_ read: LeadsRead, _ leads: [Lead], _ repeats: LeadRepeats, for export: ExportSettings) {
        let wanted = LeadText.names(export)
        columns = LeadColumn.allCases.filter { !$0.isOnDemand || wanted.contains($0.rawValue) }
        delimiter = export.delimiter ?? 0x2C
        append(columns.map(\.rawValue) + [LeadText.unreadable])
        let hasStores = export.columns["store_id"] != nil
        var customers = export.table == .customers ? LeadText.customers(leads, repeats, hasStores: hasStores) : [:]
        var next = 0
        for entry in read.entries {
            switch entry {
            case .unreadable(_, let hash):
                // A number, so that a store tells one from the other.
                let number = "unreadable-" + Lead.hex(hash)
                append(columns.map { $0 == .leadID || $0 == .customerID ? number : "" } + ["yes"])
            case .lead:
                let lead = next
                next += 1
                if export.table == .customers {
                    // A line each customer, where the first lead stands.
                    guard let row = customers.removeValue(forKey: lead) else { continue }
                    append(columns.map { row[$0] ?? $0.value(leads[lead]) } + [""])
                } else {
                    // What came again says what came first, and is set aside as the same row twice.
                    append(columns.map { $0.value(leads[repeats.first[lead]]) } + [""])
                }
            }
            places.append(entry.place)
        }
    }

    /// Columns of the export that the mapping names.
    private static func names(_ export: ExportSettings) -> Set<String> {
        var names = Set(export.only.keys.map { $0.lowercased() })
        names.formUnion(export.except.keys.map { $0.lowercased() })
        for column in export.columns.values { names.formUnion(column.sources.joined().map { $0.lowercased() }) }
        return names
    }

    /// By a customer's first lead, what later ones add to it.
    private static func customers(
        _ leads: [Lead], _ repeats: LeadRepeats, hasStores: Bool
    ) -> [Int: [LeadColumn: String]] {
        let contact: [LeadColumn] = [
            .name, .firstName, .lastName, .phone, .otherPhone, .email, .address, .city, .region, .postalCode, .country,
        ]
        var known: [[String]: Int] = [:]
        var rows: [Int: [LeadColumn: String]] = [:]
        for index in repeats.inOrder {
            let lead = leads[index]
            let key = [lead.customerID] + (hasStores ? [lead.vendorKey] : [])
            guard let first = known[key] else {
                known[key] = index
                rows[index] = [:]
                continue
            }
            for column in contact where column.value(leads[first]).isEmpty && rows[first]?[column] == nil {
                let value = column.value(lead)
                if !value.isEmpty { rows[first]?[column] = value }
            }
        }
        return rows
    }

    /// Every line is a row: breaks within a value become spaces.
    private mutating func append(_ cells: [String]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(delimiter) }
            let text = cell.utf8
            let isQuoted = text.contains { $0 == delimiter || $0 == 0x22 }
            if isQuoted { bytes.append(0x22) }
            for byte in text {
                if byte == 0x22 { bytes.append(0x22) }
                bytes.append(byte == 0x0A || byte == 0x0D || byte == 0 ? 0x20 : byte)
            }
            if isQuoted { bytes.append(0x22) }
        }
        bytes.append(0x0A)
    }
}
