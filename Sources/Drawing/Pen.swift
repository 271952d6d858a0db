/// The theme and the measurer together: what everything that lays out text asks.
public struct Pen {
    public var theme: Theme
    public var measurer: any TextMeasurer

    public init(theme: Theme = .standard, measurer: any TextMeasurer) {
        self.theme = theme
        self.measurer = measurer
    }

    /// Cap height of Inter as a share of the size.
    static let capHeight = 0.727
    /// What a descender needs below the baseline, as a share of the size.
    static let descent = 0.22

    public func width(_ text: String, _ style: TextStyle) -> Double {
        text.isEmpty ? 0 : measurer.width(of: text, style: style)
    }

    public func width(_ label: Label, _ size: TypeSize = .body, bold: Bool = false) -> Double {
        let style = theme.style(size, label.tone ?? .text, bold: label.bold ?? bold)
        return width(label.text, style) + (label.cue == nil ? 0 : Pen.cueAdvance(style.size))
    }

    /// What a cue takes before a text of that size.
    static func cueAdvance(_ size: Double) -> Double { size * 1.22 }

    /// What a run of text covers.
    public func bounds(of run: TextRun) -> Rect {
        Rect(
            x: run.origin.x, y: run.origin.y - Pen.capHeight * run.style.size, width: run.width,
            height: (Pen.capHeight + Pen.descent) * run.style.size)
    }

    /// The text itself if it fits, else as much of it as fits with an ellipsis, and that it was shortened.
    public func fitted(_ text: String, _ style: TextStyle, width limit: Double) -> (text: String, shortened: Bool) {
        if width(text, style) <= limit + 0.01 { return (text, false) }
        var low = 0
        var high = text.count
        while low < high {
            let middle = (low + high + 1) / 2
            let candidate = Pen.trimmed(text.prefix(middle)) + "…"
            if width(candidate, style) <= limit { low = middle } else { high = middle - 1 }
        }
        return (Pen.trimmed(text.prefix(low)) + "…", true)
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while let last = text.last, last == " " || last == "," || last == ":" { text.removeLast() }
        return String(text)
    }

    /// A line of a paragraph: its words, runs of one style each.
    struct Line {
        var pieces: [(text: String, style: TextStyle, width: Double)] = []
        var width: Double { pieces.reduce(0) { $0 + $1.width } }
    }

    /// Breaks rich text into lines at spaces. A word wider than the line is broken behind its hyphens; where it has none it
    /// stands alone on its own, cut if it must be.
    ///
    /// Shaping is what costs here: how many words a line takes is guessed from the letters' usual width, and the guess
    /// measured and moved until one word more would be too wide.
    func lines(_ rich: RichText, size: TypeSize, tone: Tone, bold: Bool = false, width limit: Double) -> [Line] {
        var tokens: [Token] = []
        for word in words(rich, size: size, tone: tone, bold: bold) {
            for (index, part) in parts(of: word, limit: limit).enumerated() {
                tokens.append(Token(word: part, isGlued: index > 0))
            }
        }
        var lines: [Line] = []
        var start = 0
        var letter = theme.style(size, tone, bold: bold).size * 0.5
        while start < tokens.count {
            var end = start + 1
            var length = tokens[start].length
            while end < tokens.count, Double(length + tokens[end].length) * letter <= limit {
                length += tokens[end].length
                end += 1
            }
            var line = self.line(tokens[start..<end], limit: limit)
            letter = max(line.width / Double(max(length, 1)), 0.1)
            while end > start + 1, line.width > limit + 0.01 {
                end -= 1
                line = self.line(tokens[start..<end], limit: limit)
            }
            while end < tokens.count {
                let longer = self.line(tokens[start...end], limit: limit)
                if longer.width > limit + 0.01 { break }
                line = longer
                end += 1
            }
            lines.append(line)
            start = end
        }
        return lines
    }

    /// What a line may not be broken in, and whether it stands right behind the one before.
    private struct Token {
        var word: Word
        var isGlued: Bool
        /// In letters, with the space before.
        var length: Int { word.reduce(isGlued ? 0 : 1) { $0 + $1.text.count } }
    }

    /// The tokens as one line, however wide; a word alone on it is cut to the limit.
    private func line(_ tokens: ArraySlice<Token>, limit: Double) -> Line {
        var pieces: [(text: String, style: TextStyle, hasSpaceBehind: Bool)] = []
        for (position, token) in tokens.enumerated() {
            for (index, part) in token.word.enumerated() {
                let space = index == 0 && !token.isGlued && position > 0 ? " " : ""
                if let last = pieces.last, last.style == part.style {
                    pieces[pieces.count - 1].text += space + part.text
                    continue
                }
                // The space belongs to the run before, so that the words stay apart in extracted text.
                if !space.isEmpty { pieces[pieces.count - 1].hasSpaceBehind = true }
                let text = tokens.count == 1 ? fitted(part.text, part.style, width: max(limit, 20)).text : part.text
                pieces.append((text, part.style, false))
            }
        }
        return Line(
            pieces: pieces.map { piece in
                let wide = width(piece.text, piece.style)
                if !piece.hasSpaceBehind { return (piece.text, piece.style, wide) }
                return (piece.text + " ", piece.style, wide + width(" x", piece.style) - width("x", piece.style))
            })
    }

    private typealias Word = [(text: String, style: TextStyle)]

    private func words(_ rich: RichText, size: TypeSize, tone: Tone, bold: Bool) -> [Word] {
        var words: [Word] = []
        var word: Word = []
        for run in rich.runs {
            // What is emphasised in running text is also darker.
            let usual: Tone = run.emphasised && tone == .text ? .ink : tone
            let style = theme.style(size, run.tone ?? usual, bold: bold || run.emphasised)
            var part = ""
            let characters = Array(run.text)
            for (index, character) in characters.enumerated() {
                // A number is not parted from its %.
                let isBeforePercent = index + 1 < characters.count && characters[index + 1] == "%" && !part.isEmpty
                if character == "\n" || (character == " " && !isBeforePercent) {
                    if !part.isEmpty { word.append((part, style)) }
                    part = ""
                    if !word.isEmpty { words.append(word) }
                    word = []
                } else {
                    part.append(character)
                }
            }
            if !part.isEmpty { word.append((part, style)) }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    /// The word, or where it is wider than a line what its hyphens part it into.
    private func parts(of word: Word, limit: Double) -> [Word] {
        guard word.count == 1, let only = word.first, only.text.contains("-"), width(of: word) > limit else {
            return [word]
        }
        var parts: [String] = [""]
        for character in only.text {
            parts[parts.count - 1].append(character)
            if character == "-" { parts.append("") }
        }
        return parts.filter { !$0.isEmpty }.map { [($0, only.style)] }
    }

    private func width(of word: Word) -> Double { word.reduce(0) { $0 + width($1.text, $1.style) } }

    /// How high a paragraph is from the top of its first capitals to under its last descender.
    public func height(
        _ rich: RichText, size: TypeSize = .body, bold: Bool = false, width limit: Double, leading: Double = 13.2
    ) -> Double {
        let count = lines(rich, size: size, tone: .text, bold: bold, width: limit).count
        return count == 0 ? 0 : Double(count) * leading
    }
}
