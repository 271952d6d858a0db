import Basis
import Programs
import Testing

/// What counts as restated, and what does not.
@Suite("Restatement")
struct RestatementTests {
    private static let october = Month(year: 2026, month: 10)
    private static let first = Month(year: 2025, month: 9).firstDay

    private func figure(
        _ id: String, _ estimate: String, label: String = "answered in time", method: String = "Wilson"
    ) -> IssuedFigure {
        IssuedFigure(page: 1, id: id, label: label, estimate: estimate, n: 100, method: method)
    }

    private func issue(_ figures: [IssuedFigure], settings: String = "s") -> IssuedReport {
        IssuedReport(
            subject: .init(report: "monthly"), month: Self.october, on: Self.october.lastDay + 3,
            asOf: Instant(seconds: 1_793_500_000), asOfDay: Self.october.lastDay, firstDays: ["messages": Self.first],
            settings: settings, program: "1", figures: figures)
    }

    /// - Parameter asThen: by today's rows as of the issue; nil: as of then and today are one instant.
    private func restatement(
        _ then: [IssuedFigure], _ now: [IssuedFigure], asThen: [IssuedFigure]? = nil, settings: String = "s",
        firstDays: [String: Day] = ["messages": RestatementTests.first]
    ) -> Restatement {
        Restatement(
            of: issue(then), then: then, today: now, asThen: asThen ?? now, settings: settings, firstDays: firstDays)
    }

    @Test("what prints the same is not restated, whatever stands behind the last digit", arguments: [
        ("RESP-02@2026-10", "0.894159", "0.886000", true), ("RESP-02@2026-10", "0.894159", "0.884900", false),
        ("S2S-02@2026-08", "0.031120", "0.031480", true), ("S2S-02@2026-08", "0.031120", "0.031510", false),
        ("S2S-08@2026-10", "75828.80", "75829.40", true), ("S2S-08@2026-10", "75828.80", "75829.60", false),
        ("S2S-01@2026-10", "33", "33", true), ("S2S-01@2026-10", "33", "34", false),
        ("RESP-02@2026-10", "0.997000", "1.000000", false), ("RESP-02@2026-10", "0.000000", "0.002000", false),
        ("RESP-02@2026-10", "", "", true), ("RESP-02@2026-10", "0.894159", "", false),
        ("RESP-02@2026-10", "", "0.894159", false),
        ("MISS-01@2026-10", "5.011", "5.049", true), ("MISS-01@2026-10", "5.011", "5.051", false),
    ])
    func printsTheSame(_ id: String, _ then: String, _ now: String, _ isSame: Bool) {
        let found = restatement([figure(id, then)], [figure(id, now)])
        #expect(found.changes.isEmpty == isSame, "\(found.changes)")
    }

    @Test("waits are held against each other as pages write them", arguments: [
        ("256", "265", true), ("256", "280", false), ("40", "41", false), ("14400", "14429", true),
        ("14400", "14430", false), ("900000", "945000", true), ("900000", "960000", false),
        (">3600", "3600", false), (">3600", ">3601", true),
    ])
    func waits(_ then: String, _ now: String, _ isSame: Bool) {
        let id = "RESP-07@2026-10;channel=sms"
        let found = restatement(
            [figure(id, then, label: "Text, half answered within, seconds", method: "Kaplan–Meier")],
            [figure(id, now, label: "Text, half answered within, seconds", method: "Kaplan–Meier")])
        #expect(found.changes.isEmpty == isSame, "\(found.changes)")
    }

    @Test("a figure that stands on several pages is told once, its difference beside it")
    func once() throws {
        let then = [
            figure("S2S-01@2026-10", "33", label: "sales"),
            figure("S2S-01@2026-10", "33", label: "sales, October 2026"),
            figure("S2S-01@2026-09", "30", label: "sales, September 2026"),
        ]
        let now = [
            figure("S2S-01@2026-10", "35", label: "sales"),
            figure("S2S-01@2026-10", "35", label: "sales, October 2026"),
            figure("S2S-01@2026-09", "30", label: "sales, September 2026"),
        ]
        let found = restatement(then, now)
        let only = try #require(found.changes.first)
        #expect(found.changes.count == 1 && only.difference == "2" && only.why == .rows)
    }

    @Test("a late row and what came after the as-of instant are told apart")
    func why() {
        let then = [figure("RESP-06@2026-10", "80", label: "waiting"), figure("S2S-01@2026-10", "33", label: "sales")]
        let now = [figure("RESP-06@2026-10", "75", label: "waiting"), figure("S2S-01@2026-10", "34", label: "sales")]
        let asThen = [figure("RESP-06@2026-10", "80", label: "waiting"), figure("S2S-01@2026-10", "34", label: "sales")]
        let found = restatement(then, now, asThen: asThen)
        #expect(found.changes.map(\.why) == [.since, .rows])
        #expect(found.count(.since) == 1 && found.count(.rows) == 1)
        // Rows that a later answer made good again: it reads as it was issued.
        #expect(restatement(then, then, asThen: asThen).changes.isEmpty)
    }

