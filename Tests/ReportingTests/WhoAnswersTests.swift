import Dealership
import Definitions
import Drawing
@testable import Measures
@testable import Reporting
import Testing

@Suite struct WhoAnswersTests {
    private func month(_ fill: (inout TinyReport) -> Void = { _ in }) -> TinyReport {
        var report = TinyReport()
        report.export(.messages, .people)
        fill(&report)
        return report
    }

    @Test func withoutMessagesThePageSaysWhatToExport() {
        let drawn = TinyReport().draw(.whoAnswers)
        #expect(drawn.headline == "No messages exported: nobody can tell who answers")
        #expect(drawn.words.contains("exports/people.csv"))
    }

    @Test func withoutPeopleNobodyIsScored() {
        let drawn = month { $0.conversations("email", day: 5, inTime: 95, late: 5) }.draw(.whoAnswers)
        #expect(drawn.headline == "Who answers cannot be told")
        #expect(drawn.words.contains("person_id"))
        #expect(drawn.ledger.entries.isEmpty)
    }

    /// A team with harder work is no reason to blame its people: among all they would lie far below.
    @Test func everybodyIsHeldAgainstTheirOwnTeam() {
        let drawn = month { report in
            for index in 0..<30 {
                report.member("s\(index)", "Service \(index)", of: "service", inTime: 190, missed: 10)
            }
            for index in 0..<2 { report.member("p\(index)", "Parts \(index)", of: "parts", inTime: 130, missed: 70) }
        }
        #expect(PeopleStanding(drawn.context).needingHelp.map(\.name) == ["Parts 0", "Parts 1"])
        let page = drawn.draw(.whoAnswers)
        #expect(page.headline == "Nobody stands out within their own team")
        #expect(page.words.contains("Service: nobody stands out"))
        #expect(page.words.contains("Parts: nobody stands out"))
    }

    @Test func whoIsAboveTheirOwnTeamIsWorthPraising() {
        let drawn = month { report in
            for index in 0..<9 { report.member("p\(index)", "Parts \(index)", of: "parts", inTime: 130, missed: 70) }
            report.member("top", "Tess Moss", of: "parts", inTime: 190, missed: 10)
            for index in 0..<5 { report.member("s\(index)", "Service \(index)", of: "service", inTime: 196, missed: 4) }
        }.draw(.whoAnswers)
        #expect(drawn.headline == "One person is worth praising")
        #expect(drawn.words.contains("Tess Moss answers more in time than their own team’s range explains."))
        #expect(drawn.words.contains("190 of 200 in time; at the team’s average it would be 136."))
    }

    @Test func theDashedCurveTwiceInARowIsBeyondChance() {
        func page(_ months: [String]) -> DrawnTiny {
            month { report in
                for index in 0..<9 { report.member("p\(index)", "Parts \(index)", of: "parts", inTime: 160, missed: 40) }
                report.member("top", "Tess Moss", of: "parts", inTime: 174, missed: 26)
                for earlier in months {
                    for index in 0..<9 { report.person("p\(index)", inTime: 160, missed: 40, month: earlier) }
                    report.person("top", inTime: 174, missed: 26, month: earlier)
                }
            }.draw(.whoAnswers)
        }
        #expect(page([]).headline == "Nobody stands out within their own team")
        let twice = page(["2026-09"])
        #expect(twice.headline == "One person is worth praising")
        #expect(twice.words.contains("Month 2 in a row."))
    }

    @Test func tenConversationsAreNotScored() {
        let drawn = month { report in
            for index in 0..<4 { report.member("p\(index)", "Parts \(index)", of: "parts", inTime: 60, missed: 5) }
            report.member("new", "Nora New", of: "parts", inTime: 0, missed: 10)
            report.member("sole", "Sol Alone", of: "finance", inTime: 50, missed: 5)
            report.person("", inTime: 0, missed: 7)
        }.draw(.whoAnswers)
        #expect(drawn.words.contains("Nora New 10 of 20 needed."))
        #expect(drawn.words.contains("Nobody of their team to compare with: Sol Alone."))
        #expect(drawn.words.contains("7 unanswered had no assignee and count for nobody."))
        #expect(!drawn.ledger.entries.contains { $0.id.slice[.person] == "new" })
        #expect(!drawn.words.contains(" 0 %"))
    }

    @Test func ratingsStandBesideWherePeopleHaveEnough() {
        func page(_ count: Int64) -> DrawnTiny {
            month { report in
                report.export(.ratings)
                for index in 0..<3 { report.member("p\(index)", "Parts \(index)", of: "parts", inTime: 60, missed: 5) }
                report.ratings("p0", [5: count, 4: count])
                report.ratings("p1", [1: 3])
            }.draw(.whoAnswers)
        }
        let drawn = page(15)
        #expect(drawn.words.contains("4.5"))
        #expect(drawn.ledger.entries.first { $0.id.code == "RATE-01" }?.estimate == "4.500")
        #expect(drawn.ledger.entries.count { $0.id.code == "RATE-01" } == 1)
        #expect(page(4).words.contains("Ratings too few: at most 8 of 20 needed."))
        let without = month { $0.member("p", "P", of: "parts", inTime: 60, missed: 5) }.draw(.whoAnswers)
        #expect(without.words.contains("No exports/ratings.csv"))
    }

    @Test func workplacesAreComparedByTheirDifference() {
        func page(_ late: Int) -> String {
            month {
                $0.member("p", "P", of: "parts", inTime: 60, missed: 5)
                $0.workplace("on-site", inTime: 180, late: 20)
                $0.workplace("remote", inTime: 200 - late, late: late)
            }.draw(.whoAnswers).words
        }
        #expect(page(24).contains("Remote or on site: no clear difference"))
        #expect(page(60).contains("Remote answers less in time"))
        #expect(month { $0.member("p", "P", of: "parts", inTime: 60, missed: 5) }.draw(.whoAnswers).words.contains("place"))
    }
}
