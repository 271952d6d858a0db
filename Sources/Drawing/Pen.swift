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
    func lines(_ rich: RichText, size: TypeSize, tone: Tone, bold: Bool = false, width limit: Double) -> [Line] {
        var lines: [Line] = []
        var line = Line()
        for word in words(rich, size: size, tone: tone, bold: bold) {
            for (index, part) in parts(of: word, limit: limit).enumerated() {
                let wide = width(of: part)
                let space = line.pieces.isEmpty || index > 0 ? 0 : spaceWidth(before: part, in: line)
                if !line.pieces.isEmpty, line.width + space + wide > limit + 0.01 {
                    lines.append(line)
                    line = Line()
                }
                append(part, to: &line, limit: limit, glued: index > 0)
            }
        }
        if !line.pieces.isEmpty { lines.append(line) }
        return lines
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

    private func spaceWidth(before word: Word, in line: Line) -> Double {
        guard let style = word.first?.style, let last = line.pieces.last else { return 0 }
        let first = word.first?.text ?? ""
        return last.style == style
            ? width(last.text + " " + first, style) - last.width - width(first, style)
            : width(" x", last.style) - width("x", last.style)
    }

    private func append(_ word: Word, to line: inout Line, limit: Double, glued: Bool) {
        for (index, part) in word.enumerated() {
            let space = index == 0 && !glued && !line.pieces.isEmpty ? " " : ""
            if let last = line.pieces.last, last.style == part.style {
                let joined = last.text + space + part.text
                line.pieces[line.pieces.count - 1] = (joined, part.style, width(joined, part.style))
                continue
            }
            if !space.isEmpty, let last = line.pieces.last {
                // The space belongs to the run before, so that the words stay apart in extracted text.
                let joined = last.text + " "
                let wide = last.width + width(" x", last.style) - width("x", last.style)
                line.pieces[line.pieces.count - 1] = (joined, last.style, wide)
            }
            let cut = fitted(part.text, part.style, width: max(limit, 20)).text
            line.pieces.append((cut, part.style, width(cut, part.style)))
        }
    }

    /// How high a paragraph is from the top of its first capitals to under its last descender.
    public func height(
        _ rich: RichText, size: TypeSize = .body, bold: Bool = false, width limit: Double, leading: Double = 13.2
    ) -> Double {
        let count = lines(rich, size: size, tone: .text, bold: bold, width: limit).count
        return count == 0 ? 0 : Double(count) * leading
    }
}
