import Foundation

/// A column's name as words that can be compared: `RONumber`, `ro_no` and `RO #` are all `ro id`.
struct HeaderWords: Hashable, Sendable {
    let words: [String]

    init(_ name: String) {
        var found: [String] = []
        for piece in HeaderWords.pieces(name.folding(options: .diacriticInsensitive, locale: nil)) {
            if let known = Synonyms.words[piece] {
                if !known.isEmpty { found += known.split(separator: " ").map(String.init) }
            } else {
                found += Synonyms.vocabulary.contains(piece) ? [piece] : HeaderWords.segments(piece)
            }
        }
        words = found
    }

    /// Nothing that tells one column from another: a lone `id`, `date`, `type`.
    var isGeneric: Bool { words.allSatisfy { Synonyms.generic.contains($0) } }

    /// Small letters, split where the notation changes.
    private static func pieces(_ name: String) -> [String] {
        var pieces: [String] = []
        var current = ""
        var last: Character = " "
        let letters = Array(name)
        func kind(_ c: Character) -> Int { c.isUppercase ? 2 : c.isLetter ? 1 : c.isNumber ? 3 : 0 }
        for (index, letter) in letters.enumerated() {
            let (before, now) = (kind(last), kind(letter))
            let next = index + 1 < letters.count ? kind(letters[index + 1]) : 0
            let begins = (before == 1 && now == 2) || (before == 2 && now == 2 && next == 1)
                || (before != 0 && now == 3 && before != 3) || (before == 3 && now != 3)
            if now == 0 || begins, !current.isEmpty {
                pieces.append(current)
                current = ""
            }
            if letter == "#" { pieces.append("id") }
            if now != 0 { current += letter.lowercased() }
            last = letter
        }
        if !current.isEmpty { pieces.append(current) }
        // `VINs`, `ROs`: a lone s behind capitals is no word.
        return pieces.filter { $0 != "s" || pieces.count == 1 }
    }

    /// `custno` → customer id; a piece that does not fall into known words stays as it is.
    private static func segments(_ piece: String) -> [String] {
        let letters = Array(piece)
        guard letters.count > 3, letters.count < 40 else { return [piece] }
        // The fewest words that fill it.
        var best = [[String]?](repeating: nil, count: letters.count + 1)
        best[0] = []
        for end in 1...letters.count {
            for start in max(0, end - 14)..<end {
                guard let before = best[start], end - start > 1 else { continue }
                let word = String(letters[start..<end])
                let known = Synonyms.words[word] ?? (Synonyms.vocabulary.contains(word) ? word : nil)
                guard let known else { continue }
                if let there = best[end], there.count <= before.count { continue }
                best[end] = before + [known]
            }
        }
        guard let found = best[letters.count], found.count < 5 else { return [piece] }
        return found.flatMap { $0.split(separator: " ").map(String.init) }
    }

    /// How alike, from 0 to 1. Words that stand in every export (`id`, `date`) count for little.
    func likeness(to other: HeaderWords) -> Double {
        if words.isEmpty || other.words.isEmpty { return 0 }
        if words == other.words { return 1 }
        let (mine, its) = (Set(words), Set(other.words))
        if mine == its { return 0.97 }
        let (merged, itsMerged) = (HeaderWords.merged(mine), HeaderWords.merged(its))
        if merged == itsMerged { return 0.94 }
        func weight(_ words: Set<String>) -> Double {
            words.reduce(0) { $0 + (Synonyms.generic.contains($1) ? 0.4 : 1) }
        }
        let common = weight(merged.intersection(itsMerged))
        let all = weight(merged.union(itsMerged))
        if common > 0.4 { return 0.9 * common / all }
        let (a, b) = (words.joined(), other.words.joined())
        guard min(a.count, b.count) > 4, a.first == b.first else { return 0.9 * common / all }
        return HeaderWords.distance(a, b) <= 1 ? 0.8 : 0.9 * common / all
    }

    /// A date and a time name the same column, where there is only one of them.
    private static func merged(_ words: Set<String>) -> Set<String> {
        Set(words.map { $0 == "date" ? "time" : $0 })
    }

    private static func distance(_ a: String, _ b: String) -> Int {
        let (a, b) = (Array(a), Array(b))
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                row.append(min(last[j] + (a[i] == b[j] ? 0 : 1), row[j] + 1, last[j + 1] + 1))
            }
            last = row
        }
        return last[b.count]
    }
}
