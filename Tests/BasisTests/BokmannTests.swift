import Basis
import Testing

/// The cases of bokmann/business_time whose question exists here: hours added and taken, seconds between, rolling to
/// the next opening, being open. Whole business days do not exist here.
struct BokmannTests {
    static let cases = PublishedCase.all(
        of: "business_time_bokmann",
        ops: ["business_seconds_between", "add_business_hours", "roll_forward", "is_open_inclusive"])

    @Test func allCasesAreThere() {
        #expect(BokmannTests.cases.count == 85)
        #expect(Set(BokmannTests.differences.map(\.id)).isSubset(of: BokmannTests.cases.map(\.id)))
    }

    @Test(arguments: cases)
    func agreesOrDiffersByRule(_ published: PublishedCase) throws {
        let expected = published.json["expected"].inUTC
        let ours = try BokmannTests.answer(published)
        if let difference = BokmannTests.differences.first(where: { $0.id == published.id }) {
            #expect(expected == difference.theirs)
            #expect(ours == difference.ours, "\(difference.reason)")
            #expect(difference.ours != difference.theirs)
        } else {
            #expect(ours == expected)
        }
    }

    static let differences = [
        Difference(
            "bt-099", theirs: .int(-15_600), ours: .null, "an end before the start is a fault of the data"),
        Difference(
            "bt-108", theirs: .int(-176_400), ours: .null, "an end before the start is a fault of the data"),
        Difference(
            "bt-167", theirs: .text("2010-04-12T09:00:00Z"), ours: .text("2010-04-10T12:33:00Z"),
            "no open time at all ends where it began"),
        Difference(
            "bt-168", theirs: .text("2016-01-29T17:00:00Z"), ours: .text("2016-01-30T12:33:00Z"),
            "no open time at all begins where it ends"),
    ]

    static func answer(_ published: PublishedCase) throws -> JSON {
        let json = published.json
        let at = json["at"].text.isEmpty ? json["from"] : json["at"]
        let table = try PublishedSchedule(json["schedule"]).table(around: at.day)
        switch published.op {
        case "business_seconds_between":
            return table.openSeconds(from: json["from"].instant, to: json["to"].instant).map { .int($0) } ?? .null
        case "add_business_hours":
            let seconds = json["amount"].int * 3_600
            return JSON(
                seconds >= 0
                    ? table.deadline(from: at.instant, open: seconds)
                    : table.latestStart(to: at.instant, open: -seconds))
        case "roll_forward": return JSON(table.firstOpen(from: at.instant))
        default: return table.isOpen(at: at.instant).map { .bool($0) } ?? .null
        }
    }
}
