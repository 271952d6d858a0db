public import Basis
public import Dealership
import Foundation

/// A folder of exports, looked at: what each file seems to be, and which of them one mapping reads.
public struct FolderRecognition: Sendable {
    public struct File: Sendable {
        /// Of mails, which are one export together, a pattern.
        public var name: String
        /// Of a workbook that has several; each is looked at.
        public var sheet: String?
        /// The files themselves, relative to the folder: one, but of mails.
        public var members: [(name: String, path: String)]
        /// Nil: it cannot be looked at; `faults` says why.
        public var recognition: Recognition?
        public var faults: [Diagnostic] = []
        /// Another file has the same content.
        public var copyOf: String?
        var sample: ExportSample?

        /// With its sheet.
        public var label: String { sheet.map { "\(name)!\($0)" } ?? name }
    }

    /// Files that one mapping reads.
    public struct Group: Sendable {
        /// A name or a pattern with `*`.
        public var pattern: String
        public var files: [String]
        public var recognition: Recognition
    }

    /// In the order of their names.
    public private(set) var files: [File]
    /// In the order of the tables.
    public private(set) var groups: [Group] = []
    /// What lies there and was not looked at.
    public private(set) var passedOver: [String] = []
    private(set) var numbers = KnownNumbers()

    /// - Throws: `Rejection` where there is no folder, or nothing in it that could be an export.
    public static func look(at folder: String) throws(Rejection) -> FolderRecognition {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isDirectory), isDirectory.boolValue,
            let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
        else {
            throw Rejection(
                Diagnostic(
                    .error, "no-folder", at: .init(file: folder), "there is no such folder", remedies: ["check the path"]))
        }
        var found = FolderRecognition(files: [])
        var mails = LeadMails()
        for name in names.sorted() where !name.hasPrefix(".") {
            let path = "\(folder)/\(name)"
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { continue }
            if mails.take(name, path, isFolder: isDirectory.boolValue) { continue }
            if isDirectory.boolValue || SourceKind(fileName: name) == nil {
                found.passedOver.append(isDirectory.boolValue ? name + "/" : name)
                continue
            }
            found.files += FolderRecognition.look(at: path, name: name)
        }
        found.files += mails.files
        guard !found.files.isEmpty else {
            throw Rejection(
                Diagnostic(
                    .error, "no-exports", at: .init(file: folder), "there is no export in the folder",
                    remedies: ["put the exports of DMS, CRM, telephone and text systems in there"]))
        }
        found.recognise()
        return found
    }

    /// Of a workbook every sheet that is not hidden.
    private static func look(at path: String, name: String) -> [File] {
        let sheets = (try? ExportSample.sheets(path: path, name: name)) ?? []
        let found = (sheets.count > 1 ? sheets.map(Optional.some) : [nil]).map { sheet in
            var file = File(name: name, sheet: sheet, members: [(name, path)])
            do throws(Rejection) {
                file.sample = try ExportSample.read(path: path, name: name, sheet: sheet)
            } catch {
                file.faults = error.diagnostics
            }
            return file
        }
        // An empty sheet beside others is no fault.
        let filled = found.filter { $0.sample != nil }
        return filled.isEmpty ? Array(found.prefix(1)) : filled
    }

    private mutating func recognise() {
        var contents: [String: String] = [:]
        for index in files.indices {
            guard let sample = files[index].sample, sample.byteCount > 0 else { continue }
            let key = "\(sample.byteCount) \(sample.fingerprint) \(sample.columns.map(\.name))"
            files[index].copyOf = contents[key]
            if contents[key] == nil { contents[key] = files[index].label }
        }
        // Names and values first; then once more, knowing whose numbers are whose.
        for _ in 0..<2 {
            var known = KnownNumbers()
            for index in files.indices {
                guard let sample = files[index].sample else { continue }
                files[index].recognition = TableRecogniser(sample, known: numbers).recognise(as: sample.isOfMails ? .leads : nil)
                if let recognition = files[index].recognition, recognition.confidence > 0.4, files[index].copyOf == nil {
                    known.take(sample, recognition)
                }
            }
            numbers = known
        }
        let systems = CustomerSystems(files)
        for index in files.indices {
            guard let sample = files[index].sample, var recognition = files[index].recognition, !recognition.isOfMails
            else { continue }
            (recognition.system, recognition.systemReason) = systems.system(of: recognition, sample)
            files[index].recognition = recognition
        }
        assumeOrders()
        groups = FolderGroups(files, besides: passedOver).groups
        groups += groups.filter { $0.recognition.isOfMails }.map { Group(pattern: $0.pattern, files: $0.files, recognition: $0.recognition.customersOfMails) }
        takeCustomersOfOthers()
    }

    /// Of customers whom no export of customers has: what visits, leads and deals say of how to reach them.
    private mutating func takeCustomersOfOthers() {
        let known = files.filter { $0.copyOf == nil && $0.recognition?.table == .customers && $0.recognition?.isReadable == true }
            .compactMap { file in file.recognition.flatMap { file.sample?.distinct(of: $0, "customer_id") } }
        for group in groups where group.recognition.table != .customers && !group.recognition.isOfMails {
            guard let first = group.files.first, let index = files.firstIndex(where: { $0.name == first && $0.sheet == group.recognition.sheet }),
                let sample = files[index].sample, let numbers = sample.distinct(of: group.recognition, "customer_id"),
                !known.contains(where: { KnownNumbers.share(numbers, $0) > 0.02 }),
                let customers = CustomersBeside(sample, group.recognition, self.numbers).recognition
            else { continue }
            groups.append(Group(pattern: group.pattern, files: group.files, recognition: customers))
            let read = Set(customers.columnsRead)
            for other in groups.indices where groups[other].pattern == group.pattern && groups[other].recognition.sheet == group.recognition.sheet {
                groups[other].recognition.unused.removeAll { read.contains($0) }
            }
            for other in files.indices where group.files.contains(files[other].name) && files[other].sheet == group.recognition.sheet {
                files[other].recognition?.unused.removeAll { read.contains($0) }
                if other == index { files[other].recognition?.notes.append(customers.besideWords) }
            }
        }
    }

    /// Where every row fits both orders, the folder's other exports speak for one of them.
    private mutating func assumeOrders() {
        let orders = files.compactMap { $0.recognition?.dateOrder }
        let hasMonth = orders.contains(.monthFirst), hasDay = orders.contains(.dayFirst)
        guard hasMonth != hasDay else { return }
        for index in files.indices where files[index].recognition?.dateOrder == .open {
            files[index].recognition?.assumedOrder = hasMonth ? .monthFirst : .dayFirst
        }
    }

    /// Every file in plain words.
    public var lines: [String] {
        var lines: [String] = []
        for file in files {
            if let other = file.copyOf {
                lines.append("\(file.label): the same as \(other), left out")
            } else if let recognition = file.recognition {
                lines += recognition.lines
            }
            for fault in file.faults { lines.append("\(file.label): \(([fault.message] + fault.remedies).joined(separator: "; "))") }
        }
        if !passedOver.isEmpty { lines.append("not looked at: \(passedOver.joined(separator: ", "))") }
        return lines
    }

    /// What amounts say they are in, of most of them; nil: they say nothing.
    var currency: String? {
        var found: [String: Int] = [:]
        for file in files where file.copyOf == nil {
            guard let recognition = file.recognition, let table = recognition.table, let sample = file.sample else { continue }
            for match in recognition.matches {
                guard case .column(let name) = match.rule, table.column(named: match.column)?.kind == .money else { continue }
                let facts = sample.columns.first { $0.name == name }
                found.merge(facts?.currencies ?? [:], uniquingKeysWith: +)
            }
        }
        return found.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    func has(_ table: StandardTable) -> Bool { groups.contains { $0.recognition.table == table && $0.recognition.isReadable } }

    /// Every word in a column of ours, with rows, over all exports of a table.
    func words(_ table: StandardTable, _ column: String) -> [String: Int] {
        var found: [String: Int] = [:]
        for file in files where file.copyOf == nil && file.recognition?.table == table && file.recognition?.isReadable == true {
            guard let match = file.recognition?.match(of: column) else { continue }
            switch match.rule {
            case .constant(let word): found[word, default: 0] += file.sample?.rowCount ?? 0
            case .column(let name):
                guard let words = file.sample?.columns.first(where: { $0.name == name })?.words else { continue }
                for (word, rows) in words { found[match.values[word] ?? word, default: 0] += rows }
            case .phone, .phones, .rowPlace, .joined: continue
            }
        }
        return found
    }
}

