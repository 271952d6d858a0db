public import Basis
import Statistics

/// What one partition of the sharing groups came to: tallies that merge exactly, and the proof of which rows they are of.
///
/// States of the same job merge in any order to the same bytes. Their text is canonical: everything sorted, integers only.
public struct PartialState: Hashable, Sendable {
    /// Rows of one file of one sharing group. Sum and exclusive or are of the CRC-32 of every row's line, so that an engine
    /// that counted the rows can have them as well.
    public struct Proof: Hashable, Sendable {
        public var rows: Int64 = 0
        public var sum: UInt64 = 0
        public var xor: UInt32 = 0

        public init() {}

        public mutating func add(_ checksum: UInt32) {
            rows += 1
            sum &+= UInt64(checksum)
            xor ^= checksum
        }
    }

    public struct Place: Hashable, Comparable, Sendable {
        /// The sharing group's name; "": rows whose store nobody knows.
        public var group: String
        public var file: String

        public init(group: String, file: String) {
            self.group = group
            self.file = file
        }

        public static func < (a: Place, b: Place) -> Bool {
            a.group == b.group ? a.file.precedes(b.file) : a.group.precedes(b.group)
        }
    }

    /// Fingerprint of the job: definitions, tables, settings, plan and what all groups share.
    public var specification: String
    /// Fingerprint of the time zones' data.
    public var zones: String
    public var asOf: Instant
    public var proof: [Place: Proof] = [:]
    /// What became of the rows: table, kind of count, its key.
    public var audits: [[String]: Int64] = [:]
    /// In the order of the job's tables.
    public var tables: [TallyTable]

    public init(specification: String, zones: String, asOf: Instant, tables: Int) {
        self.specification = specification
        self.zones = zones
        self.asOf = asOf
        self.tables = [TallyTable](repeating: TallyTable(), count: tables)
    }

    public var groups: Set<String> { Set(proof.keys.map(\.group)) }

    /// Both together. Associative and commutative.
    /// - Throws: `Rejection` when they are of different jobs, or when a sharing group is in both.
    public mutating func merge(_ other: PartialState, from file: String) throws(Rejection) {
        func differ(_ what: String, _ remedy: String) -> Rejection {
            Rejection(
                Diagnostic(
                    .error, "partial-of-other-job", at: .init(file: file),
                    "the partial state is of \(what) than the others", remedies: [remedy]))
        }
        guard specification == other.specification, tables.count == other.tables.count else {
            throw differ("another job", "make all partial states with one folder of kpi plan and one version of the program")
        }
        guard zones == other.zones else {
            throw differ("other time-zone data", "give all machines the same version of tzdata")
        }
        guard asOf == other.asOf else { throw differ("another as-of instant", "make all partial states with one plan") }
        let both = groups.intersection(other.groups)
        if let group = both.min(by: { $0.precedes($1) }) {
            throw Rejection(
                Diagnostic(
                    .error, "partial-twice", at: .init(file: file),
                    "sharing group \(group.isEmpty ? "\"\"" : group)\(both.count > 1 ? " and \(both.count - 1) more are" : " is")"
                        + " in two partial states: its rows would count twice",
                    remedies: [
                        "merge every partial state once", "send all rows of a sharing group to one kpi partial",
                    ]))
        }
        proof.merge(other.proof) { a, _ in a }
        audits.merge(other.audits, uniquingKeysWith: +)
        for (index, table) in other.tables.enumerated() { tables[index].merge(table) }
    }
}

extension String {
    /// By bytes, which no locale or Unicode version changes.
    fileprivate func precedes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}

extension PartialState {
    private static let magic = "kpi-partial 1"

    /// One line a count; the last line tells how many there are and their checksum, so that a state cut short is noticed.
    public var text: String {
        var lines = [
            PartialState.magic, "specification \(specification)", "zones \(zones)", "as-of \(asOf.seconds)",
            "tables \(tables.count)",
        ]
        for (place, proof) in proof.sorted(by: { $0.key < $1.key }) {
            lines.append(
                "rows \(Word.written(place.group)) \(Word.written(place.file)) \(proof.rows) \(proof.sum) \(proof.xor)")
        }
        for (key, count) in audits.sorted(by: { PartialState.precedes($0.key, $1.key) }) where count != 0 {
            lines.append("audit \(key.map(Word.written).joined(separator: " ")) \(count)")
        }
        for (index, table) in tables.enumerated() {
            for (labels, tally) in table.cells.sorted(by: { PartialState.precedes($0.key, $1.key) }) {
                lines.append(PartialState.line(index, labels, tally))
            }
        }
        let body = lines.joined(separator: "\n") + "\n"
        return body + "end \(lines.count) \(PartialState.checksum(body))\n"
    }

    private static func precedes(_ a: [String], _ b: [String]) -> Bool {
        a.lexicographicallyPrecedes(b) { $0.precedes($1) }
    }

    private static func line(_ table: Int, _ labels: [String], _ tally: Tally) -> String {
        var words = ["cell", String(table), String(labels.count)] + labels.map(Word.written)
        words.append(String(tally.counts.count))
        words += tally.counts.map { String($0) }
        for histogram in tally.histograms {
            let pairs = zip(histogram.values, histogram.counts).map { "\($0):\($1)" }
            words.append(pairs.isEmpty ? "-" : pairs.joined(separator: ","))
        }
        return words.joined(separator: " ")
    }

