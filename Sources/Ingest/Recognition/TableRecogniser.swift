import Dealership
import Foundation

/// Which table an export is: each is tried, the one that most of the export's columns speak for is taken.
struct TableRecogniser {
    let sample: ExportSample
    let known: KnownNumbers
    private let words: [HeaderWords]
    private let fileWords: [String]

    init(_ sample: ExportSample, known: KnownNumbers) {
        self.sample = sample
        self.known = known
        words = sample.columns.map { HeaderWords($0.name) }
        let name = sample.name.split(separator: "/").last.map(String.init) ?? sample.name
        let stem = SourceKind.stem(ofFile: name).map { String(name.prefix($0.count)) } ?? name
        fileWords = HeaderWords(stem).words
    }

    /// - Parameter table: the user's word; nil: whichever fits.
    func recognise(as table: StandardTable? = nil) -> Recognition {
        if let table { return finish(assignment(table)) }
        let tried = StandardTable.allCases.map { assignment($0) }
        let order = tried.indices.sorted {
            tried[$0].score != tried[$1].score ? tried[$0].score > tried[$1].score : $0 < $1
        }
        let best = tried[order[0]]
        guard best.score > 0.8, !best.matches.isEmpty else {
            var nothing = Recognition(file: sample.name)
            describe(&nothing)
            nothing.unused = sample.columns.map(\.name)
            return nothing
        }
        var recognition = finish(best)
        let second = tried[order[1]]
        recognition.confidence = max(0, min(1, 0.4 + (best.score - second.score) / 3))
        if second.score > 0.8 { recognition.alternative = second.table }
        return recognition
    }

    // MARK: one table

    private struct Assignment {
        var table: StandardTable
        var matches: [Recognition.Match] = []
        var score = 0.0
    }

    private func assignment(_ table: StandardTable) -> Assignment {
        var pairs: [(theirs: Int, ours: Int, fit: ColumnFit)] = []
        for (theirs, facts) in sample.columns.enumerated() where !facts.name.isEmpty {
            for (ours, column) in table.columns.enumerated() {
                let fit = ColumnFit(facts, words[theirs], as: column, of: table, known: known, file: sample.name)
                if fit.isEnough { pairs.append((theirs, ours, fit)) }
            }
        }
        pairs.sort { a, b in
            if a.fit.total != b.fit.total { return a.fit.total > b.fit.total }
            return a.ours != b.ours ? a.ours < b.ours : a.theirs < b.theirs
        }
        var taken: [Int: Int] = [:]
        var used: Set<Int> = []
        var matches: [Int: Recognition.Match] = [:]
        for pair in pairs where taken[pair.ours] == nil && !used.contains(pair.theirs) {
            taken[pair.ours] = pair.theirs
            used.insert(pair.theirs)
            matches[pair.ours] = match(table.columns[pair.ours], sample.columns[pair.theirs], pair.fit, table)
        }
        fillIn(table, &taken, &used, &matches)
        var result = Assignment(table: table, matches: matches.keys.sorted().compactMap { matches[$0] })
        result.score = score(table, matches, used)
        return result
    }

    private func match(
        _ column: StandardColumn, _ facts: ColumnFacts, _ fit: ColumnFit, _ table: StandardTable
    ) -> Recognition.Match {
        var match = Recognition.Match(
            column: column.name, rule: .column(facts.name), confidence: min(1, max(0, fit.total / 1.3)),
            reason: fit.name >= 0.9 ? "" : fit.reason ?? "its name is like it")
        guard let known = ValueWords.table(table, column), let words = facts.words else { return match }
        for word in words.keys.sorted() {
            guard let ours = known[word.lowercased()] else {
                match.unknownValues.append(word)
                continue
            }
            // Choices and flags are read in small or capital letters; names to the byte.
            let isSame = column.isOpen ? word == ours : word.lowercased() == ours
            let isFlag = column.kind == .flag && ["yes", "no", "true", "false", "y", "n", "t", "f", "1", "0"].contains(word.lowercased())
            if !isSame, !isFlag { match.values[word] = ours }
        }
        return match
    }

