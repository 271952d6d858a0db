import Basis
import Testing

/// Sentences kept in English are said in the document's language, part by part.
@Suite struct KeptPhrasesTests {
    private static let kept = KeptPhrases(
        free: ["reversed: {0}"],
        ["outage {0} changed", "late", "in time", "{0}: {1} → {2} ({3})", "{0}: {1} → {2}", "waited {0} → {1}"])

    private static let german = Phrasebook(
        language: "de", numbers: NumberStyle(decimal: ",", group: "."), capitalizesNouns: true,
        entries: [
            "reversed: {0}": ["storniert: {0}"], "outage {0} changed": ["Ausfall {0} geändert"], "late": ["verspätet"],
            "in time": ["rechtzeitig"], "waited {0} → {1}": ["gewartet {0} → {1}"], "Calls taken": ["Angenommene Anrufe"],
            "{0} at most {1}": ["{0}: höchstens {1}"],
        ])

    @Test(arguments: [
        ("C-1: late → in time (waited 35:20 → 12)", "C-1: verspätet → rechtzeitig (gewartet 35:20 → 12)"),
        ("C-1: late → in time", "C-1: verspätet → rechtzeitig"), ("outage OUT-7 changed", "Ausfall OUT-7 geändert"),
        ("nobody wrote this", "nobody wrote this"), ("", ""),
    ])
    func areSaidPartByPart(english: String, german: String) {
        let said = Speech.$book.withValue(Self.german) { Self.kept.said(english) }
        #expect(said == german)
        #expect(Self.kept.said(english) == english)
    }

    /// What a person wrote is nobody's to translate.
    @Test func leavesPeoplesWords() {
        #expect(Speech.$book.withValue(Self.german) { Self.kept.said("reversed: late") } == "storniert: late")
    }

    /// `calls taken` inside a sentence is filed under its title; decimal signs are the language's.
    @Test func findsTitlesAndNumbers() {
        let gates = KeptPhrases(["{0} at most {1}", "{0} %"])
        let said = Speech.$book.withValue(Self.german) { gates.said("calls taken at most 2.5 %") }
        #expect(said == "Angenommene Anrufe: höchstens 2,5 %")
    }
}
