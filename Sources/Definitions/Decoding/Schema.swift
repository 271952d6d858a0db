import Measures

/// The keys a kind of file knows, by the place they stand in.
struct Schema {
    /// A place of keys. The raw value says where it is, as a remedy words it: "it belongs `under …`".
    enum Place: String, CaseIterable {
        // dealership.yaml
        case dealership = "at the beginning of a line, in dealership.yaml itself"
        case department = "under a department, in `departments:`"
        case store = "under a store, in `stores:`"
        case storeDepartment = "under a department, in a store's `departments:`"
        case targets = "under `targets:`"
        case funnelTargets = "under `targets: funnel:`"
        case conversion = "under `conversion:`"
        case prospects = "under `prospects:`"
        case prospectConditions = "under `any-of:` or `all-of:`, in `prospects:`"
        case limits = "under a number's limits, in `prospects:`"
        case conversations = "under `conversations:`"
        case offChannelAudit = "under `off-channel-audit:`"
        case stoppedClocks = "under `stopped-clocks:`"
        case outages = "under `outages:`"
        case system = "under a system, in `outages: systems:`"
        case protocolStep = "under a step, in `protocol:`"
        case owner = "under an owner, in `owners:`"
        case ladder = "under `ladder:`, beside `rungs:`"
        case rung = "under a rung, in `ladder:`"
        case contract = "under a vendor, in `contracts:`"
        case rules = "under `rules:`"
        case vendorRule = "under `rules: vendors:`"
        case vendorConditions = "under `switch:` or `watch:`, in `rules: vendors:`"
        case export = "under an export, in `exports:`"
        case postgres = "under `postgres:` of an export, in `exports:`"
        case columnRule = "under a column, in `exports: … columns:`"
        case choice = "under a choice, in `choose:` of a column"
        // presets/*.yaml
        case preset = "at the beginning of a line, in the preset itself"
        // tables.yaml
        case tablesFile = "at the beginning of a line, beside `tables:`"
        case table = "under a table, in `tables:`"
        // reports/*.yaml
        case report = "at the beginning of a line, in the report itself"
        case page = "under a page, in `pages:`"
        case option = "under `options:` of a page"
        // efforts/*.yaml
        case effort = "at the beginning of a line, in the effort itself"
        case goal = "under `goal:`"
        case guardMeasure = "under a guard, in `guards:`"
        case dip = "under `dip:`"
        case stop = "under `stop:`"
        case asked = "under an answer, in `asked:`"
        case stage = "under a stage, in `stages:`"
        case scope = "under `scope:`"
        case efforts = "under `efforts:`, in dealership.yaml"
        case look = "under `look:`"
        case fonts = "under `look: fonts:`"
        // rewards/*.yaml
        case reward = "at the beginning of a line, in the rule itself"
        case eligible = "under `eligible:`"
        case tier = "under a tier, in `tiers:`"
        case points = "under `points:`"
        case team = "under `team:`"
        case gate = "under a gate, in `gates:`"
        case rounding = "under `rounding:`"
        case ask = "under `ask:`"
    }

    var places: [(place: Place, keys: [String])]

    func keys(of place: Place) -> [String] { places.first { $0.place == place }?.keys ?? [] }

    /// Where a key that is unknown in `place` is known.
    func home(of key: String, besides place: Place) -> String? {
        places.first { $0.place != place && $0.keys.contains(key) }?.place.rawValue
    }

    /// The nearest key of another place, and where it stands.
    func nearest(to key: String, besides place: Place) -> (key: String, home: String)? {
        let others = places.filter { $0.place != place }
        guard let near = nearestName(to: key, among: others.lazy.flatMap(\.keys)),
            let home = others.first(where: { $0.keys.contains(near) })
        else { return nil }
        return (near, home.place.rawValue)
    }

    /// What tables may state, of any measure; in the order of the catalogue.
    private static let tableParameters = Catalog.measures.flatMap { $0.parameters.map(\.name) }
        .reduce(into: [String]()) { names, name in if !names.contains(name) { names.append(name) } }

