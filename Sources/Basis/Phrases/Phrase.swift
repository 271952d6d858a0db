/// A sentence of a page as it stands in the code: English words with places for values.
///
/// `say("\(late) of \(all) are late")` is printed as it stands in English; in another language the words are looked up
/// by the template `{0} of {1} are late`, and the values go to the places that the translation gives them.
public struct Phrase: Sendable, ExpressibleByStringInterpolation {
    /// The sentence with `{0}`, `{1}` … where values stand: the key under which translations are filed.
    public let template: String
    /// In English, values included.
    public let english: String
    let values: [String]

    public init(stringLiteral value: String) {
        template = value
        english = value
        values = []
    }

    public init(stringInterpolation parts: Parts) {
        template = parts.template
        english = parts.english
        values = parts.values
    }

    /// With values for the template's places; its English is the caller's business.
    init(template: String, values: [String]) {
        self.template = template
        english = Phrasebook.Pattern(template).filled(values)
        self.values = values
    }

    public struct Parts: StringInterpolationProtocol {
        var template = ""
        var english = ""
        var values: [String] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            english.reserveCapacity(literalCapacity + 8 * interpolationCount)
            template.reserveCapacity(literalCapacity + 3 * interpolationCount)
        }

        public mutating func appendLiteral(_ literal: String) {
            template += literal
            english += literal
        }

        public mutating func appendInterpolation(_ value: String) {
            template += "{\(values.count)}"
            english += value
            values.append(value)
        }

        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            appendInterpolation(value.description)
        }
    }
}

/// What is being said now, and in which language: bound for the time in which a document is made.
///
/// A task-local value and no parameter, since every sentence of every page needs it and no figure does: nothing that
/// is computed may depend on it.
public enum Speech {
    @TaskLocal public static var book = Phrasebook.english
}

/// The phrase in the language of the document that is being made.
///
/// - Parameter context: tells apart what English says with the same words, as `May` the month and its abbreviation.
public func say(_ phrase: Phrase, context: StaticString? = nil) -> String {
    let book = Speech.book
    if book.isEnglish { return phrase.english }
    return book.words(phrase, context: context)
}

/// The phrase for a count: `say(late, "\(late) customer waits", "\(late) customers wait")`.
///
/// Languages with more than two forms choose theirs by the count (gettext's `Plural-Forms`).
public func say(_ count: Int, _ one: Phrase, _ other: Phrase, context: StaticString? = nil) -> String {
    let book = Speech.book
    if book.isEnglish { return count == 1 ? one.english : other.english }
    return book.words(count, one, other, context: context)
}

/// A phrase that is kept in English, in tables, ledgers and keys, and said by `say(text:)` where a page prints it.
///
/// It says nothing itself: it is how `Scripts/phrases` finds what `say(text:)` will look up (gettext's `N_`).
public func say(later phrase: String, context: StaticString? = nil) -> String { phrase }

/// A text that is known only when the program runs, such as a figure's title; as it is where no translation is filed.
public func say(text: String, context: StaticString? = nil) -> String {
    let book = Speech.book
    if book.isEnglish { return text }
    return book.words(Phrase(stringLiteral: text), context: context)
}
