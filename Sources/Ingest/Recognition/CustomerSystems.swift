import Dealership

/// Whose customer numbers an export has, where several systems give them: 1010001 of the DMS is not 1010001 of the CRM.
struct CustomerSystems {
    private struct Giver {
        var file: String
        var system: String
        var numbers: Set<UInt64>
    }

    private var givers: [Giver] = []

    init(_ files: [FolderRecognition.File]) {
        for file in files where file.copyOf == nil {
            guard let recognition = file.recognition, recognition.table == .customers, let sample = file.sample,
                case .column(let name)? = recognition.match(of: "customer_id")?.rule,
                let facts = sample.columns.first(where: { $0.name == name })
            else { continue }
            givers.append(Giver(file: sample.name, system: CustomerSystems.name(recognition, sample), numbers: facts.distinct))
        }
        // One system's customers in several files are one system's.
        if Set(givers.map(\.system)).count < 2 { givers = [] }
    }

    /// What its rows say, else what its name has beside the word customers.
    private static func name(_ recognition: Recognition, _ sample: ExportSample) -> String {
        if case .column(let column)? = recognition.match(of: "system")?.rule,
            let words = sample.columns.first(where: { $0.name == column })?.words, words.count == 1, let word = words.keys.first
        {
            return word
        }
        let stem = SourceKind.stem(ofFile: sample.name) ?? sample.name
        let words = stem.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        let own = words.filter { word in
            !["customer", "customers", "contacts", "contact", "clients", "export", "list", "all"].contains(word) && Int(word) == nil
        }
        return own.first ?? stem
    }

    func system(of recognition: Recognition, _ sample: ExportSample) -> (String, String) {
        guard !givers.isEmpty, let table = recognition.table else { return ("", "") }
        if table == .customers {
            guard let own = givers.first(where: { $0.file == sample.name }) else { return ("", "") }
            return (own.system, "customers of two systems: this one's numbers are its own")
        }
        guard let match = recognition.match(of: "customer_id") else {
            return table == .conversations ? (usual(table, recognition).map { ($0, "as messages have") } ?? ("", "")) : ("", "")
        }
        guard case .column(let name) = match.rule, let facts = sample.columns.first(where: { $0.name == name }) else {
            return ("", "")
        }
        let shares = givers.map { (giver: $0, share: KnownNumbers.share(facts.distinct, $0.numbers)) }
            .sorted { $0.share != $1.share ? $0.share > $1.share : $0.giver.file < $1.giver.file }
        let (first, second) = (shares[0], shares[1])
        let percent = Int((first.share * 100).rounded())
        if first.share - second.share > 0.02 {
            return (first.giver.system, "\(percent) % of its customer numbers stand in \(first.giver.file)")
        }
        guard let usual = usual(table, recognition) else { return (first.giver.system, "its customer numbers stand in \(first.giver.file)") }
        return (usual, "its customer numbers stand in both; such exports mostly come from it: is that so?")
    }

    /// The system that mostly keeps such a table.
    private func usual(_ table: StandardTable, _ recognition: Recognition) -> String? {
        let isShop: Bool
        switch table {
        case .serviceVisits, .sales, .ratings: isShop = true
        case .appointments: isShop = recognition.match(of: "lead_id") == nil
        default: isShop = false
        }
        let crm = ["crm", "vin solutions", "vinsolutions", "elead", "dealersocket", "drivecentric", "contacts"]
        let dms = ["dms", "cdk", "reynolds", "dealertrack", "autosoft", "tekion", "pbs", "shop", "service"]
        func find(_ names: [String]) -> String? {
            givers.first { giver in names.contains { giver.system.lowercased().contains($0) || giver.file.lowercased().contains($0) } }?.system
        }
        let found = find(isShop ? dms : crm)
        if found != nil { return found }
        // Known by its opposite, where there are two.
        guard Set(givers.map(\.system)).count == 2, let other = find(isShop ? crm : dms) else { return nil }
        return givers.first { $0.system != other }?.system
    }
}
