/// A language: translations of the pages' phrases, and how it writes numbers and counts.
public final class Phrasebook: Sendable {
    /// RFC 5646: `de`, `es-US`.
    public let language: String
    public let numbers: NumberStyle
    /// Whether nouns keep their capital inside a sentence, as in German.
    public let capitalizesNouns: Bool
    let plural: PluralRule
    private let entries: [String: [Pattern]]

    /// A translation cut at the places of its values.
    struct Pattern: Sendable {
        enum Piece: Sendable {
            case words(String)
            case value(Int)
        }
        var pieces: [Piece]
    }

    /// - Parameter entries: by context and template (see `key`), one translation for each plural form.
    public init(
        language: String, numbers: NumberStyle, capitalizesNouns: Bool = false, plural: PluralRule = .germanic,
        entries: [String: [String]]
    ) {
        self.language = language
        self.numbers = numbers
        self.capitalizesNouns = capitalizesNouns
        self.plural = plural
        self.entries = entries.mapValues { $0.map(Pattern.init) }
    }

    private init(_ book: Phrasebook, language: String, numbers: NumberStyle) {
        self.language = language
        self.numbers = numbers
        capitalizesNouns = book.capitalizesNouns
        plural = book.plural
        entries = book.entries
    }

    /// The same words with the figures of a region (CLDR): Spanish as Mexico and the United States write it has a decimal
    /// point.
    ///
    /// - Parameter region: ISO 3166, such as `US`.
    public func regional(_ region: String) -> Phrasebook {
        let tag = "\(language)-\(region)"
        switch tag {
        case "es-US", "es-MX", "es-PR", "es-GT", "es-HN", "es-NI", "es-PA", "es-PE", "es-SV", "es-DO":
            return Phrasebook(self, language: tag, numbers: .english)
        case "de-CH", "de-LI":
            return Phrasebook(self, language: tag, numbers: NumberStyle(decimal: ".", group: "\u{2019}"))
        default: return Phrasebook(self, language: tag, numbers: numbers)
        }
    }

    public static let english = Phrasebook(language: "en-US", numbers: .english, entries: [:])

    var isEnglish: Bool { entries.isEmpty }

    /// gettext's own: the context, end of transmission, the template.
    static func key(_ template: String, context: String?) -> String {
        context.map { "\($0)\u{4}\(template)" } ?? template
    }

    private func patterns(_ template: String, _ context: StaticString?) -> [Pattern]? {
        guard let context else { return entries[template] }
        return entries[Phrasebook.key(template, context: "\(context)")]
    }

    func words(_ phrase: Phrase, context: StaticString?) -> String {
        guard let pattern = patterns(phrase.template, context)?.first else { return phrase.english }
        return pattern.filled(phrase.values)
    }

    func words(_ count: Int, _ one: Phrase, _ other: Phrase, context: StaticString?) -> String {
        let english = count == 1 ? one : other
        guard let patterns = patterns(one.template, context), !patterns.isEmpty else { return english.english }
        let form = min(plural.form(count), patterns.count - 1)
        return patterns[form].filled(english.values)
    }
}

extension Phrasebook.Pattern {
    init(_ text: String) {
        var pieces: [Piece] = []
        var words = ""
        var rest = text[...]
        while let character = rest.first {
            if character == "{", let end = rest.firstIndex(of: "}"),
                let index = Int(rest[rest.index(after: rest.startIndex)..<end])
            {
                if !words.isEmpty { pieces.append(.words(words)) }
                words = ""
                pieces.append(.value(index))
                rest = rest[rest.index(after: end)...]
            } else {
                words.append(character)
                rest = rest.dropFirst()
            }
        }
        if !words.isEmpty { pieces.append(.words(words)) }
        self.pieces = pieces
    }

    func filled(_ values: [String]) -> String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .words(let words): text += words
            case .value(let index): text += values.indices.contains(index) ? values[index] : ""
            }
        }
        return text
    }
}

/// Which form of a noun goes with a count, by the classes that gettext's `Plural-Forms` names most.
public enum PluralRule: String, Sendable, CaseIterable {
    /// One, and all others (0 too): English, German, Spanish, Italian, Dutch, Swedish …
    case germanic = "nplurals=2; plural=(n != 1);"
    /// 0 and 1, and all others: French, Brazilian Portuguese.
    case french = "nplurals=2; plural=(n > 1);"
    /// No difference: Japanese, Chinese, Korean, Vietnamese.
    case none = "nplurals=1; plural=0;"
    /// 1; 2 to 4; others, by the last digits: Polish.
    case polish =
        "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
    /// By the last digits: Russian, Ukrainian, Croatian, Serbian.
    case slavic =
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"

    func form(_ count: Int) -> Int {
        let n = Int(clamping: count.magnitude)
        let isFew = (2...4).contains(n % 10) && !(12...14).contains(n % 100)
        return switch self {
        case .germanic: n == 1 ? 0 : 1
        case .french: n > 1 ? 1 : 0
        case .none: 0
        case .polish: n == 1 ? 0 : isFew ? 1 : 2
        case .slavic: n % 10 == 1 && n % 100 != 11 ? 0 : isFew ? 1 : 2
        }
    }
}
