public import Basis
public import Dealership
import Definitions

extension StagedExports {
    /// File and line of a row, found by counting line breaks from the beginning of its part.
    public func location(of source: RowSource, column: String? = nil) -> Diagnostic.Location {
        place(of: source, line: line(of: source), column: column)
    }

    /// The line of the text that it was read from.
    private func line(of source: RowSource) -> Int {
        let file = files[source.file]
        var start = 0
        var lines = 0
        for table in tables {
            for part in table.parts where part.file == source.file && part.start <= source.offset && part.start >= start {
                start = part.start
                lines = part.linesBefore
            }
        }
        return file.line(at: source.offset, from: start, lines: lines)
    }

    private func place(of source: RowSource, line: Int, column: String? = nil) -> Diagnostic.Location {
        let place = files[source.file].place(ofLine: line)
        return .init(file: place.file, row: place.row, column: column)
    }

    /// The diagnostic of a row that was set aside beside others.
    public func diagnostic(_ fault: GroupFault) -> Diagnostic {
        diagnostic(fault, at: location(of: fault.source), other: fault.other.map { location(of: $0) })
    }

    /// The diagnostics of many, in the order of files and lines.
    public func diagnostics(of faults: [GroupFault]) -> [Diagnostic] {
        // A customer of several visits is as expected: counted, never listed.
        let sorted = faults.filter { $0.reason != .customerAgain }.sorted { $0.source < $1.source }
        let others = places(of: sorted.compactMap { $0.needsOther ? $0.other : nil })
        return zip(sorted, locations(of: sorted.map(\.source))).map { fault, place in
            diagnostic(fault, at: place, other: fault.other.flatMap { others[$0] })
        }
    }

    private func places(of sources: [RowSource]) -> [RowSource: Diagnostic.Location] {
        let sorted = Array(Set(sources)).sorted()
        return Dictionary(zip(sorted, locations(of: sorted)), uniquingKeysWith: { first, _ in first })
    }

    private func diagnostic(
        _ fault: GroupFault, at place: Diagnostic.Location, other: Diagnostic.Location?
    ) -> Diagnostic {
        let severity: Diagnostic.Severity = fault.reason.isFault ? .warning : .note
        var message = fault.reason.message(column: fault.column)
        if fault.reason == .duplicateRow, fault.needsOther, let other {
            message = "the same row stands in another file (\(other.file):\(other.row ?? 0))"
        }
        if fault.reason == .duplicateIdentifier, let other {
            message = "another row (\(other.file):\(other.row ?? 0)) has the same \(fault.column ?? "number") and other content"
        }
        message += alsoIn(fault.rows)
        if fault.isOfCell { message += fault.rows > 1 ? "; the rows count without it" : "; the row counts without it" }
        return Diagnostic(
            severity, fault.reason.code, at: .init(file: place.file, row: place.row, column: fault.column),
            message, remedies: [fault.reason.remedy], value: fault.value)
    }

    /// `, here and in 3 more rows`; nothing where it is this one alone.
    private func alsoIn(_ rows: Int) -> String {
        rows > 1 ? ", here and in \(rows - 1) more row\(rows == 2 ? "" : "s")" : ""
    }

    /// The diagnostic of rows that contradict each other.
    public func diagnostic(_ fault: LinkFault) -> Diagnostic {
        diagnostic(fault, at: location(of: fault.source), against: location(of: fault.other))
    }

    /// The diagnostics of many, in the order of files and lines.
    public func diagnostics(of faults: [LinkFault]) -> [Diagnostic] {
        let sorted = LinkFault.merged(LinkFault.ofAllGroups(faults, groups: groupCount))
        let otherPlaces = places(of: sorted.map(\.other))
        return zip(sorted, locations(of: sorted.map(\.source))).map { fault, place in
            diagnostic(fault, at: place, against: otherPlaces[fault.other] ?? place)
        }
    }

