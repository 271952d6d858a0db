import Basis
import Dealership
import Definitions
import Drawing
@testable import Measures
@testable import Reporting
import Statistics

/// Months in which every page has something to draw, or next to nothing, with names short and long.
enum WholeMonth: String, CaseIterable {
    case nothing, messagesOnly, salesOnly, outagesOnly, tooLittle, ordinary, crowded, longNames, manyStores, extreme

    var report: TinyReport {
        var report = TinyReport()
        switch self {
        case .nothing: break
        case .messagesOnly:
            report.export(.messages)
            WholeMonth.converse(&report, ["email"], each: 100)
        case .salesOnly: report.export(.sales)
        case .outagesOnly:
            report.export(.outages)
            WholeMonth.breakDown(&report, ["e-mail"])
        case .tooLittle:
            WholeMonth.fill(&report, channels: ["chat", "email"], each: 4, teams: ["service", "sales"], systems: ["e-mail"])
        case .ordinary:
            WholeMonth.fill(
                &report, channels: ["email", "sms", "phone", "chat"], each: 100,
                teams: ["service", "sales", "parts", "finance"], systems: ["e-mail", "phone lines", "scheduler"])
        case .crowded:
            WholeMonth.fill(
                &report, channels: ["email", "sms", "phone", "chat", "web", "whatsapp", "fax", "portal", "social"], each: 90,
                teams: ["service", "sales", "parts", "finance", "body shop", "bdc", "rental"],
                systems: ["e-mail", "phone lines", "scheduler", "dms", "crm", "payments", "text platform"])
        case .manyStores:
            for index in 1..<40 {
                let name = "Riverside \(["Chevrolet", "Nissan", "Hyundai of the Lakes", "Kia"][index % 4]) \(index)"
                report.otherStores.append(Store(identifier: "s\(index)", name: name, zone: 0, group: 0))
            }
            WholeMonth.fill(
                &report, channels: ["email", "sms", "phone"], each: 120, teams: ["service", "sales"], systems: ["e-mail"])
        case .extreme:
            // 300 stores, 60 people, names of 80 characters.
            for index in 1..<300 {
                let start = "Riverside \(index) "
                let rest = "Chevrolet Buick GMC Cadillac of Greater Minneapolis-Saint Paul and of all the Lakes"
                let name = start + rest.prefix(80 - start.count)
                report.otherStores.append(Store(identifier: "s\(index)", name: name, zone: 0, group: 0))
            }
            WholeMonth.fill(
                &report, channels: ["email", "sms", "phone"], each: 120, teams: ["service", "sales"], systems: ["e-mail"],
                family: "Featherstonehaugh-Wolfeschlegelsteinhausenbergerdorff von und zu Hohenlohe-Ingen", people: 60)
        case .longNames:
            report.settings.name = "Riverside Chevrolet Buick GMC Cadillac of Greater Minneapolis and Saint Paul"
            WholeMonth.fill(
                &report, channels: ["email", "website-chat-with-parts-department", "whatsapp-business-messenger"], each: 90,
                teams: ["service and collision repair", "new and pre-owned sales", "parts and accessories"],
                systems: ["e-mail and calendar hosting of the group", "phone lines and call recording"],
                family: "Featherstonehaugh-Vandenberg")
        }
        return report
    }

    private static func fill(
        _ report: inout TinyReport, channels: [String], each: Int, teams: [String], systems: [String],
        family: String = "Ruiz", people: Int = 12
    ) {
        report.export(.messages, .serviceVisits, .sales, .leads, .appointments, .outages, .people)
        report.settings.owners = ["default": OwnerSettings(name: "Maria \(family)", role: "Manager of \(teams[0])")]
        report.settings.dueInDays = ["default": 14]
        converse(&report, channels, each: each)
        for (index, from) in teams.enumerated() {
            for to in teams where to != from {
                report.handoffs(from, to, inTime: each / 2, late: each / (8 + index), silent: each / 10)
            }
        }
        for index in 0..<people {
            let identifier = "p\(index)"
            report.people.append(
                Person(
                    identifier: identifier, store: 0, name: "Robin\(index) \(family)", department: teams[index % teams.count],
                    role: "", isRemote: nil, payrollIdentifier: "", activeFrom: nil, activeTo: nil))
            report.person(identifier, inTime: max(each - index, 0), missed: index == people - 1 ? each : index)
        }
        report.export(.ratings, .conversations)
        report.respond(channels, each: each, teams: teams, people: people)
        report.messages(channels[0], each * 20)
        report.messages("whatsapp", each, isOff: true)
        for back in -12...0 {
            report.visits(report.month + back, each * 8, bought: each / 4, leads: each * 3, contacts: each)
            report.convert(report.month + back, each: each, people: (0..<people).map { "p\($0)" })
            report.store("a", inTime: each * 4, missed: each / 2, month: (report.month + back).description)
            for (index, store) in report.otherStores.enumerated() {
                report.store(
                    store.identifier, inTime: index == 9 ? each : each * 4, missed: each / 3 + index % 5,
                    month: (report.month + back).description)
                let month = report.month + back
                let visits = report.outcome(month, each + index * 7, bought: index == 7 ? each / 4 : each / 25)
                report.add(.visitsByStore, [month.description, store.identifier], visits)
            }
        }
        breakDown(&report, systems)
        report.export(.remedies, .claims, .complaints)
        let vendors = systems.map { "\($0.prefix(1).uppercased() + $0.dropFirst()) Services" }
        report.owners(vendors, systems: systems)
        for (index, vendor) in vendors.enumerated() {
            report.year(vendor, missed: index % 4, asked: index, answered: index / 3)
        }
        report.vendor = vendors.first
        for (index, outage) in report.outages.enumerated() { effect(&report, outage, channels, each: each, index: index) }
        report.details.waiting = WaitingCurve(counts: ["2026-10-03 10:00": 4, "2026-10-03 11:00": each])
        report.details.owed = (0..<each / 4).map {
            OwedCustomer(
                number: "C-\(1_000 + $0)", store: report.otherStores.last?.name ?? "", rung: 2 - $0 % 3,
                waited: Int64(40_000 - $0 * 60),
                cost: "answer late", hasLesser: $0 % 5 == 0)
        }
    }

