import Basis

/// The words of people's names that can tell one person from another, by the name's code: no titles, no initials, no legal
/// forms. Which word is the surname an export does not say (`Smith, Ada`, `Ada Smith`, `Smith Ada`), so two names agree
/// when they have a word in common, and differ when they have none.
struct NameWords {
    private var starts: [Int32] = [0]
    private var words: [Int32] = []

    private static let empty = [
        "mr", "mrs", "ms", "miss", "dr", "jr", "sr", "ii", "iii", "iv", "the", "and", "of", "inc", "llc", "ltd", "co",
        "corp", "company", "gmbh", "unknown", "none", "na", "test", "customer", "cash",
    ]

    init(_ names: IdentifierPool) {
        var pool = IdentifierPool(expected: names.count)
        for word in NameWords.empty { pool.intern(word) }
        let firstMeant = Int32(truncatingIfNeeded: pool.count)
        var letters = PlainLetters()
        starts.reserveCapacity(names.count + 1)
        words.reserveCapacity(names.count * 2)
        for code in 0..<Int32(names.count) {
            names.withBytes(of: code) { letters.read($0) }
            for word in 0..<letters.count {
                letters.withWord(word) { bytes in
                    if bytes.count < 2 { return }
                    let code = pool.intern(bytes)
                    if code >= firstMeant { words.append(code) }
                }
            }
            starts.append(Int32(truncatingIfNeeded: words.count))
        }
    }

    func words(of name: Int32) -> ArraySlice<Int32> {
        name < 0 ? [] : words[Int(starts[Int(name)])..<Int(starts[Int(name) + 1])]
    }

    func agreement(_ a: Int32, _ b: Int32) -> Agreement {
        if a >= 0, a == b { return words(of: a).isEmpty ? .unknown : .agree }
        if a < 0 || b < 0 { return .unknown }
        let (mine, its) = (Int(starts[Int(a)])..<Int(starts[Int(a) + 1]), Int(starts[Int(b)])..<Int(starts[Int(b) + 1]))
        if mine.isEmpty || its.isEmpty { return .unknown }
        for i in mine {
            for j in its where words[i] == words[j] { return .agree }
        }
        return .differ
    }
}

/// Whether two records say the same of one thing.
public enum Agreement: UInt8, Sendable {
    case agree, unknown, differ

    /// Of several records of one number: once the same is the same.
    mutating func take(_ other: Agreement) {
        if other == .agree || self == .unknown && other == .differ { self = other }
    }
}