    static let dealershipFile = Schema(places: [
        (.dealership, [
            "name", "language", "currency", "time-zone", "phone-country", "hours", "exceptions", "departments",
            "stores",
            "channels", "targets", "conversion", "prospects", "conversations", "staffing", "off-channel-audit",
            "stopped-clocks", "outages", "owners", "due-in", "exports", "efforts", "ladder", "contracts", "rules",
            "look",
        ] + laterKeys),
        (.department, ["hours", "exceptions"]),
        (.store, ["hours", "exceptions", "departments"]),
        (.storeDepartment, ["hours", "exceptions"]),
        (.targets, [
            "first-response-time", "answered-in-time", "sales-from-service", "unanswered", "hours-lost-to-outages",
            "match-rate", "handoff", "funnel",
        ]),
        (.funnelTargets, ["lead", "contact", "appointment", "shown", "sold"]),
        (.conversion, [
            "window", "credit", "denominator", "minimum-n", "dedicated", "same-customer", "capture-hours", "way-back",
        ]),
        (.prospects, ["any-of", "all-of", "before", "department"]),
        (.prospectConditions, [
            "vehicle-age", "mileage", "months-since-purchase", "lease-end-within", "recall", "bought-here", "pay-type",
        ]),
        (.limits, ["min", "max"]),
        (.conversations, ["answer-on", "gap"]),
        (.offChannelAudit, ["looked-at", "off-channel"]),
        (.stoppedClocks, ["share", "seconds", "minimum"]),
        (.outages, [
            "recovery", "systems", "excluded", "weeks", "recapture", "delay-bound", "mailing-tolerance", "staff-hour",
            "staff-people", "protocol",
        ]),
        (.system, ["activities", "vendor", "protocol", "kind", "stores"]),
        (.protocolStep, ["within", "from", "clock"]),
        (.owner, ["name", "role"]),
        (.ladder, ["rungs", "rare", "rare-within", "met-within", "apologies"]),
        (.rung, ["when", "give", "amount", "counts-as", "even-when-rare"]),
        (.contract, [
            "systems", "stores", "availability", "measured", "maintenance", "fee", "credit", "claim-within",
            "claim-from", "from", "until", "renewal", "notice",
        ]),
        (.rules, ["vendors"]),
        (.vendorRule, ["over", "switch", "watch"]),
        (.vendorConditions, [
            "months-missed", "outages", "down-over", "claims-answered-below", "restore-over", "promises-broken",
        ]),
        (.export, [
            "file", "postgres", "preset", "system", "label", "covered-from", "covered-until", "delimiter", "quotes",
            "dates",
            "two-digit-years", "decimals", "time-zone", "columns", "only", "except", "sheet", "header-row",
        ]),
        (.columnRule, Schema.columnSources + [
            "time", "own", "with", "split", "part", "cut", "strip", "leading-zeros", "prefix", "values", "values-file",
            "unit", "decimals", "default", "plus", "dates", "time-zone", "optional",
        ]),
        (.choice, ["when", "value", "column"]),
        (.postgres, ["connect", "table", "view", "query", "partition-by"]),
        (.efforts, ["at-once", "outage-share"]),
        (.look, ["theme", "accent", "signal", "logo", "logo-words", "fonts"]),
        (.fonts, ["text", "display", "scripts"]),
    ])

    /// Keys that say where a column comes from; a rule has one of them.
    static let columnSources = ["column", "value", "join", "row", "sum", "date", "choose", "phone"]

    static let presetFile = Schema(
        places: [(.preset, ["about", "source", "known", "exports"])]
            + dealershipFile.places.filter { [.export, .columnRule, .choice].contains($0.place) })

    /// Keys of dealership.yaml that commands for rewards read by themselves.
    static let laterKeys = ["money"]

    static let tablesFile = Schema(places: [
        (.tablesFile, ["tables"]),
        (.table, ["name", "measure", "by", "columns"] + Schema.tableParameters),
    ])

    static let reportFile = Schema(places: [
        (.report, ["name", "title", "paper", "orientation", "contents", "pages"]),
        (.page, ["question", "page", "options"]),
        (.option, PageOption.allCases.map(\.rawValue)),
    ])

    /// What a figure of an effort can be taken of beside the names of dimensions.
    static let effortLabels: [String: Dimension] = ["from": .department, "to": .toDepartment]
    private static let effortDimensions = Dimension.allCases.filter { $0 != .month && $0 != .day }.map(\.rawValue)
        + effortLabels.keys.sorted()

    static let effortFile = Schema(places: [
        (.effort, [
            "name", "what", "why", "how", "owner", "asked", "start", "stages", "goal", "method", "period", "looks",
            "guards", "dip", "stop", "outages", "scope", "compare", "closed",
        ]),
        (.goal, ["measure", "direction", "reach", "change", "by"] + effortDimensions),
        (.guardMeasure, ["measure"] + effortDimensions),
        (.dip, ["days", "points", "depth"]),
        (.stop, ["below", "above", "weeks", "months"]),
        (.asked, ["who", "said"]),
        (.stage, ["on", "what"]),
        (.scope, ["stores"]),
    ])

    static let rewardFile = Schema(places: [
        (.reward, [
            "name", "version", "approved", "approvers", "in-force", "until", "currency", "measure", "clock", "adjusted",
            "target", "answer-on", "whose", "channels", "eligible", "tiers", "points", "team", "gates", "cap", "pool",
            "pro-rata", "rounding", "late-data", "ask",
        ]),
        (.eligible, ["departments", "roles", "stores", "minimum-n", "days-present", "assigned"]),
        (.tier, ["from", "below", "pays"]),
        (.points, ["in-time", "late", "unanswered", "pays"]),
        (.team, ["of", "tiers", "divide"]),
        (.gate, ["measure", "at-most", "at-least", "of"] + effortDimensions),
        (.rounding, ["to", "mode"]),
        (.ask, ["within", "whom"]),
    ])
}
