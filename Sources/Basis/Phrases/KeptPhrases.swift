/// Sentences that were put together in English to be kept, as a ledger keeps its reasons, said in the document's language.
///
/// A kept sentence is held against the templates it may have been made by. The first that fits counts; what stood at its
/// places is said in the same way. What fits none is looked up as it is, and stays English where nothing is filed.
public struct KeptPhrases: Sendable {
    private struct Template: Sendable {
        let text: String
        /// What stands before the first place, between the places, and behind the last one.
        let parts: [String]
        let isFree: Bool
    }

    private let templates: [Template]

    /// - Parameters:
    ///   - free: sentences at whose places somebody's own words stand, which nobody translates.
    ///   - others: templates with `{0}`, `{1}` … in this order; the more particular first.
    public init(free: [String] = [], _ others: [String]) {
        func template(_ isFree: Bool) -> (String) -> Template {
            { Template(text: $0, parts: KeptPhrases.parts($0), isFree: isFree) }
        }
        templates = free.map(template(true)) + others.map(template(false))
    }

    public func said(_ text: String) -> String {
        let book = Speech.book
        if book.isEnglish || text.isEmpty { return text }
        for template in templates {
            guard let values = KeptPhrases.values(text[...], template.parts) else { continue }
            let said = template.isFree ? values : values.map(said)
            return book.words(Phrase(template: template.text, values: said), context: nil)
        }
        return KeptPhrases.word(text, book)
    }

    /// A noun or a number: `calls taken` is filed as the title that begins with a capital.
    private static func word(_ text: String, _ book: Phrasebook) -> String {
        if Double(text) != nil { return book.numbers.decimals(text) }
        let said = say(text: text)
        if said != text { return said }
        let title = text.prefix(1).uppercased() + text.dropFirst()
        let named = say(text: title)
        if named == title { return text }
        return book.capitalizesNouns ? named : named.prefix(1).lowercased() + named.dropFirst()
    }

    private static func parts(_ template: String) -> [String] {
        var parts = [""]
        var rest = template[...]
        while let character = rest.first {
            if character == "{", let end = rest.firstIndex(of: "}") {
                parts.append("")
                rest = rest[rest.index(after: end)...]
            } else {
                parts[parts.count - 1].append(character)
                rest = rest.dropFirst()
            }
        }
        return parts
    }

    /// What stands at the places, each as short as it can be; nil: the text was not made by this template.
    private static func values(_ text: Substring, _ parts: [String]) -> [String]? {
        guard let first = parts.first, let last = parts.last, text.hasPrefix(first) else { return nil }
        if parts.count == 1 { return text == first ? [] : nil }
        var rest = text.dropFirst(first.count)
        var values: [String] = []
        for part in parts.dropFirst().dropLast() {
            guard let place = rest.firstRange(of: part), place.lowerBound > rest.startIndex else { return nil }
            values.append(String(rest[..<place.lowerBound]))
            rest = rest[place.upperBound...]
        }
        guard rest.count > last.count, rest.hasSuffix(last) else { return nil }
        return values + [String(rest.dropLast(last.count))]
    }
}
