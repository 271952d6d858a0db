/// A language as translators keep it: gettext's PO format, UTF-8.
///
/// Its header says the language, its plural forms (one of `PluralRule`) and, beyond gettext, how numbers are written:
/// `X-Decimal`, `X-Group`, `X-Grouped-From`, `X-Nouns: capital`. Entries marked `fuzzy` or empty are not used.
public enum PhraseFile {
    /// - Parameter file: for messages.
    /// - Throws: `language-unreadable`, every fault with its line.
    public static func read(_ text: String, file: String) throws(Rejection) -> Phrasebook {
        var reading = Reading(file: file)
        var number = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            reading.take(line, number)
        }
        reading.close()
        guard reading.faults.isEmpty else { throw Rejection(reading.faults) }
        return try reading.book()
    }

    /// An entry while its lines come in.
    private struct Entry {
        var context: String?
        var template: String?
        var plural: String?
        var forms: [String] = []
        var isFuzzy = false
    }

    /// Where a line that only continues a text goes.
    private enum Field { case context, template, plural, form(Int) }

    private struct Reading {
        let file: String
        var header = ""
        var entries: [String: [String]] = [:]
        var entry = Entry()
        var field: Field?
        var faults: [Diagnostic] = []

        init(file: String) { self.file = file }

        mutating func take(_ line: Substring, _ number: Int) {
            let line = line.last == "\r" ? line.dropLast() : line
            if line.isEmpty { return close() }
            if line.first == "#" {
                if case .form? = field { close() }
                if line.hasPrefix("#,"), line.split(separator: " ").contains(where: { $0.hasPrefix("fuzzy") }) {
                    entry.isFuzzy = true
                }
                return
            }
            guard let quote = line.firstIndex(of: "\""), let text = PhraseFile.unquoted(line[quote...]) else {
                return fault(number, "a quoted text is expected")
            }
            let keyword = line[..<quote].filter { $0 != " " }
            switch keyword {
            case "": append(text, number)
            case "msgctxt":
                if case .form? = field { close() }
                field = .context
                entry.context = text
            case "msgid":
                if case .form? = field { close() }
                field = .template
                entry.template = text
            case "msgid_plural":
                field = .plural
                entry.plural = text
            case "msgstr": startForm(0, text)
            default:
                guard keyword.hasPrefix("msgstr["), keyword.last == "]", let form = Int(keyword.dropFirst(7).dropLast()),
                    form == entry.forms.count
                else { return fault(number, "\(keyword) is not known here") }
                startForm(form, text)
            }
        }

        private mutating func startForm(_ form: Int, _ text: String) {
            field = .form(form)
            entry.forms.append(text)
        }

        private mutating func append(_ text: String, _ number: Int) {
            switch field {
            case .context: entry.context = (entry.context ?? "") + text
            case .template: entry.template = (entry.template ?? "") + text
            case .plural: entry.plural = (entry.plural ?? "") + text
            case .form(let form): entry.forms[form] += text
            case nil: fault(number, "a text that belongs to nothing")
            }
        }

        mutating func close() {
            defer {
                entry = Entry()
                field = nil
            }
            guard let template = entry.template, !entry.forms.isEmpty else { return }
            if template.isEmpty, entry.context == nil {
                header = entry.forms[0]
            } else if !entry.isFuzzy, entry.forms.allSatisfy({ !$0.isEmpty }) {
                entries[Phrasebook.key(template, context: entry.context)] = entry.forms
            }
        }

        private mutating func fault(_ line: Int, _ what: String) {
            faults.append(
                Diagnostic(
                    .error, "language-unreadable", at: .init(file: file, row: line), what,
                    remedies: ["check the file with msgfmt --check"]))
        }

        func book() throws(Rejection) -> Phrasebook {
            var fields: [String: String] = [:]
            for line in header.split(separator: "\n") {
                guard let colon = line.firstIndex(of: ":") else { continue }
                let value = line[line.index(after: colon)...].drop { $0 == " " }
                fields[String(line[..<colon])] = String(value)
            }
            guard let language = fields["Language"], !language.isEmpty else {
                throw Rejection(
                    Diagnostic(
                        .error, "language-unreadable", at: .init(file: file), "the header does not say the language",
                        remedies: ["put \"Language: de\\n\" into the first entry"]))
            }
            let usual = PluralRule.germanic.rawValue
            guard let plural = PluralRule(rawValue: fields["Plural-Forms"] ?? usual) else {
                throw Rejection(
                    Diagnostic(
                        .error, "language-unreadable", at: .init(file: file), "its Plural-Forms are not known",
                        remedies: ["use one of: \(PluralRule.allCases.map(\.rawValue).joined(separator: " "))"]))
            }
            let numbers = NumberStyle(
                decimal: fields["X-Decimal"] ?? ".", group: fields["X-Group"] ?? ",",
                groupedFrom: fields["X-Grouped-From"].flatMap { Int($0) } ?? 4)
            return Phrasebook(
                language: language, numbers: numbers, capitalizesNouns: fields["X-Nouns"] == "capital", plural: plural,
                entries: entries)
        }
    }

    /// What stands between quotes; nil when they are not closed.
    private static func unquoted(_ text: Substring) -> String? {
        guard text.count >= 2, text.first == "\"", text.last == "\"" else { return nil }
        var out = ""
        var isEscaped = false
        for character in text.dropFirst().dropLast() {
            if isEscaped {
                switch character {
                case "n": out.append("\n")
                case "t": out.append("\t")
                default: out.append(character)
                }
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                out.append(character)
            }
        }
        return isEscaped ? nil : out
    }
}