    private func diagnostic(
        _ fault: LinkFault, at place: Diagnostic.Location, against question: Diagnostic.Location
    ) -> Diagnostic {
        switch fault.kind {
        case .replyBeforeQuestion:
            return Diagnostic(
                .warning, "reply-before-question",
                at: .init(file: place.file, row: place.row, column: fault.column),
                "the only reply is before its question; the conversation is left out",
                remedies: ["set the clocks of the systems that wrote the two times alike, or correct the time"])
        case .resolvedBeforeQuestion:
            let other = fault.other == fault.source ? "it was opened" : "its first message (\(question.file):\(question.row ?? 0))"
            return Diagnostic(
                .warning, "resolved-before-question", at: .init(file: place.file, row: place.row, column: fault.column),
                "resolved before \(other)\(alsoIn(fault.rows)); it counts in no time of resolution",
                remedies: ["set the clocks of the systems that wrote the two times alike, or correct the time"])
        case .writtenJustBefore:
            let others = fault.rows == 2 ? "1 more conversation" : "\(fault.rows - 1) more conversations"
            return Diagnostic(
                .warning, "reply-before-question",
                at: .init(file: place.file, row: place.row, column: fault.column),
                "our only message stands just before the customer's (\(question.file):\(question.row ?? 0))"
                    + (fault.rows > 1 ? ", and so in \(others)" : "") + "; the customer counts as waiting",
                remedies: ["if it was the reply, set the clocks of the systems that wrote the two times alike"])
        case .negativeGross:
            return Diagnostic(
                .warning, "negative-gross", at: .init(file: place.file, row: place.row, column: fault.column),
                "a deal that lost money\(alsoIn(fault.rows)); \(fault.rows > 1 ? "the deals count as they stand" : "the deal counts as it stands")",
                remedies: ["check that the loss is meant: a sign typed wrong looks the same"])
        case .numbersShared:
            let numbers = fault.rows == 1 ? "1 customer number stands" : "\(fault.rows) customer numbers stand"
            return Diagnostic(
                .note, "one-system-assumed", at: .init(file: place.file, row: place.row, column: fault.column),
                "\(numbers) here and in \(fault.detail), and neither export names its system: taken for the same customers",
                remedies: ["if two systems gave them, say which with `system:` in the exports' mappings"])
        case .numbersApart:
            let numbers = fault.rows == 1 ? "1 customer number is" : "\(fault.rows) customer numbers are"
            return Diagnostic(
                .warning, "no-system", at: .init(file: place.file, row: place.row, column: fault.column),
                "\(numbers) also given by \(fault.detail), and this export names no system: kept apart",
                remedies: ["if \(fault.detail) gave these as well, say `system: \(fault.detail)` in the export's mapping"])
        case .severalCustomers:
            return Diagnostic(
                .warning, "several-customers", at: .init(file: place.file, row: place.row, column: fault.column),
                "customers of several stores have this number, and the row names no store; it counts for each",
                remedies: ["add a store_id column to the export"])
        case .unknownCustomer where fault.column.isEmpty:
            return Diagnostic(
                .warning, "unknown-customer", at: .init(file: place.file, row: place.row, column: "customer_id"),
                "the row names no customer; it counts for nobody",
                remedies: ["write whom it was for"])
        case .unknownCustomer:
            return Diagnostic(
                .warning, "unknown-customer", at: .init(file: place.file, row: place.row, column: fault.column),
                "no other export has this customer's number; the row counts for nobody",
                remedies: ["correct the number, or say with `system:` in the export's mapping which system gave it"])
        }
    }

    /// Diagnostics of all rows that could not be read, by file and line.
    mutating func collectRowFaults() {
        for table in tables {
            for part in table.parts {
                let layout = table.layouts[part.file]
                for fault in part.chunk.faults {
                    let column = fault.field >= 0 ? layout?.fields[fault.field].column : nil
                    let file = fault.file < 0 ? part.file : Int(fault.file)
                    let found = files[file].place(ofLine: part.linesBefore + fault.line + 1)
                    let place = Diagnostic.Location(file: found.file, row: found.row, column: column?.name)
                    diagnostics.append(StagedExports.diagnostic(fault, column, at: place))
                }
            }
        }
    }

    static func diagnostic(
        _ fault: RowFault, _ column: StandardColumn?, at place: Diagnostic.Location
    ) -> Diagnostic {
        let name = column?.name ?? "the row"
        switch fault.kind {
        case .clock(.skipped):
            return Diagnostic(
                .note, "skipped-local-time", at: place,
                "\(name) is a time at which the clock was put forward; it was moved on by the gap",
                remedies: ["export times with their offset from UTC, or in UTC"])
        case .clock:
            return Diagnostic(
                .note, "repeated-local-time", at: place,
                "\(name) is a time that the clock showed twice; the first was taken",
                remedies: ["export times with their offset from UTC, or in UTC"])
        case .row(let reason), .cell(let reason):
            var message = reason.message(column: column?.name)
            if case .cell = fault.kind { message += "; the row counts without it" }
            var remedies = [reason.remedy]
            if reason == .unreadableNumber, column?.kind == .money || column?.kind == .decimal {
                remedies.append("or say how the export writes it in its mapping: `decimals: comma` or `point`")
            }
            if reason == .unknownChoice, let column {
                let choices = column.choices
                if let value = fault.value, let near = nearestName(to: value, among: choices) {
                    remedies.insert("did you mean \(near)?", at: 0)
                } else if !choices.isEmpty {
                    remedies.insert("it may be \(choices.joined(separator: ", "))", at: 0)
                }
            }
            return Diagnostic(
                reason.isFault ? .warning : .note, reason.code, at: place, message, remedies: remedies, value: fault.value)
        }
    }
}

extension StandardColumn {
    /// What the column may say; empty where that is open.
    fileprivate var choices: [String] {
        switch kind {
        case .choice(let names): names
        case .flag: ["yes", "no"]
        default: []
        }
    }
}

