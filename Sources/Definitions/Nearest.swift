/// The name of `names` that was probably meant by `name`, or nil when none is near.
///
/// Near is: the same words in another order, case or notation (`zone_time` for `time-zone`); at most a third of the
/// letters mistyped, missing or swapped with their neighbour; or one the whole-word beginning of the other
/// (`window-days` for `window`). Of equally near names the first in `names` is taken.
/// Source of the distance: F. Damerau, "A technique for computer detection and correction of spelling errors" (1964),
/// doi:10.1145/363958.363994, restricted to non-overlapping edits (optimal string alignment).
public func nearestName(to name: String, among names: some Sequence<String>) -> String? {
    let meant = Spelling(name)
    // No name is so long, and the work grows with the square.
    guard !meant.letters.isEmpty, meant.letters.count <= 100 else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in names where meant.mayBeNear(candidate) && candidate != name {
        guard let distance = meant.distance(to: Spelling(candidate)) else { continue }
        if let known = best, known.distance <= distance { continue }
        best = (candidate, distance)
    }
    return best?.name
}

/// A name without what people vary: case, order of words, and what stands between them.
private struct Spelling {
    /// In the order written, joined by a hyphen.
    let letters: [UInt32]
    /// Of `letters`.
    let words: [Range<Int>]
    /// Which letters there are, `kind` by `kind`.
    private let kinds: UInt64
    private let isASCII: Bool

    init(_ name: String) {
        var letters: [UInt32] = []
        var words: [Range<Int>] = []
        var kinds: UInt64 = 0
        var start = 0
        func end() {
            if start < letters.count { words.append(start..<letters.count) }
        }
        isASCII = name.utf8.allSatisfy { $0 < 0x80 }
        for scalar in (isASCII ? name : name.lowercased()).unicodeScalars {
            guard let letter = Spelling.letter(scalar.value) else {
                if start < letters.count {
                    end()
                    letters.append(Spelling.hyphen)
                    start = letters.count
                }
                continue
            }
            letters.append(letter)
            kinds |= Spelling.kind(letter)
        }
        end()
        if letters.last == Spelling.hyphen { letters.removeLast() }
        self.letters = letters
        self.words = words
        self.kinds = kinds
    }

    private static let hyphen: UInt32 = 0x2D

    /// In lower case as far as it is ASCII; nil: it stands between words.
    @inline(__always)
    private static func letter(_ scalar: UInt32) -> UInt32? {
        switch scalar {
        case 0x2D, 0x5F, 0x2E, 0x20, 0x2F: nil
        case 0x41...0x5A: scalar | 0x20
        default: scalar
        }
    }

    @inline(__always)
    private static func kind(_ letter: UInt32) -> UInt64 { 1 << UInt64(letter & 63) }

    /// Whether the distance can be other than nil, at the cost of one look at each letter: nearly all names end here.
    func mayBeNear(_ candidate: String) -> Bool {
        var kinds: UInt64 = 0
        var count = 0
        var isBetween = true
        var first = 0
        var startsAlike = true
        for byte in candidate.utf8 {
            guard byte < 0x80, isASCII else { return true }
            guard let letter = Spelling.letter(UInt32(byte)) else {
                isBetween = true
                continue
            }
            if isBetween, count > 0 {
                if first == 0 { first = count }
                count += 1
            }
            isBetween = false
            if first == 0, count >= letters.count || letters[count] != letter { startsAlike = false }
            kinds |= Spelling.kind(letter)
            count += 1
        }
        let firstWord = first == 0 ? count : first
        if startsAlike, firstWord > 0, words.first?.count == firstWord { return true }
        // A letter that only one of them has must be replaced, inserted or removed.
        let allowed = max(1, max(letters.count, count) / 3)
        return abs(letters.count - count) <= allowed && (self.kinds & ~kinds).nonzeroBitCount <= allowed
            && (kinds & ~self.kinds).nonzeroBitCount <= allowed
    }

    /// In alphabetical order, joined by a hyphen.
    private var sortedLetters: [UInt32] {
        if words.count < 2 { return letters }
        let sorted = words.map { letters[$0] }.sorted { $0.lexicographicallyPrecedes($1) }
        return Array(sorted.joined(separator: [Spelling.hyphen]))
    }

    /// Nil when too far to be a slip.
    func distance(to other: Spelling) -> Int? {
        let allowed = max(1, max(letters.count, other.letters.count) / 3)
        // As many letters as one is longer must be inserted.
        if abs(letters.count - other.letters.count) <= allowed {
            let asWritten = alignmentDistance(letters, other.letters)
            let (sorted, otherSorted) = (sortedLetters, other.sortedLetters)
            let edits = letters == sorted && other.letters == otherSorted
                ? asWritten : min(asWritten, alignmentDistance(sorted, otherSorted))
            if edits <= allowed { return edits }
        }
        // A whole-word beginning is nearer than nothing, but any slip of a letter or two is likelier.
        let common = min(words.count, other.words.count)
        guard words.count != other.words.count, common > 0,
            (0..<common).allSatisfy({ letters[words[$0]] == other.letters[other.words[$0]] })
        else { return nil }
        return 3
    }
}

/// Fewest letters to insert, remove, replace or swap with their neighbour to turn `a` into `b`.
private func alignmentDistance(_ a: [UInt32], _ b: [UInt32]) -> Int {
    if a.isEmpty { return b.count }
    if b.isEmpty { return a.count }
    // Three rows of the table, one behind the other.
    let width = b.count + 1
    return withUnsafeTemporaryAllocation(of: Int.self, capacity: 3 * width) { rows in
        var (beforeLast, last, row) = (0, width, 2 * width)
        rows.initialize(repeating: 0)
        for j in 0..<width { rows[last + j] = j }
        for i in 1...a.count {
            rows[row] = i
            for j in 1...b.count {
                let same = a[i - 1] == b[j - 1]
                var least = min(rows[last + j] + 1, rows[row + j - 1] + 1, rows[last + j - 1] + (same ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    least = min(least, rows[beforeLast + j - 2] + 1)
                }
                rows[row + j] = least
            }
            (beforeLast, last, row) = (last, row, beforeLast)
        }
        return rows[last + b.count]
    }
}
