import Testing

@testable import Definitions

@Suite("Nearest name")
struct NearestTests {
    private static let keys = ["time-zone", "hours", "targets", "conversion", "conversations", "window", "opened_at"]

    @Test(
        "slips find the name meant",
        arguments: [
            ("time_zone", "time-zone"), ("zone-time", "time-zone"), ("timezone", "time-zone"), ("Hours", "hours"),
            ("huors", "hours"), ("target", "targets"), ("conversation", "conversations"), ("convertion", "conversion"),
            ("window-days", "window"), ("at_opened", "opened_at"), ("OPENED-AT", "opened_at"),
        ])
    func slips(written: String, meant: String) {
        #expect(nearestName(to: written, among: Self.keys) == meant)
    }

    @Test("what is far from all finds none", arguments: ["", "-", "price", "zzz", "customer_id"])
    func far(written: String) {
        #expect(nearestName(to: written, among: Self.keys) == nil)
    }

    @Test("of equally near names the first is taken")
    func ties() {
        #expect(nearestName(to: "cat", among: ["bat", "hat"]) == "bat")
        #expect(nearestName(to: "cat", among: ["hat", "bat"]) == "hat")
        #expect(nearestName(to: "abcdef", among: ["abcdfe", "abcxef", "abc"]) == "abcdfe")
    }
}
