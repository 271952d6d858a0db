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
    for candidate in names where candidate != name {
        let spelling = Spelling(candidate)
        guard let distance = meant.distance(to: spelling) else { continue }
        if let known = best, known.distance <= distance { continue }
        best = (candidate, distance)
    }
    return best?.name
}

/// A name without what people vary: case, order of words, and what stands between them.
private struct Spelling {
    /// In the order written, joined by a hyphen.
    let letters: [UInt32]
    /// In alphabetical order, joined by a hyphen.
    let sortedLetters: [UInt32]
    let words: [Substring]

    init(_ name: String) {
        let lower = name.lowercased()
        words = lower.split { "-_. /".contains($0) }
        letters = words.joined(separator: "-").unicodeScalars.map(\.value)
        sortedLetters = words.sorted().joined(separator: "-").unicodeScalars.map(\.value)
    }

    /// Nil when too far to be a slip.
    func distance(to other: Spelling) -> Int? {
        let allowed = max(1, max(letters.count, other.letters.count) / 3)
        // As many letters as one is longer must be inserted.
        if abs(letters.count - other.letters.count) <= allowed {
            let asWritten = alignmentDistance(letters, other.letters)
            let edits = letters == sortedLetters && other.letters == other.sortedLetters
                ? asWritten : min(asWritten, alignmentDistance(sortedLetters, other.sortedLetters))
            if edits <= allowed { return edits }
        }
        // A whole-word beginning is nearer than nothing, but any slip of a letter or two is likelier.
        let common = min(words.count, other.words.count)
        let begins = words.prefix(common) == other.words.prefix(common)
        return common > 0 && words.count != other.words.count && begins ? 3 : nil
    }
}

/// Fewest letters to insert, remove, replace or swap with their neighbour to turn `a` into `b`.
private func alignmentDistance(_ a: [UInt32], _ b: [UInt32]) -> Int {
    if a.isEmpty { return b.count }
    if b.isEmpty { return a.count }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    var row = beforeLast
    for i in 1...a.count {
        row[0] = i
        for j in 1...b.count {
            let same = a[i - 1] == b[j - 1]
            row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1))
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                row[j] = min(row[j], beforeLast[j - 2] + 1)
            }
        }
        (beforeLast, last, row) = (last, row, beforeLast)
    }
    return last[b.count]
}
