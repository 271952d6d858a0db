extension Words {
    /// A count at the beginning of a sentence, in words up to nine: `One`, `Nine`, `12`.
    static func spelled(_ value: Int) -> String {
        let words = ["None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"]
        return words.indices.contains(value) ? words[value] : count(value)
    }
}
