import Basis
import Sample
import Testing

/// Twins differ in the feature that was left out, and in that alone.
struct TwinTests {
    private func lines(_ made: SampleDealership, _ path: String) -> Set<String> {
        Set(made.files.first { $0.path == "exports/" + path }?.text.split(separator: "\n").map(String.init) ?? [])
    }

    /// Every answer takes the same work; only outages and their recovery lie between.
    @Test func withoutOutagesAnswersAreShiftedByCoveredOpenTimeOnly() {
        let (made, twin) = (make(months: 3, size: 0.6), make(months: 3, size: 0.6, without: [.outages]))
        #expect(!made.truth.outages.delays.isEmpty)
        #expect(made.truth.outages.lost["email", default: 0] > 0)
        #expect(twin.truth.outages.delays.isEmpty && twin.truth.outages.lost.isEmpty)
        var compared = 0
        for (thread, seconds) in made.truth.responses.workSeconds {
            #expect(twin.truth.responses.workSeconds[thread] == seconds, "\(thread)")
            compared += 1
        }
        #expect(compared > 1_000)
        for delay in made.truth.outages.delays {
            #expect(delay.reply > delay.replyWithout && delay.openSeconds > 0)
        }
        let missing = twin.truth.responses.counts.values.reduce(0) { $0 + $1.all }
            - made.truth.responses.counts.values.reduce(0) { $0 + $1.all }
        // Of the leads that the web form lost, those go missing here whom somebody would have reached.
        let leads = made.truth.outages.lost["leads", default: 0]
        let others = made.truth.outages.lost.values.reduce(0, +) - leads
        #expect((others...(others + leads)).contains(missing))
        for path in ["RO_2026.tsv", "customers_crm.csv", "scheduler.csv", "people.csv", "other_channels.csv"] {
            #expect(lines(made, path) == lines(twin, path), "\(path)")
        }
    }

    @Test func withoutTheEffortOnlyServiceMailIsLater() {
        let (made, twin) = (make(months: 5), make(months: 5, without: [.effort]))
        let others = ["texts.csv", "calls.csv", "chat.csv", "RO_2026.tsv", "dms_deals.csv", "crm_leads.csv"]
        for path in others {
            #expect(lines(made, path) == lines(twin, path), "\(path)")
        }
        #expect(made.truth.responses.afterEffort.share > twin.truth.responses.afterEffort.share)
        #expect(made.truth.responses.beforeEffort == twin.truth.responses.beforeEffort)
    }

    @Test func withoutTheDedicatedPersonsEffectLeadsAreTheSame() {
        let (made, twin) = (make(months: 4, size: 0.4), make(months: 4, size: 0.4, without: [.dedicated]))
        #expect(made.truth.visits == twin.truth.visits)
        #expect(made.truth.leads.others == twin.truth.leads.others)
        #expect(made.truth.leads.dedicated.mapValues(\.leads) == twin.truth.leads.dedicated.mapValues(\.leads))
        let reached = { (truth: SampleTruth) in truth.leads.dedicated.values.reduce(0) { $0 + $1.reached } }
        #expect(reached(made.truth) > reached(twin.truth))
        let talks = { (made: SampleDealership) in lines(made, "email.csv").filter { $0.hasPrefix("EM") } }
        #expect(talks(made) == talks(twin))
        // Who bought comes with another car: what the scheduler knows of cars is left out.
        func booked(_ made: SampleDealership) -> Set<String> {
            Set(lines(made, "scheduler.csv").map {
                $0.split(separator: ",", omittingEmptySubsequences: false).prefix(8).joined(separator: ",")
            })
        }
        #expect(booked(made) == booked(twin))
    }

    /// The faults stand in rows of their own; every other row is there without them too.
    @Test func withoutDirtOnlyThePlantedRowsAreMissing() throws {
        let (made, twin) = (make(months: 8), make(months: 8, without: [.dirt]))
        #expect(twin.truth.faults.isEmpty)
        #expect(Set(made.truth.faults.keys) == Set(SampleTruth.Fault.allCases))
        for file in twin.files where file.path.hasPrefix("exports/") && !file.path.contains("RO_") {
            let path = String(file.path.dropFirst(8))
            #expect(lines(twin, path).isSubset(of: lines(made, path)), "\(path)")
        }
        let dirty = try Rows(made, "RO_2026.tsv", key: "RO Number")
        let clean = try Rows(twin, "RO_2026.tsv", key: "RO Number")
        #expect(Set(clean.lines).isSubset(of: Set(dirty.lines)))
        let faults = made.truth.faults
        #expect(dirty["Status"].count { $0 == "V" } - repeats(dirty) { $0["Status"] == "V" } == faults[.voidOrder])
        #expect(dirty["Pay"].count { $0 == "I" } - repeats(dirty) { $0["Pay"] == "I" } == faults[.internalOrder])
        #expect(dirty["VIN"].count { $0.count == 16 } == faults[.shortVIN])
        #expect(clean["VIN"].allSatisfy { $0.count == 17 })
    }

    /// Rows that stand twice and fulfil the condition.
    private func repeats(_ rows: Rows, _ condition: ([String: String]) -> Bool) -> Int {
        var seen: Set<String> = []
        return zip(rows.lines, rows.cells).count { line, cells in
            !seen.insert(line).inserted && condition(Dictionary(zip(rows.columns, cells)) { a, _ in a })
        }
    }

    @Test func withoutSilenceEverybodyIsAnswered() {
        let (made, twin) = (make(months: 3, size: 0.5), make(months: 3, size: 0.5, without: [.silence]))
        #expect(made.truth.responses.saturdayTexts > 5)
        #expect(twin.truth.responses.saturdayTexts == 0)
        // Who wrote last, in the last minutes and hours, may still be waiting.
        #expect(twin.truth.responses.counts.values.reduce(0) { $0 + $1.waiting } <= 3)
        for (thread, seconds) in made.truth.responses.workSeconds where thread.hasPrefix("EM") {
            #expect(twin.truth.responses.workSeconds[thread] == seconds)
        }
        #expect(lines(made, "RO_2026.tsv") == lines(twin, "RO_2026.tsv"))
    }

    @Test func withoutSeasonalityTheTotalsAreAlike() {
        let (made, twin) = (make(months: 12, size: 0.2), make(months: 12, size: 0.2, without: [.seasonality]))
        let (busy, even) = (made.truth.visits.values.reduce(0, +), twin.truth.visits.values.reduce(0, +))
        #expect(abs(busy - even) < busy / 8, "\(busy) and \(even)")
    }
}