    /// What the table cannot do without and no name told: by what stands in the columns that are left.
    private func fillIn(
        _ table: StandardTable, _ taken: inout [Int: Int], _ used: inout Set<Int>, _ matches: inout [Int: Recognition.Match]
    ) {
        func take(_ ours: Int, _ theirs: Int, _ rule: Recognition.Rule, _ reason: String, _ confidence: Double) {
            taken[ours] = theirs
            used.insert(theirs)
            matches[ours] = .init(column: table.columns[ours].name, rule: rule, confidence: confidence, reason: reason)
        }
        for (ours, column) in table.columns.enumerated() where taken[ours] == nil && column.isRequired {
            let left = sample.columns.indices.filter { !used.contains($0) && !sample.columns[$0].isEmpty }
            if column.kind == .time || column.kind == .personTime {
                let times = left.filter { index in
                    let facts = sample.columns[index]
                    return facts.share(facts.dates) > 0.9 && (!table.needsTime(column.name) || facts.clocks * 2 > facts.filled)
                }
                guard let first = times.first else { continue }
                take(ours, first, .column(sample.columns[first].name), "the first time that is left", 0.3)
            } else if column.name == "customer_id" {
                if let both = TelephonePair(sample, left) {
                    let names = both.columns.map { sample.columns[$0].name }
                    take(ours, both.columns[0], .phones(names, own: both.own), "the number that is not yours", 0.5)
                    used.formUnion(both.columns)
                    continue
                }
                guard let phone = phoneColumn(left, table) else { continue }
                take(ours, phone, .phone(sample.columns[phone].name), "telephone numbers, joined with the customers' own", 0.5)
            } else if ours == 0, table.isNumbered, ![.people, .stores, .customers].contains(table) {
                let unique = left.filter { index in
                    let facts = sample.columns[index]
                    return facts.isUnique && facts.filled == sample.rowCount && facts.dates == 0 && facts.emails == 0
                        && facts.phones * 2 < facts.filled && facts.spaced == 0
                }
                if let first = unique.first {
                    take(ours, first, .column(sample.columns[first].name), "every value is different", 0.3)
                } else {
                    matches[ours] = .init(
                        column: column.name, rule: .rowPlace, confidence: 0.2,
                        reason: "no column tells one row from another: the row's place does")
                }
            }
        }
        if let ours = table.columns.firstIndex(where: { $0.name == table.occurrenceColumn }), taken[ours] == nil {
            let times = sample.columns.indices.filter { index in
                let facts = sample.columns[index]
                return !used.contains(index) && !facts.isEmpty && facts.share(facts.dates) > 0.9
            }
            if times.count == 1, words[times[0]].isGeneric {
                take(ours, times[0], .column(sample.columns[times[0]].name), "the only time that is left", 0.3)
            }
        }
        ColumnOrder(sample).settle(table, &taken, &matches)
        constantChannel(table, taken, &matches)
        idlePhone(table, taken, &matches)
    }

    /// Telephone numbers of whom the export speaks with; the house's own are few and come again and again.
    private func phoneColumn(_ left: [Int], _ table: StandardTable) -> Int? {
        let phones = left.filter { sample.columns[$0].share(sample.columns[$0].phones) > 0.5 }
        return phones.max { a, b in
            let (x, y) = (sample.columns[a].distinct.count, sample.columns[b].distinct.count)
            return x != y ? x < y : a > b
        }
    }

    /// The column of customers' numbers may be there and empty, with the telephone number beside it.
    private func idlePhone(
        _ table: StandardTable, _ taken: [Int: Int], _ matches: inout [Int: Recognition.Match]
    ) {
        guard let ours = table.columns.firstIndex(where: { $0.name == "customer_id" }), table != .customers,
            let theirs = taken[ours], matches[ours]?.rule == .column(sample.columns[theirs].name)
        else { return }
        let facts = sample.columns[theirs]
        let free = sample.columns.indices.filter { $0 == theirs || !taken.values.contains($0) }
        // Calls back come from the house's own number: who called alone would make customers of it.
        if facts.share(facts.phones) > 0.5, let both = TelephonePair(sample, free), both.columns.contains(theirs) {
            let names = both.columns.map { sample.columns[$0].name }
            matches[ours] = .init(
                column: "customer_id", rule: .phones(names, own: both.own), confidence: 0.6, reason: "the number that is not yours")
        } else if facts.share(facts.phones) > 0.6, facts.filled > 0 {
            matches[ours] = .init(
                column: "customer_id", rule: .phone(facts.name), confidence: 0.6,
                reason: "telephone numbers, joined with the customers' own")
        } else if facts.isEmpty {
            let left = sample.columns.indices.filter { index in !taken.values.contains(index) }
            guard let phone = phoneColumn(left, table) else { return }
            matches[ours] = .init(
                column: "customer_id", rule: .phone(sample.columns[phone].name), confidence: 0.5,
                reason: "\(facts.name) is empty; telephone numbers, joined with the customers' own")
        }
    }

