public import Basis
public import Dealership

/// Everything a vendor's credit request asks for, as values: what was promised, what happened when by our record and by the
/// vendor's own, the computation line by line, what it cost us, and the tables to attach. DEFINITIONS 4, Claim pack.
public struct ClaimPack: Sendable {
    /// Something that happened, by whose record.
    public struct Event: Hashable, Sendable {
        public enum Origin: String, Hashable, Sendable { case ours, vendor }
        public var at: Instant
        public var outage: String
        public var words: String
        public var origin: Origin
    }

    /// One outage at one store, as far as it counts in the month.
    public struct Row: Hashable, Sendable {
        public var outage: String
        public var system: String
        public var store: String
        public var start: Instant
        /// Nil: still down.
        public var end: Instant?
        public var detected: Instant?
        public var acknowledged: Instant?
        public var vendorStart: Instant?
        public var vendorEnd: Instant?
        /// By the contract's clock, within the month, what others cover left out.
        public var countedSeconds: Int64
        /// From our start to our end by the wall clock; nil: still down.
        public var ourSeconds: Int64?
        /// By the vendor's own published times; nil: none are on record.
        public var vendorSeconds: Int64?
        /// Known by day only.
        public var isByDay: Bool
    }

    /// One line of the computation.
    public struct Line: Hashable, Sendable {
        public var label: String
        /// As a table prints it: exact integers, percent with three decimals, money.
        public var value: String
        public var unit: String
        /// How it was got.
        public var origin: String
    }

    /// What it cost us, for the letter; no part of the credit.
    public struct Loss: Hashable, Sendable {
        public var label: String
        public var low: Money?
        public var middle: Money?
        public var high: Money?
        public var origin: String
        public init(label: String, low: Money?, middle: Money?, high: Money?, origin: String) {
            self.label = label
            self.low = low
            self.middle = middle
            self.high = high
            self.origin = origin
        }
    }

    public var dealership: String
    public var currency: String
    public var vendor: String
    public var month: Month
    /// By whose clock times are printed.
    public var zone: ZoneRules
    /// One; several where the vendor has more than one contract in the month.
    public var parts: [ContractMonth]
    public var timeline: [Event]
    public var rows: [Row]
    public var computation: [Line]
    public var losses: [Loss]
    /// What the contract credits; nil: it says nothing of credits.
    public var creditDue: Money?
    /// The nearest, of what is due.
    public var claimBy: Day?
    public var daysLeft: Int?
    public var claims: [OutageLedger.Claim]
    public var asOfDay: Day

    /// Nil: no contract of the vendor was in force in that month, or the outage log does not reach it.
    public init?(_ context: LinkingContext, vendor: String, month: Month, losses: [Loss] = []) {
        let header = context.header
        let all = ContractMonths(context, vendor: vendor, only: month...month)
        guard !all.months.isEmpty else { return nil }
        dealership = header.settings.name
        currency = header.settings.currency
        self.vendor = vendor
        self.month = month
        self.losses = losses
        zone = all.zone
        parts = all.months
        asOfDay = header.asOfDay
        rows = parts.flatMap { part in part.pieces.map { Row($0, header) } }
        timeline = ClaimPack.timeline(parts, header)
        computation = parts.flatMap { ClaimPack.lines($0, header) }
        let due = parts.compactMap(\.creditDue)
        creditDue = due.isEmpty ? nil : due.reduce(.zero, +)
        claimBy = parts.filter(\.isCreditDue).compactMap(\.claimBy).min()
        daysLeft = claimBy.map { $0 - header.asOfDay }
        claims = parts.flatMap(\.claims)
    }

    /// Months of a vendor with a credit to ask for, the newest first.
    public static func months(_ context: LinkingContext, vendor: String) -> [Month] {
        Set(ContractMonths(context, vendor: vendor).months.filter(\.isCreditDue).map(\.month)).sorted(by: >)
    }
}

extension ClaimPack {
    private static func timeline(_ parts: [ContractMonth], _ header: JournalHeader) -> [Event] {
        var events: [Event] = []
        for index in Set(parts.flatMap { $0.pieces.map(\.outage) }).sorted() {
            let outage = header.outages[index]
            func add(_ at: Instant?, _ words: String, _ origin: Event.Origin = .ours) {
                guard let at, at < header.asOf else { return }
                events.append(Event(at: at, outage: outage.identifier, words: words, origin: origin))
            }
            for (number, span) in outage.spans.enumerated() {
                add(span.start, number == 0 ? "down" : "down again")
                add(span.end, span.end == outage.end ? "restored" : "back for a while")
            }
            add(outage.detected, "detected")
            add(outage.acknowledged, "acknowledged")
            add(outage.notified, "customers told")
            add(outage.vendorStart, "start published by the vendor", .vendor)
            add(outage.vendorEnd, "end published by the vendor", .vendor)
        }
        return events.sorted { a, b in
            a.at != b.at ? a.at < b.at : (a.outage, a.origin.rawValue, a.words) < (b.outage, b.origin.rawValue, b.words)
        }
    }