extension SetAside {
    func message(column: String?) -> String {
        let name = column ?? "the row"
        switch self {
        case .missingValue: return "\(name) is empty, and the row cannot count without it"
        case .unreadableTime: return "\(name) is no date that can be read"
        case .unreadableNumber: return "\(name) is no number that can be read"
        case .unknownChoice: return "\(name) has a word that means nothing here"
        case .unknownStore: return "the store is not in stores.csv"
        case .missingStore: return "several stores, and the row names none"
        case .duplicateRow: return "the same row stands in the export twice"
        case .duplicateIdentifier: return "another row has the same \(name) and other content"
        case .dateAhead: return "\(name) lies far after the end of all exports"
        case .endsBeforeStart: return "\(name) is not after the start"
        case .tooShort: return "the row has fewer cells than the header, and \(name) is not among them"
        case .tooLong: return "\(name) is longer than an identifier may be"
        case .totalRow: return "a total row"
        case .leftOutByMapping: return "left out by the mapping"
        case .unclosedQuote: return "a quote is opened and never closed; the line is left out, and reading goes on below it"
        case .extraCells: return "the row has more cells than the header"
        case .unknownPerson: return "\(name) is nobody in the people export"
        case .severalSystems: return "conversations of several systems have this \(name)"
        case .otherStore: return "the conversation began at another store"
        case .errorCell: return "\(name) is an error of a spreadsheet, such as #N/A"
        case .badVIN: return "\(name) is no VIN, which has 17 letters and digits without I, O and Q"
        case .noCustomer: return "\(name) is empty"
        case .reversalWithoutSale: return "the row reverses a deal that no export has"
        case .unknownOutage: return "\(name) is no outage of the outage log"
        case .beforeOutage: return "\(name) is before the outage began"
        case .answeredBeforeAsked: return "\(name) is before the claim was asked"
        case .negativeAmount: return "\(name) is below 0"
        case .unpairedEvent: return "\(name) does not follow from what was reported before"
        case .twoPlaces: return "\(name) is a day on which another row has the person in another department or store"
        case .timeNeeded: return "\(name) is a date without a time"
        case .unreadableLead: return "the lead is no XML that can be read"
        case .headerAgain: return "the header stands here once more"
        case .customerAgain: return "the customer stands in another row too"
        case .otherCurrency: return "\(name) is in another currency than the dealership's"
        }
    }
}

extension StagedExports {
    /// File and line of many rows, given in ascending order: each file is read once.
    public func locations(of sources: [RowSource]) -> [Diagnostic.Location] {
        var places: [Diagnostic.Location] = []
        places.reserveCapacity(sources.count)
        var last: (source: RowSource, line: Int)?
        for source in sources {
            if let known = last, known.source.file == source.file, known.source.offset <= source.offset,
                source.offset - known.source.offset < 1 << 20 {
                let line = known.line + files[source.file].lineBreaks(in: known.source.offset..<source.offset)
                last = (source, line)
            } else {
                last = (source, line(of: source))
            }
            places.append(place(of: source, line: last?.line ?? 0))
        }
        return places
    }
}

extension StagedExports {
    /// The header with rows that were set aside beside others counted with their exports.
    public func header(counting faults: [GroupFault]) -> JournalHeader {
        var copy = header
        count(faults, in: &copy.audits)
        return copy
    }

    /// - Parameter audits: one for each table, in their order.
    func count(_ faults: [GroupFault], in audits: inout [ExportAudit]) {
        var audit: [Int: Int] = [:]
        for (index, table) in tables.enumerated() {
            for file in table.layouts.keys { audit[file] = index }
        }
        for fault in faults {
            guard let index = audit[fault.source.file] else { continue }
            if fault.isOfCell {
                audits[index].cellsSetAside[fault.reason, default: 0] += fault.rows
            } else {
                audits[index].setAside[fault.reason, default: 0] += fault.rows
            }
        }
    }
}

extension LinkFault {
    /// In order of their rows; what holds for a file as a whole once, whatever sharing groups its rows belong to.
    static func merged(_ faults: [LinkFault]) -> [LinkFault] {
        struct Key: Hashable {
            var kind: Kind
            var file: Int
            var table: StandardTable
            var detail: String
        }
        var merged: [LinkFault] = []
        var place: [Key: Int] = [:]
        for fault in faults.sorted(by: { $0.source < $1.source }) {
            let key = Key(kind: fault.kind, file: fault.source.file, table: fault.table, detail: fault.detail)
            if fault.kind != .replyBeforeQuestion, fault.kind != .unknownCustomer, fault.kind != .severalCustomers,
                let known = place[key] {
                merged[known].rows += fault.rows
            } else {
                place[key] = merged.count
                merged.append(fault)
            }
        }
        return merged
    }
}

extension GroupFault {
    /// Its message names the row that counts.
    fileprivate var needsOther: Bool {
        switch reason {
        case .duplicateIdentifier: true
        case .duplicateRow: other.map { $0.file != source.file } ?? false
        default: false
        }
    }
}