extension ExportSample {
    /// Hashes of what stands in the column that one of ours is read from.
    func distinct(of recognition: Recognition, _ column: String) -> Set<UInt64>? {
        guard case .column(let name)? = recognition.match(of: column)?.rule else { return nil }
        return columns.first { $0.name == name }?.distinct
    }

    /// Of a file of any kind that is read.
    static func read(path: String, name: String, sheet: String? = nil) throws(Rejection) -> ExportSample {
        let kind = SourceKind(fileName: name) ?? .delimited
        let opened = kind.open(
            [SourceFile(path: path, name: name)], for: ExportSettings(table: .messages, file: name, sheet: sheet))
        guard let bytes = opened.texts.first else { throw Rejection(opened.faults) }
        var sample = try read(ExportOpening.readable(bytes))
        sample.sheet = sheet
        sample.isOfMails = kind == .mail
        return sample
    }

    /// Sheets of a workbook that are not hidden; none: it is no workbook.
    static func sheets(path: String, name: String) throws(Rejection) -> [String] {
        guard SourceKind(fileName: name) == .workbook else { return [] }
        let export = ExportSettings(table: .messages, file: name)
        return try WorkbookSource(file: SourceFile(path: path, name: name), export: export).visibleSheets()
    }
}

extension Recognition {
    /// One file alone, as whoever reads it would begin.
    /// - Parameter table: the user's word for what it is; nil: whichever fits.
    ///
    /// Of a workbook the sheet behind a `!`, else the one that is most surely a table of ours; the others are named.
    public static func look(at path: String, as table: StandardTable? = nil) throws(Rejection) -> Recognition {
        let (path, sheet) = place(path)
        let name = path.split(separator: "/").last.map(String.init) ?? path
        func recognised(_ sheet: String?) throws(Rejection) -> Recognition {
            let sample = try ExportSample.read(path: path, name: name, sheet: sheet)
            return TableRecogniser(sample, known: KnownNumbers()).recognise(as: table ?? (sample.isOfMails ? .leads : nil))
        }
        let sheets = sheet == nil ? try ExportSample.sheets(path: path, name: name) : []
        guard sheets.count > 1 else { return try recognised(sheet) }
        var found: [Recognition] = []
        var failure: Rejection?
        for sheet in sheets {
            do throws(Rejection) { found.append(try recognised(sheet)) } catch { failure = error }
        }
        func certainty(_ one: Recognition) -> Double { one.table == nil ? -1 : one.confidence - (one.isReadable ? 0 : 1) }
        guard var best = found.first else { throw failure ?? Rejection([]) }
        for other in found.dropFirst() where certainty(other) > certainty(best) { best = other }
        let others = found.filter { $0.sheet != best.sheet }.map { "\($0.quotedFile) (\($0.table?.plainWords ?? "not recognised"))" }
        if !others.isEmpty { best.notes.append("other sheets: \(others.joined(separator: ", "))") }
        return best
    }

    /// `X.xlsx!Deals` → `X.xlsx`, `Deals`, unless a file has that name.
    public static func place(_ path: String) -> (path: String, sheet: String?) {
        guard !FileManager.default.fileExists(atPath: path), let mark = path.lastIndex(of: "!"),
            FileManager.default.fileExists(atPath: String(path[..<mark]))
        else { return (path, nil) }
        return (String(path[..<mark]), String(path[path.index(after: mark)...]))
    }
}
