/// The tables of the rewards' ledger, in the order in which an entry's hash covers them.
///
/// A table is a list of typed columns: a row's hash covers its values in this order. Every table but the first belongs
/// to an entry and counts its rows from 0.
public enum LedgerTable: String, Hashable, Sendable, CaseIterable {
    case entry = "ledger_entry"
    case approval = "ledger_approval"
    case amount = "ledger_amount"
    case gate = "ledger_gate"
    case team = "ledger_team"
    case leftOut = "ledger_left_out"
    case row = "ledger_row"
    case outage = "ledger_outage"
    case adjustment = "ledger_adjustment"
    case change = "ledger_change"

    public struct Column: Hashable, Sendable {
        public var name: String
        /// Else text.
        public var isWhole: Bool
        /// May be without a value.
        public var isOptional: Bool

        static func text(_ name: String, optional: Bool = false) -> Column {
            Column(name: name, isWhole: false, isOptional: optional)
        }
        static func whole(_ name: String, optional: Bool = false) -> Column {
            Column(name: name, isWhole: true, isOptional: optional)
        }
    }

    /// Those that hang on an entry.
    public static let children = allCases.filter { $0 != .entry }

    /// Without `checks` and `hash`, which every table ends with.
    public var columns: [Column] {
        switch self {
        case .entry: LedgerTable.entryColumns
        case .approval: LedgerTable.place + [.text("name")]
        case .amount: LedgerTable.place + LedgerTable.amountColumns
        case .leftOut:
            LedgerTable.place + [
                .text("owner"), .whole("owner_position"), .text("times"), .text("reason"), .whole("conversations"),
            ]
        case .gate:
            LedgerTable.place + [.whole("owner_position"), .text("words"), .text("found"), .whole("is_open")]
        case .team:
            LedgerTable.place + [.text("team")] + LedgerTable.counts("") + [
                .whole("tier", optional: true), .whole("pays_minor"), .whole("undivided_minor"),
            ]
        case .row: LedgerTable.place + [.text("change")] + LedgerTable.rowColumns
        case .outage:
            LedgerTable.place + [
                .text("outage_id"), .text("system"), .text("vendor"), .text("channel"), .text("stores"), .text("down"),
                .text("digest"),
            ]
        case .adjustment:
            LedgerTable.place + [
                .text("person_id"), .text("name"), .text("payroll_id"), .whole("before_minor"), .whole("after_minor"),
                .whole("amount_minor"),
            ]
        case .change: LedgerTable.place + [.text("person_id"), .text("words")]
        }
    }

    /// What says in a message which row is meant, beside its position.
    public var label: String {
        switch self {
        case .entry: "number"
        case .approval: "name"
        case .amount, .adjustment, .change: "person_id"
        case .leftOut: "reason"
        case .gate: "words"
        case .team: "team"
        case .row: "conversation_id"
        case .outage: "outage_id"
        }
    }

    private static let place: [Column] = [.whole("entry"), .whole("position")]

    private static func counts(_ prefix: String) -> [Column] {
        ["assigned", "in_time", "late", "unanswered", "still_within"].map { .whole(prefix + $0) }
    }

    private static let entryColumns: [Column] =
        [
            .whole("number"), .text("kind"), .text("on_day"), .text("by_whom"), .text("rule"), .text("rule_name"),
            .whole("version"), .text("rule_text"), .text("currency"), .text("period"), .text("as_of", optional: true),
            .whole("about", optional: true), .text("person_id"), .text("words"), .text("outcome"),
            .text("settings_hash"),
            .text("program"), .whole("total_minor"), .text("contents"),
        ] + counts("nobody_") + [.whole("left_in_pool_minor", optional: true), .text("previous_hash")]

    private static let amountColumns: [Column] =
        [
            .text("person_id"), .text("name"), .text("store_id"), .text("department"), .text("role"),
            .text("payroll_id"),
        ] + counts("") + counts("raw_") + [
            .whole("eligible_days"), .whole("present_days"), .whole("period_days"), .text("outcome"),
            .whole("outcome_found", optional: true), .whole("outcome_needed", optional: true), .text("outcome_words"),
            .text("outcome_found_words"), .whole("tier", optional: true), .whole("points", optional: true),
            .whole("full_minor"), .whole("earned_minor"), .whole("team_part_minor"), .whole("amount_minor"),
            .whole("is_capped"), .whole("is_scaled_to_pool"), .whole("raw_amount_minor"),
        ]

    private static let rowColumns: [Column] = RewardRow.columns.map { name in
        switch name {
        case "raw_seconds", "outage_seconds", "absence_seconds", "counted_seconds": .whole(name)
        case "target_seconds": .whole(name, optional: true)
        default: .text(name)
        }
    }
}
