import Basis
import Dealership

/// A file that an export is read from.
struct SourceFile: Hashable, Sendable {
    var path: String
    /// Relative to the dealership's folder, for messages.
    var name: String
}

/// What a file is, told by its name. Every kind gives delimited text with a header, which the mapping then reads: a new
/// kind is its own file beside this one, a case, and its line in `open`.
enum SourceKind: Hashable, Sendable, CaseIterable {
    /// CSV, TSV and the like, packed by gzip or not.
    case delimited
    /// Excel's .xlsx; the older kinds say what to do.
    case workbook
    /// Leads as ADF/XML, in mails or by themselves: all files of a mapping are one text.
    case mail
    /// Apache Parquet, through `duckdb`.
    case parquet

    /// Ends of file names, in lower case.
    var endings: [String] {
        switch self {
        case .delimited: [".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz"]
        case .workbook: [".xlsx", ".xlsm", ".xlsb", ".xls"]
        case .mail: [".eml", ".adf", ".xml", ".mbox"]
        case .parquet: [".parquet"]
        }
    }

    /// Nil: nothing says what it is.
    init?(fileName: String) {
        let name = fileName.lowercased()
        guard let kind = SourceKind.allCases.first(where: { $0.endings.contains { name.hasSuffix($0) } }) else { return nil }
        self = kind
    }

    /// The name without the ending of its kind, in lower case; nil: nothing says what it is.
    static func stem(ofFile fileName: String) -> String? {
        let name = fileName.lowercased()
        let endings = SourceKind.allCases.flatMap(\.endings).filter { name.hasSuffix($0) }
        return endings.max { $0.count < $1.count }.map { String(name.dropLast($0.count)) }
    }

    /// - Parameter zone: the dealership's own, by name.
    func open(_ files: [SourceFile], for export: ExportSettings, zone: String? = nil) -> OpenedSources {
        // Before anything is read; a file that is not there is told of by whoever reads it.
        let before = self == .delimited ? [] : files.compactMap { file in
            (try? FileState(path: file.path, name: file.name)).map { FileInUse(path: file.path, name: file.name, state: $0) }
        }
        var opened = read(files, for: export, zone: zone)
        if !opened.texts.isEmpty { opened.texts[0].watch(before) }
        return opened
    }

    private func read(_ files: [SourceFile], for export: ExportSettings, zone: String?) -> OpenedSources {
        switch self {
        case .delimited:
            OpenedSources(each: files) { file throws(Rejection) in
                Checked([try ExportBytes(path: file.path, name: file.name)])
            }
        case .workbook:
            OpenedSources(each: files) { file throws(Rejection) in
                try WorkbookSource(file: file, export: export).open()
            }
        case .mail: MailSource(export: export, zone: zone).open(files)
        case .parquet: ParquetText().open(files)
        }
    }
}

/// What an export's files gave, with every fault: one file's does not hide the others'.
struct OpenedSources: Sendable {
    var texts: [ExportBytes] = []
    var notes: [Diagnostic] = []
    var faults: [Diagnostic] = []

    init() {}

    init(each files: [SourceFile], _ open: (SourceFile) throws(Rejection) -> Checked<[ExportBytes]>) {
        for file in files {
            do throws(Rejection) {
                let opened = try open(file)
                texts += opened.value
                notes += opened.diagnostics
            } catch {
                faults += error.diagnostics
            }
        }
    }

    mutating func take(_ other: OpenedSources) {
        texts += other.texts
        notes += other.notes
        faults += other.faults
    }
}
