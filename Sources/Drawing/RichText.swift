public import Basis

/// Words in which some are emphasised: `RichText(marked: "Service brought **34 sales**, above target.")`.
public struct RichText: Hashable, Sendable, ExpressibleByStringLiteral {
    public struct Run: Hashable, Sendable {
        public var text: String
        public var emphasised: Bool
        /// nil: the tone of the place it stands in.
        public var tone: Tone?
        public init(_ text: String, emphasised: Bool = false, tone: Tone? = nil) {
            self.text = text
            self.emphasised = emphasised
            self.tone = tone
        }
    }

    public var runs: [Run]

    public init(_ runs: [Run]) { self.runs = runs }
    public init(_ text: String, emphasised: Bool = false, tone: Tone? = nil) {
        runs = text.isEmpty ? [] : [Run(text, emphasised: emphasised, tone: tone)]
    }
    /// Literal text; no marks are read in it.
    public init(stringLiteral value: String) { self.init(value) }

    /// Text between pairs of `**` is emphasised. A lone `**` stays as it is.
    public init(marked text: String) {
        var runs: [Run] = []
        var rest = text[...]
        while let open = RichText.marker(in: rest),
            let close = RichText.marker(in: rest[open.upperBound...])
        {
            if open.lowerBound > rest.startIndex { runs.append(Run(String(rest[..<open.lowerBound]))) }
            if close.lowerBound > open.upperBound {
                runs.append(Run(String(rest[open.upperBound..<close.lowerBound]), emphasised: true))
            }
            rest = rest[close.upperBound...]
        }
        if !rest.isEmpty { runs.append(Run(String(rest))) }
        self.runs = runs
    }

    /// The words alone.
    public var plain: String { runs.reduce(into: "") { $0 += $1.text } }
    public var isEmpty: Bool { runs.allSatisfy { $0.text.isEmpty } }

    public static func + (left: RichText, right: RichText) -> RichText { RichText(left.runs + right.runs) }

    private static func marker(in text: Substring) -> Range<Substring.Index>? {
        var index = text.startIndex
        while index < text.endIndex {
            let next = text.index(after: index)
            if next < text.endIndex, text[index] == "*", text[next] == "*" {
                return index..<text.index(after: next)
            }
            index = next
        }
        return nil
    }
}

/// A short text in one tone, with a cue before it if it signals: a value beside a bar, a cell of a table.
public struct Label: Hashable, Sendable, ExpressibleByStringLiteral {
    public var text: String
    /// nil: the tone of the place it stands in.
    public var tone: Tone?
    /// nil: the weight of the place it stands in.
    public var bold: Bool?
    public var cue: Cue?

    public init(_ text: String, _ tone: Tone? = nil, bold: Bool? = nil, cue: Cue? = nil) {
        self.text = text
        self.tone = tone
        self.bold = bold
        self.cue = cue
    }
    public init(stringLiteral value: String) { self.init(value) }

    /// Off target: orange, bold, with a triangle.
    public static func bad(_ text: String, cue: Cue = .down) -> Label { Label(text, .bad, bold: true, cue: cue) }
    /// On target: blue and bold.
    public static func good(_ text: String, cue: Cue? = nil) -> Label { Label(text, .good, bold: true, cue: cue) }

    public var isEmpty: Bool { text.isEmpty && cue == nil }

    var spoken: String {
        guard let word = cue?.spoken else { return text }
        return text.isEmpty ? word : "\(text) (\(word))"
    }
}

// Phrases where words in marks or labels are asked for; texts without type are strings.

@_disfavoredOverload
public func say(_ phrase: Phrase, context: StaticString? = nil) -> RichText {
    RichText(Basis.say(phrase, context: context))
}

@_disfavoredOverload
public func say(_ phrase: Phrase, context: StaticString? = nil) -> Label {
    Label(Basis.say(phrase, context: context))
}
