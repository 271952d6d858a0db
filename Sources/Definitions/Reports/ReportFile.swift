public import Basis

/// Reads a report definition: `reports/*.yaml`.
public enum ReportFile {
    /// Throws every error of the file at once.
    public static func read(text: String, file: String) throws(Rejection) -> Checked<ReportDefinition> {
        let root = try Composer.root(of: text, file: file)
        var reader = Reader(file: file, schema: .reportFile)
        let report = reader.report(root)
        return try reader.checked(report)
    }

    public static func read(bytes: [UInt8], file: String) throws(Rejection) -> Checked<ReportDefinition> {
        try read(text: DefinitionText.decode(bytes, file: file), file: file)
    }
}

extension Reader {
    fileprivate mutating func report(_ root: Field) -> ReportDefinition? {
        guard let fields = fields(root, .report, of: "a report") else { return nil }
        let name = required(fields, "name", "write `name:` as it is called on the command line")
            .flatMap { fileStem($0) }
        let title = required(fields, "title", "write `title:` as it stands on the first page").flatMap { text($0) }
        let paper = required(fields, "paper", "write `paper: letter` or `paper: a4`")
            .flatMap { choice($0, Paper.self) }
        let orientation = fields["orientation"].flatMap { choice($0, Orientation.self) } ?? Defaults.orientation
        let contents = fields["contents"].flatMap { flag($0) } ?? Defaults.contents
        let pages = required(fields, "pages", "write `pages:` and the list below it").flatMap { self.pages($0) }
        guard let name, let title, let paper, let pages else { return nil }
        return ReportDefinition(name: name, title: title, paper: paper, orientation: orientation, contents: contents,
            pages: pages)
    }

    private mutating func pages(_ field: Field) -> [PageDefinition]? {
        guard !isMissing(field) else { return nil }
        guard let items = field.listed, !items.isEmpty else {
            fault(
                .wrongType, field, "\"pages\" must be a list of pages, not \(field.kind)",
                ["begin each page with `- question:`"])
            return nil
        }
        return items.compactMap { page($0) }
    }

    private mutating func page(_ item: Field) -> PageDefinition? {
        guard let fields = fields(item, .page, of: "a page") else { return nil }
        let question = required(fields, "question", "write `question:`, which stands over the page")
            .flatMap { text($0) }
        let names = PageKind.allCases.map(\.rawValue)
        guard let field = required(fields, "page", "write `page:` and one of \(names.joined(separator: ", "))"),
            let name = text(field)
        else { return nil }
        guard let kind = PageKind(rawValue: name) else {
            unknownChoice(field, name, names, code: .unknownPage, "there is no page")
            return nil
        }
        let options = fields["options"].map { self.options($0, kind) } ?? [:]
        return question.map { PageDefinition(question: $0, page: kind, options: options) }
    }

    private mutating func options(_ field: Field, _ kind: PageKind) -> [PageOption: Int] {
        var options: [PageOption: Int] = [:]
        for entry in fields(field, .option, of: quoted("options"))?.entries ?? [] {
            guard let option = PageOption(rawValue: entry.key) else { continue }
            guard kind.options.contains(option) else {
                let known = kind.options.map(\.rawValue).joined(separator: ", ")
                fault(
                    .foreignOption, entry, row: entry.keyRow,
                    "the page \(kind.rawValue) has no option \(quoted(entry.key))",
                    [known.isEmpty ? "delete it: the page has no options" : "delete it, or use one of \(known)"])
                continue
            }
            options[option] = integer(entry, in: option.range)
        }
        return options
    }
}
