import Basis
import Testing

struct IntervalSetTests {
    private func set(_ pairs: (Int64, Int64)...) -> IntervalSet {
        IntervalSet(pairs.map { Instant(seconds: $0.0)..<Instant(seconds: $0.1) })
    }

    @Test func unitesWhatOverlapsOrTouches() {
        #expect(set((10, 20), (0, 5), (15, 30), (5, 7), (40, 40), (12, 13)) == set((0, 7), (10, 30)))
        #expect(set((10, 20), (0, 5), (15, 30)).seconds == 25)
        #expect(set((5, 5)).isEmpty)
    }

    @Test func containsItsStartsNotItsEnds() {
        let outages = set((0, 5), (10, 20))
        let inside = [-1, 0, 4, 5, 9, 10, 19, 20].filter { outages.contains(Instant(seconds: $0)) }
        #expect(inside == [0, 4, 10, 19])
    }

    @Test func clipsToARange() {
        let outages = set((0, 5), (10, 20), (30, 40))
        #expect(outages.intersection(Instant(seconds: 3)..<Instant(seconds: 12)) == set((3, 5), (10, 12)))
        #expect(outages.intersection(Instant(seconds: 5)..<Instant(seconds: 10)).isEmpty)
        #expect(outages.intersection(Instant(seconds: 12)..<Instant(seconds: 12)).isEmpty)
        #expect(outages.intersection(Instant(seconds: -9)..<Instant(seconds: 99)) == outages)
    }

    @Test func printsAsText() {
        #expect(set((0, 60)).description == "1970-01-01T00:00:00Z/1970-01-01T00:01:00Z")
    }

    /// Second by second, on 400 random pairs of sets over 60 seconds.
    @Test func operationsAreThoseOfSets() {
        var source = SeededSource(seed: 7)
        for _ in 0..<400 {
            let (a, b) = (randomSet(&source), randomSet(&source))
            #expect(members(a.set) == a.members)
            #expect(members(a.set.union(b.set)) == a.members.union(b.members))
            #expect(members(a.set.intersection(b.set)) == a.members.intersection(b.members))
            #expect(members(a.set.subtracting(b.set)) == a.members.subtracting(b.members))
            #expect(a.set.seconds == Int64(a.members.count))
            // One set of instants has one form.
            #expect(a.set.subtracting(b.set).union(a.set.intersection(b.set)) == a.set)
            let first = b.set.intervals.first ?? Instant(seconds: 0)..<Instant(seconds: 9)
            #expect(a.set.intersection(first) == a.set.intersection(IntervalSet([first])))
        }
    }

    private func randomSet(_ source: inout SeededSource) -> (set: IntervalSet, members: Set<Int64>) {
        var ranges: [Range<Instant>] = []
        var members: Set<Int64> = []
        for _ in 0..<Int.random(in: 0...5, using: &source) {
            let start = Int64.random(in: 0..<60, using: &source)
            let end = Int64.random(in: start...min(60, start + 20), using: &source)
            ranges.append(Instant(seconds: start)..<Instant(seconds: end))
            members.formUnion(start..<end)
        }
        return (IntervalSet(ranges), members)
    }

    private func members(_ set: IntervalSet) -> Set<Int64> {
        Set((-1...61).filter { set.contains(Instant(seconds: $0)) })
    }
}

/// The same random numbers on every run: SplitMix64 (Steele, Lea, Flood 2014, doi:10.1145/2660193.2660195).
struct SeededSource: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
