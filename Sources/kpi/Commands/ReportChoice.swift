import Basis
import Dealership
import Definitions
import Reporting

/// Which month, store, outage and vendor a report is about, as the command line says and the exports allow.
struct ReportChoice {
    /// `2026-10`, or `latest`.
    var month: String
    /// An id; several with commas between, or `all`: a report of each.
    var store: String?
    var outage: String?
    var vendor: String?

    func request(_ definition: ReportDefinition, _ header: JournalHeader) throws(Rejection) -> ReportRequest {
        let store = try self.store(header)
        let monthsBack = ReportChoice.monthsBack(definition)
        try refuse(outage, "--outage", isAbout: .outage, definition, "outage")
        try refuse(vendor, "--vendor", isAbout: .vendor, definition, "claim")
        if let outage, definition.isAbout(.outage) {
            return try ReportRequest(
                month: month(of: outage, header), monthsBack: monthsBack, store: store, outage: outage)
        }
        let month = try self.month(header)
        guard definition.isAbout(.vendor) else { return ReportRequest(month: month, monthsBack: monthsBack, store: store) }
        return try ReportRequest(month: month, monthsBack: monthsBack, store: store, vendor: vendor(header))
    }

    /// In its charts over time.
    static func monthsBack(_ definition: ReportDefinition) -> Int {
        definition.pages.map { $0[.months] }.max() ?? PageOption.months.usual
    }

    private func refuse(
        _ value: String?, _ option: String, isAbout subject: ReportSubject, _ definition: ReportDefinition, _ report: String
    ) throws(Rejection) {
        guard value != nil, !definition.isAbout(subject) else { return }
        let about = subject == .outage ? "outage" : "vendor"
        throw Rejection(
            Diagnostic(
                .error, "unused-option", "the report \(definition.name) has no page on one \(about): \(option) says nothing to it",
                remedies: ["kpi report \(report) does", "or leave \(option) out"]))
    }

    private func month(_ header: JournalHeader) throws(Rejection) -> Month {
        if month == "latest" {
            guard !header.audits.isEmpty else {
                throw Rejection(
                    Diagnostic(
                        .error, "bad-month", "--month latest: there is no export to take it from",
                        remedies: ["put exports into the folder, or write --month 2026-10 to see what each page needs"]))
            }
            return header.latestWholeMonth
        }
        guard let month = Month(month) else {
            throw Rejection(
                Diagnostic(.error, "bad-month", "--month \(self.month) is no month", remedies: ["write 2026-10 or latest"]))
        }
        if !header.hasNoDays, month.firstDay > header.asOfDay {
            throw Rejection(
                Diagnostic(
                    .error, "bad-month", "\(month) had not begun on the as-of day, \(header.asOfDay)",
                    remedies: ["ask for a month that the exports reach: --month latest"]))
        }
        return month
    }

    /// Of what begins after the as-of nothing is known yet.
    static func began(_ outage: Outage, _ header: JournalHeader) throws(Rejection) {
        guard outage.start >= header.asOf else { return }
        throw Rejection(
            Diagnostic(
                .error, "bad-as-of",
                "--outage \(outage.identifier) began on \(outage.zone(header).day(at: outage.start)), after the as-of "
                    + "\(header.asOfDay)",
                remedies: ["give a later --as-of, or none"]))
    }

    /// That of its start.
    private func month(of identifier: String, _ header: JournalHeader) throws(Rejection) -> Month {
        guard let outage = header.outages.first(where: { $0.identifier == identifier }) else {
            let names = header.outages.map(\.identifier)
            let near = nearestName(to: identifier, among: names).map { ["did you mean \($0)?"] } ?? []
            throw Rejection(
                Diagnostic(
                    .error, "unknown-outage", "--outage \(identifier) is no outage on record",
                    remedies: near + [names.isEmpty ? "the outage log has none" : "without --outage: the longest of the month"]))
        }
        try ReportChoice.began(outage, header)
        let own = outage.zone(header).month(at: outage.start)
        if month != "latest", let asked = Month(month), asked != own {
            throw Rejection(
                Diagnostic(
                    .error, "bad-month", "--outage \(identifier) began in \(own), not in \(asked)",
                    remedies: ["leave --month out"]))
        }
        return own
    }

    private func store(_ header: JournalHeader) throws(Rejection) -> String? {
        guard let store, try several(header) == nil else { return nil }
        guard header.stores.contains(where: { $0.identifier == store }) else {
            throw Rejection(unknownStore(store, among: header.stores.map(\.identifier)))
        }
        return store
    }

    /// The stores that get a report each, in the order of the roster; nil: one report is made, of one store or of all.
    func stores(_ definition: ReportDefinition, _ header: JournalHeader) throws(Rejection) -> [String]? {
        guard let stores = try several(header) else { return nil }
        let subject = definition.pages.map(\.page.subject).first { $0 != .month }
        guard subject == nil, !definition.pages.contains(where: \.page.comparesStores) else {
            throw Rejection(
                Diagnostic(
                    .error, "bad-combination", "the report \(definition.name) is not made store by store",
                    remedies: ["leave --store out: it is of all stores", "or name one store"]))
        }
        return stores
    }

    private func several(_ header: JournalHeader) throws(Rejection) -> [String]? {
        let known = header.stores.map(\.identifier)
        guard let store, !known.contains(store) else { return nil }
        if store == "all" { return known }
        let names = store.split(separator: ",").map { $0.trimmingPrefix(while: \.isWhitespace) }
            .map { String($0.reversed().trimmingPrefix(while: \.isWhitespace).reversed()) }
        guard names.count > 1 else { return nil }
        if let unknown = names.first(where: { !known.contains($0) }) {
            throw Rejection(unknownStore(unknown, among: known))
        }
        return known.filter(names.contains)
    }

    /// A vendor with a contract, a system or an outage. Where one alone has a contract it need not be named.
    private func vendor(_ header: JournalHeader) throws(Rejection) -> String? {
        let contracts = Set(header.settings.contracts.map(\.vendor)).sorted()
        guard let vendor else {
            guard contracts.count > 1 else { return contracts.first }
            throw Rejection(
                Diagnostic(
                    .error, "no-vendor", "a claim is made to one vendor",
                    remedies: ["--vendor and one of: \(contracts.joined(separator: ", "))"]))
        }
        let systems = header.settings.outages.systems.compactMap(\.vendor)
        let known = Set(contracts + systems + header.outages.map(\.vendor)).filter { !$0.isEmpty }.sorted()
        guard known.contains(vendor) else {
            let near = nearestName(to: vendor, among: known).map { ["did you mean \($0)?"] } ?? []
            throw Rejection(
                Diagnostic(
                    .error, "unknown-vendor", "--vendor \(vendor) is no vendor on file",
                    remedies: near + [
                        known.isEmpty
                            ? "name it under `contracts:` in dealership.yaml" : "one of: \(known.prefix(12).joined(separator: ", "))"
                    ]))
        }
        return vendor
    }
}