    @Test("a figure that today's rows have no longer is told; one that only ripened is not")
    func gone() {
        let young = figure("S2S-03@2026-09", "0.0295", label: "bought by day 30")
        let older = figure("S2S-03@2026-09", "0.0310", label: "bought by day 60")
        #expect(restatement([young], [older], asThen: [young]).changes.isEmpty)
        #expect(restatement([young], [], asThen: [young]).changes.isEmpty)
        let lost = restatement([figure("RESP-02@2026-10;channel=chat", "0.9")], [])
        #expect(lost.changes.map(\.now.estimate) == [""] && lost.changes.map(\.difference) == [""])
        // What pages choose to print again and again is no figure that was lost.
        let chosen = [
            figure("RESP-02@2026-10", "0.9", label: "all"), figure("RESP-02@2026-10", "0.9", label: "first action"),
        ]
        #expect(restatement(chosen, [chosen[0]]).changes.isEmpty)
    }

    @Test("a name in a label that was corrected hides no change")
    func renamed() {
        let found = restatement(
            [figure("RESP-09@2026-10;person=P1", "0.900000", label: "Answered in time, Dana Ruis")],
            [figure("RESP-09@2026-10;person=P1", "0.800000", label: "Answered in time, Dana Ruiz")])
        #expect(found.changes.count == 1)
    }

    @Test("what tells of the day or of the files is told anew, not restated")
    func ofTheDay() {
        func figures(_ days: String, _ rows: String) -> [IssuedFigure] {
            [figure("VEND-04@2026-10;vendor=N", days, label: "days"), figure("DATA-01@2026-10", rows, label: "rows")]
        }
        let (then, now) = (figures("13", "0.5"), figures("9", "0.6"))
        #expect(restatement(then, now).changes.isEmpty)
    }

    @Test("months that today's exports no longer hold are not held against the issue")
    func uncovered() {
        func sales(_ old: String, _ new: String) -> [IssuedFigure] {
            [figure("S2S-01@2025-09", old, label: "September"), figure("S2S-01@2026-10", new, label: "October")]
        }
        let (then, now) = (sales("20", "33"), sales("3", "34"))
        let short = restatement(then, now, firstDays: ["messages": Self.first + 20])
        #expect(short.uncovered == Month(year: 2025, month: 9))
        #expect(short.changes.map(\.then.id) == ["S2S-01@2026-10"])
        #expect(restatement(then, now, firstDays: ["messages": Self.first + 2]).changes.count == 2)
        #expect(restatement(then, now, firstDays: [:]).changes.isEmpty)
    }

    @Test("the largest is that in proportion; differences of figures follow others and come last")
    func largest() {
        let then = [
            figure("S2S-02@2026-10", "-0.010", label: "change", method: "Newcombe hybrid score"),
            figure("S2S-01@2026-10", "40", label: "sales"), figure("S2S-08@2026-10", "100.00", label: "gross"),
        ]
        let now = [
            figure("S2S-02@2026-10", "0.050", label: "change", method: "Newcombe hybrid score"),
            figure("S2S-01@2026-10", "50", label: "sales"), figure("S2S-08@2026-10", "110.00", label: "gross"),
        ]
        #expect(restatement(then, now).largest?.then.id == "S2S-01@2026-10")
    }

    @Test("the fingerprint holds figures and settings, not pages; comments in settings are none of it")
    func fingerprint() {
        let one = [figure("S2S-01@2026-10", "33")]
        var moved = one
        moved[0].page = 4
        let print = IssuedReport.fingerprint(one, settings: "s")
        #expect(print.count == 64 && print == IssuedReport.fingerprint(moved, settings: "s"))
        #expect(print != IssuedReport.fingerprint(one, settings: "t"))
        #expect(print != IssuedReport.fingerprint([figure("S2S-01@2026-10", "34")], settings: "s"))
        #expect(print != IssuedReport.fingerprint([figure("S2S-01@2026-1", "033")], settings: "s"))
        let text = "name: Riverside\ntargets: { sms: 15 min }\n"
        let hash = IssuedReport.settingsHash([text])
        #expect(hash == IssuedReport.settingsHash(["# Ours\n\(text)\n  # more\n"]))
        #expect(hash != IssuedReport.settingsHash([text.replacing("15", with: "10")]))
        #expect(restatement(one, one, settings: "other").isOtherwiseSet)
    }
}
