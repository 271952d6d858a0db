import Foundation
import Synchronization
import Testing

/// What is fuzzed with libFuzzer for releases (`Scripts/fuzz`), here without it: every input that fuzzing starts from,
/// and some thousand of them changed, the same ones in every run.
@Suite("Fuzz targets hold what must hold", .serialized)
struct FuzzReplayTests {
    private static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path()

    /// Of each target, so that all together take no more than a minute or two without optimisation.
    private static let changed: [Target: Int] = [
        .folder: 1_500, .gzip: 1_500, .workbook: 3_000, .mail: 1_500, .definitions: 3_000, .zone: 10_000,
    ]

    @Test("the inputs to start from, and changed ones", arguments: Target.allCases)
    func replay(target: Target) throws {
        defer { FolderRun.shared.remove() }
        let seeds = try Seeds.all(target, repository: Self.repository)
        #expect(seeds.count >= 5)
        let words = try Seeds.words(target, repository: Self.repository)
        var changes = Changes(seeds: seeds, words: words)
        for input in seeds { try hold(target, input) }
        for _ in 0..<(Self.changed[target] ?? 0) { try hold(target, changes.next()) }
    }

    @Test("a rule that is broken is told, with the input")
    func told() {
        let told = Self.broken { must(1 > 2, "one is more than two") }
        #expect(told == ["one is more than two"])
    }

    @Test("changes are the same in every run, and change something")
    func changesAreTheSame() {
        let seeds = [Array("lead_id,created_at\nL1,2026-10-01\n".utf8), [1, 2, 3]]
        var (one, other) = (Changes(seeds: seeds, words: [[9]]), Changes(seeds: seeds, words: [[9]]))
        let made = (0..<200).map { _ in one.next() }
        #expect(made == (0..<200).map { _ in other.next() })
        #expect(Set(made).subtracting(seeds).count > 150)
    }

    private func hold(_ target: Target, _ input: [UInt8]) throws {
        let broken = Self.broken { target.run(input) }
        try #require(broken.isEmpty, "\(target) \(broken): \(Data(input).base64EncodedString())")
    }

    private static func broken(_ run: () -> Void) -> [String] {
        let told = Told()
        Broken.$note.withValue({ what in told.what.withLock { $0.append(what) } }, operation: run)
        return told.what.withLock { $0 }
    }
}

private final class Told: Sendable {
    let what = Mutex<[String]>([])
}

/// Inputs made of others, as libFuzzer makes them: bytes changed, inserted and removed, words put in, two inputs
/// joined.
struct Changes {
    private let seeds: [[UInt8]]
    private let words: [[UInt8]]
    private var state: UInt64 = 20_261_123
    private static let longest = 4_096

    init(seeds: [[UInt8]], words: [[UInt8]]) {
        self.seeds = seeds
        self.words = words
    }

    mutating func next() -> [UInt8] {
        var input = seeds[below(seeds.count)]
        for _ in 0...below(4) { change(&input) }
        return Array(input.prefix(Changes.longest))
    }

    private mutating func change(_ input: inout [UInt8]) {
        let place = below(input.count + 1)
        let end = min(input.count, place + 1 + below(1 << below(8)))
        switch below(8) {
        case 0 where place < input.count: input[place] ^= 1 << UInt8(below(8))
        case 1 where place < input.count: input[place] = [0, 0x0A, 0x22, 0x2C, 0x7F, 0x80, 0xC3, 0xFF][below(8)]
        case 2: input.removeSubrange(place..<end)
        case 3: input.insert(contentsOf: input[place..<end], at: below(input.count + 1))
        case 4 where !words.isEmpty: input.insert(contentsOf: words[below(words.count)], at: place)
        case 5 where !words.isEmpty: input.replaceSubrange(place..<end, with: words[below(words.count)])
        case 6:
            let other = seeds[below(seeds.count)]
            input.replaceSubrange(place..<end, with: other[below(other.count + 1)...].prefix(64))
        default: input.insert(UInt8(below(256)), at: place)
        }
    }

    /// Steele, Lea, Flood: "Fast splittable pseudorandom number generators" (2014), doi:10.1145/2660193.2660195.
    private mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return Int(mixed.multipliedFullWidth(by: UInt64(max(1, bound))).high)
    }
}
