import Basis
import Dealership
import Testing

@testable import Definitions

@Suite("Ladder, contracts, protocols and vendors' rules")
struct OwedSectionsTests {
    private func read(_ text: String) throws -> Checked<DealershipSettings> {
        try DealershipFile.read(text: "name: Riverside\n" + text, file: "d.yaml")
    }

    @Test("a ladder as a list has the usual parameters, as keys its own")
    func ladder() throws {
        let list = try #require(
            try read(
                """
                ladder:
                  - { when: answer late, give: explain and apologise }
                  - { when: [waited over 1 h 30 min, own fault], give: Small credit and an apology, amount: 25,
                  even-when-rare: yes }
                  - { when: Met or spoken to and down over 2 h, give: a call from the manager }
                  - { when: visit moved, give: a loan car, counts-as: [Loan Car] }
                """
            ).value.ladder)
        #expect(
            list
                == RemedyLadder(
                    rungs: [
                        .init(
                            conditions: [.answerLate], give: "explain and apologise",
                            kinds: ["apology", "explanation"]),
                        .init(
                            conditions: [.waitedOver(5_400), .ownFault], give: "Small credit and an apology",
                            kinds: ["credit", "voucher", "refund"], amount: Money(minorUnits: 2_500), evenWhenRare: true
                        ),
                        .init(
                            conditions: [.metOrSpokenTo, .downOver(7_200)], give: "a call from the manager",
                            kinds: ["call"]),
                        .init(conditions: [.visitMoved], give: "a loan car", kinds: ["loan car"]),
                    ], rareOutages: 2, rareDays: 90, metDays: 30, mostApologies: 2))
        #expect(list.rungs[2].words == "met or spoken to and down over 2 h")
        let keys = try #require(
            try read(
                """
                ladder:
                  rungs: [{ when: answer late, give: a call }]
                  rare: 0
                  rare-within: 30 days
                  met-within: 7 days
                  apologies: 1
                """
            ).value.ladder)
        #expect([keys.rareOutages, keys.rareDays, keys.metDays, keys.mostApologies] == [0, 30, 7, 1])
    }

    @Test("contracts: one or several of a vendor, tiers as written or from one to the next")
    func contracts() throws {
        let checked = try read(
            """
            outages:
              systems:
                e-mail: { activities: [email], vendor: Northmail }
                lines: { activities: [phone], vendor: Linewell }
            contracts:
              Northmail:
                - { availability: 99.95 %, measured: open, maintenance: counted, fee: 1648.5,
                    credit: { below 99.95%: 10 %, below 99 %: 25.5 % }, claim-within: 31 days, claim-from: month,
                    from: 2026-07-01, renewal: 2027-06-30, notice: 60 days, systems: [e-mail], stores: [S1] }
                - { availability: 99 %, until: 2026-06-30 }
              Linewell:
                availability: 99.999 %
                fee: 10
                credit: { 99 % to 99.999 %: 5 %, below 99 %: 100 % }
                claim-within: 2 weeks
            """)
        #expect(checked.diagnostics.map(\.code) == [])
        func a(_ value: Int) -> VendorContract.Availability { .init(milliPercent: value) }
        #expect(
            checked.value.contracts == [
                VendorContract(
                    vendor: "Linewell", availability: a(99_999), fee: Money(minorUnits: 1_000),
                    tiers: [
                        .init(from: a(99_000), below: a(99_999), creditPermille: 50),
                        .init(from: nil, below: a(99_000), creditPermille: 1_000),
                    ], claimWithinDays: 14),
                VendorContract(vendor: "Northmail", availability: a(99_000), until: Day(year: 2026, month: 6, day: 30)),
                VendorContract(
                    vendor: "Northmail", systems: ["e-mail"], stores: ["S1"], availability: a(99_950), measured: .open,
                    maintenance: .counted, fee: Money(minorUnits: 164_850),
                    tiers: [
                        .init(from: a(99_000), below: a(99_950), creditPermille: 100),
                        .init(from: nil, below: a(99_000), creditPermille: 255),
                    ], claimWithinDays: 31, claimFrom: .month, from: Day(year: 2026, month: 7, day: 1),
                    renewal: Day(year: 2027, month: 6, day: 30), noticeDays: 60),
            ])
        #expect(checked.value.contracts[2].noticeDay == Day(year: 2027, month: 5, day: 1))
    }

    @Test("protocols: yes, no, steps of its own, or those of all")
    func protocols() throws {
        let outages = try read(
            """
            outages:
              protocol: { acknowledge: 15 min }
              systems:
                a: { activities: [email], protocol: yes }
                b:
                  activities: [sms]
                  protocol: { tell-customers: { within: 1 h, from: detection, clock: open }, after-care: 2 days }
                c: { activities: [phone], protocol: no }
                d: { activities: [chat] }
            """
        ).value.outages
        #expect(
            outages.steps(ofSystem: "a") == [.init(name: "acknowledge", withinSeconds: 900, from: .start, clock: .wall)]
        )
        #expect(
            outages.steps(ofSystem: "b") == [
                .init(name: "tell-customers", withinSeconds: 3_600, from: .detection, clock: .open),
                .init(name: "after-care", withinSeconds: 172_800, from: .end, clock: .wall),
            ])
        #expect(["c", "d", "unknown"].map { outages.steps(ofSystem: $0) } == [nil, nil, nil])
        #expect(
            try read("outages: { systems: { a: { activities: [email], protocol: yes } } }").value.outages.steps(
                ofSystem: "a") == [])
    }

    @Test("rules: one clause or a list; without any there is no rule")
    func rules() throws {
        let rule = try read(
            """
            rules:
              vendors:
                over: 6 months
                switch: { months-missed: 3, claims-answered-below: 50 % }
                watch: [{ outages: 6 }, { down-over: 10 h }, { restore-over: 4 h }, { promises-broken: 1 }]
            """
        ).value.vendorRule
        #expect(
            rule
                == VendorRule(
                    months: 6, switchClauses: [.init([.monthsMissed(3), .claimsAnsweredBelow(500)])],
                    watchClauses: [
                        .init([.outages(6)]), .init([.downOver(36_000)]), .init([.restoreOver(14_400)]),
                        .init([.promisesBroken(1)]),
                    ]))
        #expect(rule?.switchClauses[0].words == "months-missed 3 and claims-answered-below 50 %")
        #expect(try read("").value.vendorRule == nil)
        #expect(throws: Rejection.self) { try read("rules: { vendors: { over: 12 months } }") }
    }
}