    /// What each outage did: the first a clear loss, others unclear.
    private static func effect(_ report: inout TinyReport, _ outage: Outage, _ channels: [String], each: Int, index: Int) {
        for (order, channel) in channels.enumerated() where order % 3 == index % 3 || index == 0 {
            report.missing(
                outage.identifier, channel, expected: Double(each) / Double(order + 1),
                observed: index == 0 ? each / 20 : each / (order + 1),
                weeks: order == 4 ? 2 : 8)
            report.delay(outage.identifier, channel, exposed: each / 3 + 1, excess: index == 0 ? 9_000 : 600, deviation: 900)
            if order == 0 || index == 0 { report.curve(outage, channel) }
        }
        report.expose(outage.identifier, conversations: each, leads: each / 10, mailings: index == 0 ? 2 : 0, customers: each)
        report.cost(outage.identifier, lost: index == 2 ? nil : (index == 0 ? 650 : 0, 2_390, 4_120), staff: 280)
        for rung in 0...3 {
            report.remedies(outage.identifier, rung: rung, due: each / (rung + 2) + 1, given: rung, worth: rung * 25)
        }
    }

    /// Answers of the report's month: the last channel mostly late, on a Saturday.
    private static func converse(_ report: inout TinyReport, _ channels: [String], each: Int) {
        for (index, channel) in channels.enumerated() {
            let isLast = index == channels.count - 1
            report.conversations(
                channel, day: 5 + index, inTime: each, late: each / 20, silent: isLast ? each / 10 : 0, stillWithin: 1)
            if isLast { report.conversations(channel, day: 10, inTime: each / 3, late: each / 3, silent: each / 4) }
        }
    }

    private static func breakDown(_ report: inout TinyReport, _ systems: [String]) {
        for (index, system) in systems.enumerated() {
            let hours = Int64(index % 5 + 1)
            let start = ZoneRules.utc.startOfDay(report.month.firstDay + (index * 5 + 2) % 30) + 32_400
            report.outages.append(
                Outage(
                    identifier: "out\(index)", store: -1, vendor: "", system: system, channel: "", start: start,
                    end: start + hours * 3_600, detected: nil, acknowledged: nil, notified: nil, isExternal: nil,
                    vendorStart: nil, vendorEnd: nil, source: .none))
            var counts = [Int64](repeating: 0, count: OutageImpact.Counter.allCases.count)
            counts[OutageImpact.Counter.outages.rawValue] = 1
            counts[OutageImpact.Counter.openDown.rawValue] = hours * 3_600
            counts[OutageImpact.Counter.wallDown.rawValue] = hours * 3_600
            counts[OutageImpact.Counter.open.rawValue] = 31 * 86_400
            let none = [SparseHistogram](repeating: SparseHistogram(), count: OutageImpact.Histogram.allCases.count)
            let tally = Tally(counts: counts, histograms: none)
            report.add(.outagesOfMonth, ["out\(index)"], tally)
            report.add(.incidents, ["out\(index)"], tally)
            report.add(.outages, ["2026-10"], tally)
            report.add(.outagesBySystem, ["2026-10", system, ""], tally)
            report.add(.downtimeBySystem, ["2026-10", system], tally)
        }
    }

    /// Every page there is, those of the monthly report first.
    func draw(
        paper: Paper, orientation: Orientation = .landscape, theme: Theme = .standard, actions: Int? = nil,
        characterWidth: Double = 0.55, step: (Report.Step) -> Void = { _ in }
    ) -> Report {
        let pages = PageKind.allCases.map { kind in
            PageDefinition(
                question: "What is the question?", page: kind,
                options: kind == .whatMustIDo ? actions.map { [.actions: $0] } ?? [:] : [:])
        }
        let definition = ReportDefinition(
            name: "monthly", title: "Monthly", paper: paper, orientation: orientation, pages: pages)
        return Report.draw(
            definition, context: report.context, theme: theme,
            measurer: FixedWidthMeasurer(characterWidth: characterWidth), step: step)
    }
}