    /// FNV-1a, 64 bits (RFC 9923): against accidents, not against malice.
    private static func checksum(_ text: String) -> UInt64 {
        var text = text
        return text.withUTF8 { bytes in
            bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        }
    }
}

extension PartialState {
    /// The states that stand in a file one behind the other, none where it is empty.
    /// - Throws: `Rejection` (`partial-damaged`) where the file ends inside one, or anything in it is not as it was written.
    public static func read(_ bytes: [UInt8], file: String) throws(Rejection) -> [PartialState] {
        var states: [PartialState] = []
        var lines: [Substring] = []
        let text = String(decoding: bytes, as: UTF8.self)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            lines.append(line)
            guard line.hasPrefix("end ") else { continue }
            guard let state = PartialState(lines) else { throw damaged(file) }
            states.append(state)
            lines = []
        }
        // What is behind the last line break is nothing.
        guard lines.count == 1, lines[0].isEmpty else { throw damaged(file) }
        return states
    }

    private static func damaged(_ file: String) -> Rejection {
        Rejection(
            Diagnostic(
                .error, "partial-damaged", at: .init(file: file),
                "this is no whole partial state: it was cut short or changed",
                remedies: ["run kpi partial for these rows again, and check that its disk is not full"]))
    }

    private init?(_ lines: [Substring]) {
        let body = lines.dropLast().joined(separator: "\n") + "\n"
        guard lines.count >= 6, lines[0] == PartialState.magic[...],
            lines.last == "end \(lines.count - 1) \(PartialState.checksum(body))"[...],
            let specification = PartialState.value(lines[1], "specification"),
            let zones = PartialState.value(lines[2], "zones"),
            let asOf = PartialState.value(lines[3], "as-of").flatMap({ Int64($0) }),
            let tables = PartialState.value(lines[4], "tables").flatMap({ Int($0) }), (0...100_000).contains(tables)
        else { return nil }
        self.init(specification: specification, zones: zones, asOf: Instant(seconds: asOf), tables: tables)
        for line in lines.dropFirst(5).dropLast() {
            guard take(line.split(separator: " ", omittingEmptySubsequences: false)) else { return nil }
        }
    }

    private static func value(_ line: Substring, _ key: String) -> String? {
        line.hasPrefix(key + " ") ? String(line.dropFirst(key.utf8.count + 1)) : nil
    }

    private mutating func take(_ words: [Substring]) -> Bool {
        switch words.first {
        case "rows":
            guard words.count == 6, let group = Word.read(words[1]), let file = Word.read(words[2]),
                let rows = Int64(words[3]), let sum = UInt64(words[4]), let xor = UInt32(words[5])
            else { return false }
            var found = Proof()
            (found.rows, found.sum, found.xor) = (rows, sum, xor)
            return proof.updateValue(found, forKey: Place(group: group, file: file)) == nil
        case "audit":
            let key = words.dropFirst().dropLast().compactMap(Word.read)
            guard words.count > 2, key.count == words.count - 2, let count = Int64(words[words.count - 1]) else { return false }
            return audits.updateValue(count, forKey: key) == nil
        case "cell": return takeCell(words)
        default: return false
        }
    }

    private mutating func takeCell(_ words: [Substring]) -> Bool {
        guard words.count > 3, let table = Int(words[1]), tables.indices.contains(table), let size = Int(words[2]),
            size >= 0, words.count > 3 + size, let counters = Int(words[3 + size]), counters >= 0,
            words.count >= 4 + size + counters
        else { return false }
        let labels = words[3..<3 + size].compactMap(Word.read)
        let counts = words[(4 + size)..<(4 + size + counters)].compactMap { Int64($0) }
        let histograms = words[(4 + size + counters)...].compactMap(PartialState.histogram)
        guard labels.count == size, counts.count == counters, histograms.count == words.count - 4 - size - counters else {
            return false
        }
        return tables[table].cells.updateValue(Tally(counts: counts, histograms: histograms), forKey: labels) == nil
    }

    private static func histogram(_ word: Substring) -> SparseHistogram? {
        if word == "-" { return SparseHistogram() }
        var values: [Int64] = []
        var counts: [Int64] = []
        for pair in word.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = pair.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, let value = Int64(parts[0]), let count = Int64(parts[1]) else { return nil }
            values.append(value)
            counts.append(count)
        }
        return SparseHistogram(values: values, counts: counts)
    }
}

/// Text as one word of a line: never empty, without blanks, and back.
private enum Word {
    private static let signs: [(Character, Character)] = [("\\", "\\"), (" ", "s"), ("\t", "t"), ("\n", "n"), ("\r", "r")]

    static func written(_ text: String) -> String {
        if text.isEmpty { return "\\e" }
        var word = ""
        for scalar in text.unicodeScalars {
            if let sign = signs.first(where: { $0.0 == Character(scalar) }) {
                word += "\\\(sign.1)"
            } else {
                word.unicodeScalars.append(scalar)
            }
        }
        return word
    }

    static func read(_ word: Substring) -> String? {
        if word == "\\e" { return "" }
        var text = ""
        var isEscaped = false
        for scalar in word.unicodeScalars {
            if isEscaped {
                guard let sign = signs.first(where: { $0.1 == Character(scalar) }) else { return nil }
                text.append(sign.0)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return isEscaped || text.isEmpty ? nil : text
    }
}
