import Basis
import Dealership
import Testing

@testable import Definitions

@Suite("Files that are not YAML")
struct SyntaxTests {
    @Test(
        "the parser's complaint in plain words, at the line to mend",
        arguments: [
            ("name: \"Riverside\nhours: x\n", "1", "a quotation mark is opened here and not closed"),
            ("name: Riverside: Motors\n", "1", "a colon stands where no key can be"),
            ("name: R\n  hours: x\n", "2", "a colon stands where no key can be"),
            ("name: R\ncurrency\nhours: x\n", "2", "a key has no colon"),
            ("hours:\n    mon: x\n  tue: y\n", "3", "the line is not indented like its neighbours"),
            ("name: \"R\" Motors\n", "1", "the line is not indented like its neighbours, or a value goes on after"),
            ("name: R\nowners: { a: b\nhours: x\n", "2", "a { is opened here and not closed"),
            ("name: R\nowners: [ a, b\nhours: x\n", "2", "a [ is opened here and not closed"),
            ("name: @Riverside\n", "1", "a value begins with a character that YAML keeps for itself"),
            ("name: R\n---\nname: S\n", "2", "a second document begins here"),
            ("name: *riverside\n", "1", "a value cannot begin with * unless"),
        ])
    func explained(input: String, row: String, message: String) {
        let found = text { try DealershipFile.read(text: input, file: "d.yaml") }
        #expect(found.hasPrefix("d.yaml:\(row): error[syntax]: \(message)"), "\(found)")
    }

    @Test("UTF-16, which Windows calls Unicode")
    func utf16() {
        let bytes: [UInt8] = [0xFF, 0xFE] + "name: R".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(text { try DealershipFile.read(bytes: bytes, file: "d.yaml") } == """
            d.yaml:1: error[not-utf-8]: the file is UTF-16, not UTF-8; save it again with the encoding UTF-8

            """)
    }

    @Test("what no mapping is", arguments: ["- a\n- b\n", "just words", "\"\"", "[]"])
    func noMapping(input: String) {
        #expect(faults { try DealershipFile.read(text: input, file: "d.yaml") }.map(\.code) == ["wrong-type"])
    }

    @Test("nothing at all", arguments: ["", "\n\n", "# note\n", "~", "---\n"])
    func nothing(input: String) {
        #expect(faults { try DealershipFile.read(text: input, file: "d.yaml") }.map(\.code) == ["empty-file"])
    }

    @Test("an alias repeats a value; merging keys is refused")
    func aliases() throws {
        let repeated = "name: &n Riverside\nowners: { default: *n }\n"
        #expect(
            try DealershipFile.read(text: repeated, file: "d.yaml").value.owners
                == ["default": OwnerSettings(name: "Riverside")])
        let merged = "name: R\nconversion: &c { window: 30 days }\nconversations: { <<: *c }\n"
        #expect(faults { try DealershipFile.read(text: merged, file: "d.yaml") }.map(\.code) == ["unknown-key"])
    }

    @Test("lists in lists without end are a fault")
    func deep() {
        let input = "name: " + String(repeating: "[", count: 100_000)
        #expect(faults { try DealershipFile.read(text: input, file: "d.yaml") }.map(\.code) == ["too-deep"])
    }

    @Test("a damaged file gives faults or settings, always the same ones", arguments: 0..<400)
    func damaged(seed: Int) throws {
        var random = Mixer(state: UInt64(seed))
        var bytes = try fixture("full.dealership.yaml")
        let signs = Array(":-{}[]\"'#&*!|>%@, \n\ta1\u{0}".utf8) + [0xFF]
        for _ in 0..<random.next(below: 6) + 1 {
            let at = random.next(below: bytes.count)
            switch random.next(below: 3) {
            case 0: bytes[at] = signs[random.next(below: signs.count)]
            case 1: bytes.insert(signs[random.next(below: signs.count)], at: at)
            default: bytes.removeSubrange(at..<min(bytes.count, at + random.next(below: 40)))
            }
        }
        let first = faults { try DealershipFile.read(bytes: bytes, file: "d.yaml") }
        #expect(first == faults { try DealershipFile.read(bytes: bytes, file: "d.yaml") })
        let rows = bytes.count { $0 == 0x0A } + 1
        for fault in first {
            #expect(FaultCode(rawValue: fault.code) != nil)
            #expect((1...rows).contains(fault.location?.row ?? 1), "\(fault)")
        }
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014, doi:10.1145/2660193.2660195).
private struct Mixer {
    var state: UInt64

    mutating func next(below limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(limit))
    }
}
