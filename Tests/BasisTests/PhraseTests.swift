import Basis
import Testing

@Suite struct PhraseTests {
    private static let text = """
        msgid ""
        msgstr ""
        "Language: de\\n"
        "Plural-Forms: nplurals=2; plural=(n != 1);\\n"
        "X-Decimal: ,\\n"
        "X-Group: .\\n"
        "X-Nouns: capital\\n"

        msgid "{0} of {1} are late"
        msgstr "Von {1} sind {0} zu spät"

        msgctxt "short"
        msgid "May"
        msgstr "Mai"

        # A remark of the translator's.
        msgid "{0} customer waits"
        msgid_plural "{0} customers wait"
        msgstr[0] "{0} Kunde wartet"
        msgstr[1] "{0} Kunden "
        "warten"

        #, fuzzy
        msgid "Sales"
        msgstr "Verkaufen"

        msgid "Set \\"targets\\": {{ lead: 1 h }"
        msgstr "\\"targets\\" setzen: {{ lead: 1 h }"
        """

    private static func german() throws -> Phrasebook { try PhraseFile.read(text, file: "de.po") }

    @Test func placesMayMove() throws {
        Speech.$book.withValue(try Self.german()) {
            #expect(say("\(3) of \("20") are late") == "Von 20 sind 3 zu spät")
            #expect(say("Set \"targets\": {{ lead: 1 h }") == "\"targets\" setzen: {{ lead: 1 h }")
        }
        #expect(say("\(3) of \("20") are late") == "3 of 20 are late")
    }

    @Test func contextsTellApart() throws {
        Speech.$book.withValue(try Self.german()) {
            #expect(say("May", context: "short") == "Mai")
            // Not filed without the context: English stands.
            #expect(say("May") == "May")
        }
    }

    @Test func countsChooseTheirForm() throws {
        func waits(_ count: Int) -> String { say(count, "\(count) customer waits", "\(count) customers wait") }
        Speech.$book.withValue(try Self.german()) {
            #expect([0, 1, 2].map(waits) == ["0 Kunden warten", "1 Kunde wartet", "2 Kunden warten"])
        }
        #expect([0, 1, 2].map(waits) == ["0 customers wait", "1 customer waits", "2 customers wait"])
    }

    @Test func languagesWithThreeForms() throws {
        let polish = Phrasebook(
            language: "pl", numbers: .english, plural: .polish, entries: ["{0} day": ["{0} dzień", "{0} dni", "{0} dnia"]])
        Speech.$book.withValue(polish) {
            let told = [1, 2, 5, 12, 22, 25].map { say($0, "\($0) day", "\($0) days") }
            #expect(told == ["1 dzień", "2 dni", "5 dnia", "12 dnia", "22 dni", "25 dnia"])
        }
    }

    @Test func whatIsUnsureIsNotUsed() throws {
        Speech.$book.withValue(try Self.german()) { #expect(say("Sales") == "Sales") }
    }

    @Test func numbersByLanguage() throws {
        let german = try Self.german().numbers
        #expect(german.count(1_234_567) == "1.234.567")
        #expect(german.count(-9_377) == "\u{2212}9.377")
        #expect(german.decimals("3.45") == "3,45")
        let spanish = NumberStyle(decimal: ",", group: ".", groupedFrom: 5)
        #expect([9_377, 12_345].map(spanish.count) == ["9377", "12.345"])
        let swiss = try Self.german().regional("CH").numbers
        #expect(swiss.count(12_345) == "12\u{2019}345" && swiss.decimals("3.4") == "3.4")
        #expect(NumberStyle.english.count(1_000) == "1,000")
    }

    @Test func faultsNameTheirLine() {
        let damaged = "msgid \"\"\nmsgstr \"Language: de\\n\"\n\nmsgid \"a\"\nmsgstr \"b\nwhat \"c\"\n"
        do {
            _ = try PhraseFile.read(damaged, file: "de.po")
            Issue.record("a damaged file was read")
        } catch {
            #expect(error.diagnostics.map(\.location?.row) == [5, 6])
            #expect(error.diagnostics.allSatisfy { $0.code == "language-unreadable" && !$0.remedies.isEmpty })
        }
        #expect(throws: Rejection.self) { try PhraseFile.read("msgid \"a\"\nmsgstr \"b\"\n", file: "x.po") }
    }
}
