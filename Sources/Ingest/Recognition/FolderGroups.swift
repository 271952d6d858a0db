import Dealership

/// Files of one kind under one mapping: a file a month, `RO_Oct.csv` and `RO_Nov.csv`, are `RO_*.csv`.
struct FolderGroups {
    private(set) var groups: [FolderRecognition.Group] = []

    init(_ files: [FolderRecognition.File], besides others: [String]) {
        let usable = files.filter { $0.copyOf == nil && $0.recognition?.table != nil }
        var order: [String] = []
        var alike: [String: [FolderRecognition.File]] = [:]
        for file in usable {
            let key = FolderGroups.key(file)
            if alike[key] == nil { order.append(key) }
            alike[key, default: []].append(file)
        }
        let names = files.filter { $0.copyOf == nil }.map(\.name)
        for key in order {
            let members = alike[key] ?? []
            let own = members.map(\.name)
            let pattern = FolderGroups.pattern(own)
            let strangers = names.filter { name in
                !own.contains(name) && pattern.map { ExportFolder.matches(name, pattern: $0) } == true
            }
            if let pattern, strangers.isEmpty, Set(own).count == own.count, let first = members.first?.recognition {
                groups.append(.init(pattern: pattern, files: own, recognition: FolderGroups.merged(first, members)))
            } else {
                for member in members {
                    guard let recognition = member.recognition else { continue }
                    groups.append(.init(pattern: member.name, files: [member.name], recognition: recognition))
                }
            }
        }
        let tables = StandardTable.allCases
        groups.sort { a, b in
            let (x, y) = (a.recognition.table.flatMap(tables.firstIndex) ?? 99, b.recognition.table.flatMap(tables.firstIndex) ?? 99)
            if x != y { return x < y }
            return a.pattern != b.pattern ? a.pattern < b.pattern : (a.recognition.sheet ?? "") < (b.recognition.sheet ?? "")
        }
    }

    /// What one mapping can say once: table, rules, system, order of dates.
    private static func key(_ file: FolderRecognition.File) -> String {
        guard let recognition = file.recognition, let table = recognition.table else { return file.name }
        let rules = recognition.matches.map { "\($0.column)=\($0.rule)" }.sorted().joined(separator: ";")
        let order: String
        switch recognition.dateOrder {
        case .dayFirst: order = "dmy"
        default: order = ""
        }
        let sheet = recognition.sheet.map { "sheet \($0)" } ?? ""
        let mark = recognition.decimalMarks == .comma ? "comma" : ""
        return "\(table) \(sheet) \(recognition.delimiter) \(recognition.system) \(order) \(mark) \(recognition.isReadable) \(rules)"
    }

    /// A name with a star for what differs, or for what is the date in a single one's; nil: they have no name in common.
    static func pattern(_ names: [String]) -> String? {
        guard let first = names.first else { return nil }
        guard names.count > 1 else { return single(first) }
        var prefix = Array(first), suffix = Array(first)
        for name in names.dropFirst().map(Array.init) {
            prefix = zip(prefix, name).prefix { $0 == $1 }.map(\.0)
            suffix = Array(zip(suffix.reversed(), name.reversed()).prefix { $0 == $1 }.map(\.0).reversed())
        }
        let shortest = names.map(\.count).min() ?? 0
        if prefix.count + suffix.count > shortest { suffix = Array(suffix.suffix(shortest - prefix.count)) }
        // `RO_2026-0*.csv` would miss October.
        while let last = prefix.last, last.isNumber { prefix.removeLast() }
        while let next = suffix.first, next.isNumber { suffix.removeFirst() }
        guard prefix.count(where: \.isLetter) > 1, suffix.first == "." || suffix.contains(".") else { return nil }
        return String(prefix) + "*" + String(suffix)
    }

    private static func single(_ name: String) -> String {
        guard let match = name.firstMatch(of: /[_\- ]?(?:19|20)\d{2}[-_\d]*|[_\- ]\d{6,8}/) else { return name }
        var start = match.range.lowerBound
        if let character = name[match.range].first, !character.isNumber { start = name.index(after: start) }
        let pattern = name[..<start] + "*" + name[match.range.upperBound...]
        return pattern.prefix { $0 != "*" }.count(where: \.isLetter) > 1 ? String(pattern) : name
    }

    /// Values that any of the files writes.
    private static func merged(_ first: Recognition, _ members: [FolderRecognition.File]) -> Recognition {
        var merged = first
        for other in members.dropFirst().compactMap(\.recognition) {
            for index in merged.matches.indices {
                guard let its = other.match(of: merged.matches[index].column) else { continue }
                merged.matches[index].values.merge(its.values, uniquingKeysWith: { a, _ in a })
                let unknown = Set(merged.matches[index].unknownValues).union(its.unknownValues)
                merged.matches[index].unknownValues = unknown.sorted()
            }
            if let its = other.leftOut, merged.leftOut.map({ $0.column == its.column }) ?? true {
                merged.leftOut = (its.column, Set(its.words).union(merged.leftOut?.words ?? []).sorted())
                merged.missing.removeAll { $0.column == "reversed_on" }
            }
            merged.rowCount += other.rowCount
            if merged.dateOrder == .none || merged.dateOrder == .open, other.dateOrder != .none { merged.dateOrder = other.dateOrder }
            if merged.decimalMarks == .point || merged.decimalMarks == .open, other.decimalMarks != .point {
                merged.decimalMarks = other.decimalMarks
            }
            merged.unused = merged.unused.filter { other.unused.contains($0) }
        }
        return merged
    }
}