    private static func lines(_ part: ContractMonth, _ header: JournalHeader) -> [Line] {
        let currency = header.settings.currency
        let contract = part.contract
        let clock = contract.measured == .open ? "open time" : "all time"
        var lines: [Line] = [
            Line(
                label: "Time of the month", value: String(part.total), unit: "s",
                origin: "\(clock) from \(part.days.lowerBound) through \(part.days.upperBound), all covered stores"),
            Line(
                label: "Availability promised", value: contract.availability.words, unit: "", origin: "the contract"),
            Line(
                label: "Time that may be down", value: String(part.allowance), unit: "s",
                origin: "time × (1 − promise), whole seconds"),
        ]
        for (number, piece) in part.pieces.filter({ $0.seconds > 0 }).enumerated() {
            lines.append(
                Line(
                    label: "Down, \(number + 1)", value: String(piece.seconds), unit: "s",
                    origin:
                        "\(header.outages[piece.outage].identifier) at \(header.stores[Int(piece.store)].identifier)"))
        }
        lines.append(
            Line(label: "Down together", value: String(part.down), unit: "s", origin: "each second of a store once"))
        if part.total > 0 {
            let reached = (part.total - part.down) * 100_000 / part.total
            lines.append(
                Line(
                    label: "Availability reached", value: VendorContract.Availability(milliPercent: Int(reached)).words,
                    unit: "",
                    origin: "(time − down) / time, cut to a thousandth of a percent"))
        }
        if let tier = part.tier {
            lines.append(
                Line(
                    label: "Tier", value: percent(tier.creditPermille), unit: "of the fee",
                    origin: tier.from.map { "from \($0.words) to below \(tier.below.words)" }
                        ?? "below \(tier.below.words)"))
        }
        if let fee = part.fee {
            let whole = contract.fee.map { $0 == fee ? "the contract" : "by days of \($0)" } ?? ""
            lines.append(Line(label: "Fee of the month", value: fee.description, unit: currency, origin: whole))
        }
        if let due = part.creditDue {
            lines.append(
                Line(
                    label: "Credit due", value: due.description, unit: currency,
                    origin: "tier × fee, half a cent rounded up"))
        }
        return lines
    }

    private static func percent(_ permille: Int) -> String {
        "\(permille / 10)\(permille % 10 == 0 ? "" : ".\(permille % 10)") %"
    }
}

extension ClaimPack.Row {
    fileprivate init(_ piece: ContractMonth.Piece, _ header: JournalHeader) {
        let outage = header.outages[piece.outage]
        self.outage = outage.identifier
        system = outage.system
        store = header.stores[Int(piece.store)].identifier
        start = outage.start
        end = outage.end
        detected = outage.detected
        acknowledged = outage.acknowledged
        vendorStart = outage.vendorStart
        vendorEnd = outage.vendorEnd
        countedSeconds = piece.seconds
        ourSeconds = outage.isOpen(header) ? nil : outage.down(store: piece.store, header).seconds
        vendorSeconds = outage.vendorStart.flatMap { start in outage.vendorEnd.map { max(0, $0 - start) } }
        isByDay = outage.precision == .day
    }
}

// MARK: attachments

extension ClaimPack {
    public struct Attachment: Hashable, Sendable {
        /// `claim-Northmail-2026-10-evidence.csv`.
        public var name: String
        /// UTF-8, CRLF-free, with a header row.
        public var text: String
    }

    /// The evidence, the timeline, the computation and the losses as CSV. Times are UTC. No cell begins a formula.
    public var attachments: [Attachment] {
        func time(_ instant: Instant?) -> String { instant?.description ?? "" }
        func count(_ value: Int64?) -> String { value.map { String($0) } ?? "" }
        let evidence =
            [
                [
                    "outage_id", "system", "store_id", "started_at", "ended_at", "detected_at", "acknowledged_at",
                    "vendor_started_at",
                    "vendor_ended_at", "counted_seconds", "seconds_down", "vendor_seconds_down", "known_by_day",
                ]
            ]
            + rows.map { row in
                [
                    row.outage, row.system, row.store, time(row.start), time(row.end), time(row.detected),
                    time(row.acknowledged),
                    time(row.vendorStart), time(row.vendorEnd), String(row.countedSeconds), count(row.ourSeconds),
                    count(row.vendorSeconds), row.isByDay ? "yes" : "no",
                ]
            }
        let events =
            [["at", "outage_id", "what", "whose_record"]]
            + timeline.map { [time($0.at), $0.outage, $0.words, $0.origin.rawValue] }
        let lines = [["line", "value", "unit", "how"]] + computation.map { [$0.label, $0.value, $0.unit, $0.origin] }
        let lost =
            [["loss", "low", "middle", "high", "how"]]
            + losses.map { loss in
                [
                    loss.label, loss.low?.description ?? "", loss.middle?.description ?? "",
                    loss.high?.description ?? "", loss.origin,
                ]
            }
        let stem = "claim-\(ClaimPack.fileName(vendor))-\(month)"
        let tables =
            [("evidence", evidence), ("timeline", events), ("computation", lines)]
            + (losses.isEmpty ? [] : [("losses", lost)])
        return tables.map { Attachment(name: "\(stem)-\($0.0).csv", text: ClaimPack.csv($0.1)) }
    }

    /// Letters and digits; everything else is a hyphen.
    static func fileName(_ text: String) -> String {
        let plain = text.unicodeScalars.map { scalar -> Character in
            let isPlain = ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
            return isPlain ? Character(scalar) : "-"
        }
        return plain.isEmpty ? "vendor" : String(plain)
    }

    static func csv(_ rows: [[String]]) -> String { String(decoding: CSVText.bytes(rows), as: UTF8.self) }
}
