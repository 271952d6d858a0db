/// Two columns of telephone numbers, from and to, of which now one and now the other is the dealership's own.
struct TelephonePair {
    /// In the order of the export.
    let columns: [Int]
    /// As the export writes them, each once.
    let own: [String]

    /// - Parameter left: columns that nothing else reads.
    init?(_ sample: ExportSample, _ left: [Int]) {
        let phones = left.filter { sample.columns[$0].share(sample.columns[$0].phones) > 0.5 }
        guard phones.count == 2, sample.rows.count >= 20 else { return nil }
        func number(_ text: String) -> String { String(text.filter(\.isNumber).suffix(10)) }
        var counts: [[String: Int]] = [[:], [:]]
        var written: [String: String] = [:]
        for row in sample.rows {
            for (side, column) in phones.enumerated() where !row[column].isEmpty {
                let digits = number(row[column])
                counts[side][digits, default: 0] += 1
                if written[digits] == nil { written[digits] = row[column] }
            }
        }
        // A line of the house is in every twentieth row at least, and calls as well as it is called.
        let least = max(2, sample.rows.count / 20)
        let house = Set(counts[0].keys).intersection(counts[1].keys).filter { digits in
            (counts[0][digits] ?? 0) + (counts[1][digits] ?? 0) >= least && digits.count >= 7
        }
        guard !house.isEmpty, house.count <= 20 else { return nil }
        let told = sample.rows.count { row in house.contains(number(row[phones[0]])) != house.contains(number(row[phones[1]])) }
        guard told * 10 >= sample.rows.count * 9 else { return nil }
        columns = phones
        own = house.sorted().compactMap { written[$0] }
    }
}