    private func constantChannel(
        _ table: StandardTable, _ taken: [Int: Int], _ matches: inout [Int: Recognition.Match]
    ) {
        guard table == .messages, let ours = table.columns.firstIndex(where: { $0.name == "channel" }), taken[ours] == nil
        else { return }
        let name = sample.name.split(separator: "/").last.map(String.init) ?? ""
        var channel = ChannelWords.channel(ofFile: name).map { ($0, "the file's name says so") }
        if channel == nil {
            channel = sample.columns.lazy.compactMap { ChannelWords.channel(ofColumn: $0.name) }.first
                .map { ($0, "its columns' names say so") }
        }
        if channel == nil, let outcome = table.columns.firstIndex(where: { $0.name == "outcome" }), taken[outcome] != nil {
            channel = ("phone", "only calls have an outcome")
        }
        if channel == nil, let direction = table.columns.firstIndex(where: { $0.name == "direction" }),
            let theirs = taken[direction], let values = sample.columns[theirs].words, !values.isEmpty,
            values.keys.allSatisfy({ ValueWords.table(.messages, table.columns[direction])?[$0.lowercased()] == "internal" })
        {
            channel = ("task", "all of it is between departments")
        }
        guard let channel else { return }
        matches[ours] = .init(column: "channel", rule: .constant(channel.0), confidence: 0.5, reason: channel.1)
    }

    private func score(_ table: StandardTable, _ matches: [Int: Recognition.Match], _ used: Set<Int>) -> Double {
        var score = 0.0
        for (ours, column) in table.columns.enumerated() {
            guard let match = matches[ours] else {
                if column.isRequired { score -= 1.3 }
                continue
            }
            if match.rule == .rowPlace { score -= 0.5 }
            else if case .constant = match.rule { score += 0.2 }
            else { score += match.confidence * (column.isRequired ? 1 : 0.6) * (column.name == "store_id" ? 0.4 : 1) }
        }
        for (index, facts) in sample.columns.enumerated() where !used.contains(index) && !facts.name.isEmpty {
            // Wide feeds have hundreds of columns that nobody reads.
            score -= sample.columns.count > 30 ? 0.01 : facts.isEmpty ? 0.05 : 0.25
        }
        let names = (Synonyms.files[table] ?? []).flatMap { HeaderWords($0).words }
        if fileWords.contains(where: names.contains) { score += 0.7 }
        if let stem = SourceKind.stem(ofFile: sample.name.split(separator: "/").last.map(String.init) ?? sample.name),
            stem == table.rawValue
        {
            score += 1.2
        }
        return score
    }

    // MARK: what to know

    private func finish(_ found: Assignment) -> Recognition {
        var recognition = Recognition(file: sample.name)
        recognition.table = found.table
        recognition.matches = found.matches
        recognition.confidence = 0.9
        describe(&recognition)
        let used = Set(recognition.columnsRead)
        recognition.unused = sample.columns.map(\.name).filter { !$0.isEmpty && !used.contains($0) }
        recognition.leftOut = takenBack(recognition)
        if sample.isOfMails {
            recognition.isOfMails = true
            recognition.system = "leads"
            recognition.matches = []
            recognition.unused = []
            return recognition
        }
        recognition.missing = MissingColumns.of(found.table, recognition.matches, sample)
        recognition.decimalMarks = ExportNotes(sample, recognition).decimalMarks
        recognition.notes = ExportNotes(sample, recognition).lines
        if let leftOut = recognition.leftOut {
            recognition.missing.removeAll { $0.column == "reversed_on" }
            recognition.unused.removeAll { $0 == leftOut.column }
            recognition.notes.append("left out: \(leftOut.column) \(leftOut.words.joined(separator: ", ")), deals that were taken back")
        }
        return recognition
    }

    /// A status of deals that says which were taken back, where no column says when.
    private func takenBack(_ recognition: Recognition) -> (column: String, words: [String])? {
        guard recognition.table == .sales, recognition.match(of: "reversed_on") == nil else { return nil }
        for (facts, name) in zip(sample.columns, words)
        where recognition.unused.contains(facts.name) && name.words.contains("status") {
            let back = (facts.words ?? [:]).keys.filter { ValueWords.takenBack.contains($0.lowercased()) }
            if !back.isEmpty { return (facts.name, back.sorted()) }
        }
        return nil
    }

    private func describe(_ recognition: inout Recognition) {
        recognition.sheet = sample.sheet
        recognition.columnCount = sample.columns.count { !$0.name.isEmpty }
        recognition.rowCount = sample.rowCount
        recognition.isWhole = sample.isWhole
        recognition.delimiter = sample.delimiter
        recognition.headerLine = sample.headerLine
        recognition.dateOrder = ExportNotes.order(of: recognition, sample)
        recognition.hasOffsets = recognition.table?.occurrenceColumn.flatMap { recognition.match(of: $0) }.map { match in
            guard case .column(let name) = match.rule, let facts = sample.columns.first(where: { $0.name == name }) else { return false }
            return facts.offsets * 2 > facts.filled
        } ?? false
    }
}

extension StandardColumn {
    /// An open list, whose values are compared to the byte.
    var isOpen: Bool { if case .name = kind { true } else { false } }
}
