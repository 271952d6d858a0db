import Dealership

/// Words that exports write in columns of closed choices, and which of ours they mean.
enum ValueWords {
    /// The export's values (small letters) → ours; nil: the column has no closed list.
    static func table(_ table: StandardTable, _ column: StandardColumn) -> [String: String]? {
        switch column.kind {
        case .choice(let names):
            var words = Dictionary(names.map { ($0, $0) }, uniquingKeysWith: { a, _ in a })
            let known = column.name == "status" ? statuses[table] : choices[column.name]
            words.merge(known ?? [:], uniquingKeysWith: { own, _ in own })
            return words
        case .flag: return flags
        case .name where column.name == "channel": return channels
        case .name where column.name == "department" || column.name == "to_department": return departments
        case .name where column.name == "kind" && table == .appointments: return appointmentKinds
        default: return nil
        }
    }

    private static let statuses: [StandardTable: [String: String]] = [
        .serviceVisits: spread([
            "open": "o|op|in process|in progress|working|wip|pending|new|a",
            "closed": "c|cl|close|complete|completed|finished|invoiced|paid|done|f|i",
            "void": "v|voided|cancelled|canceled|deleted|x",
        ]),
        .appointments: spread([
            "booked": "scheduled|confirmed|set|open|pending|b|new|rescheduled",
            "shown": "show|arrived|completed|kept|attended|checked in|s|yes|y|true|1|done",
            "missed": "no show|noshow|no-show|no_show|not shown|m|no|n|false|0|did not show",
            "cancelled": "canceled|cancel|c|x|deleted|void",
        ]),
        .conversations: spread([
            "open": "o|new|active|pending|waiting|in progress", "closed": "c|resolved|done|complete|completed|solved",
            "withdrawn": "cancelled|canceled|spam|w|dropped|duplicate",
        ]),
    ]

    private static let choices: [String: [String: String]] = [
        "direction": spread([
            "inbound": "in|i|incoming|received|from customer|customer|rcvd|recv|rx|inbound call|mo|client|eingehend|entrante",
            "outbound": "out|o|outgoing|sent|to customer|dealer|dealership|store|agent|tx|outbound call|mt|staff|ausgehend|saliente",
            "internal": "int|between departments|staff to staff|internal note|note",
        ]),
        "outcome": spread([
            "answered": "answer|connected|completed|complete|yes|talked|spoke|a|human|ok",
            "missed": "no answer|no-answer|noanswer|busy|abandoned|hangup|hung up|not answered|unanswered|failed|m|no|lost",
            "voicemail": "vm|voice mail|left message|left voicemail|message|machine|v",
            "returned": "called back|callback|call back|returned call|r",
        ]),
        "pay_type": spread([
            "customer": "c|cp|cust|customer pay|cash|retail|customer-pay", "warranty": "w|wp|warr|warranty pay|mfr|factory",
            "internal": "i|ip|int|in house|house|internal pay|dealer",
        ]),
        "kind": spread(["retail": "r|new|used|finance|cash|lease|n|u", "wholesale": "w|ws|whsl|auction|trade"]),
        "place": spread(["on-site": "onsite|on site|office|in store|store|lot", "remote": "home|home office|wfh|offsite|off-site"]),
        "state": spread([
            "up": "ok|online|recovered|success|1|green|healthy|available|resolved",
            "down": "error|offline|fail|failed|failure|0|red|unavailable|alert|triggered",
        ]),
        "stage": spread([
            "investigating": "investigation|detected|new", "resolved": "fixed|closed|restored|completed|operational",
            "monitoring": "watching", "identified": "cause found|found",
        ]),
    ]

    static let flags = spread(["yes": "y|true|t|1|x|ja|si", "no": "n|false|f|0|nein"])

    /// Of a deal's status.
    static let takenBack: Set<String> = [
        "unwound", "unwind", "backed out", "backout", "back out", "cancelled", "canceled", "cancel", "rescinded", "reversed",
        "void", "voided", "dead", "storniert", "storno", "anulada", "anulado", "cancelada", "cancelado",
    ]

    static let channels = spread([
        "phone": "call|calls|voice|telephone|phone call|anruf|telefon|telefonat|llamada|telefono|teléfono", "email": "e-mail|mail|e mail|correo",
        "sms": "text|texts|text message|txt|mms|kurznachricht|mensaje de texto", "chat": "web chat|webchat|live chat|livechat|chat message",
        "task": "tasks|internal task", "whatsapp": "whats app|wa",
    ])

    static let departments = spread([
        "service": "svc|serv|service dept|service department|fixed ops|fixed operations|workshop|s|taller|werkstatt",
        "sales": "sls|sale|sales dept|sales department|variable ops|showroom|verkauf|ventas",
        "parts": "prt|parts dept|parts department|p|teile|recambios", "finance": "f&i|fi|finance dept|f and i|fni",
        "bdc": "bdc team|business development|call center|call centre",
    ])

    private static let appointmentKinds = spread([
        "service": "svc|service appointment|maintenance|repair|oil change", "sales": "sale|sales appointment|test drive|showroom|demo",
    ])

    /// `["inbound": "in|i"]` → `["inbound": "inbound", "in": "inbound", "i": "inbound"]`.
    private static func spread(_ words: [String: String]) -> [String: String] {
        var all: [String: String] = [:]
        for (ours, theirs) in words.sorted(by: { $0.key < $1.key }) {
            for word in theirs.split(separator: "|") { all[String(word)] = all[String(word)] ?? ours }
        }
        for ours in words.keys { all[ours] = ours }
        return all
    }
}
