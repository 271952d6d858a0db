import Dealership

extension Synonyms {
    /// Names of columns by table, beside our own. Sources of the systems' names: the field lists of public code that reads
    /// DealerVault, CDK, Reynolds, Dealertrack and VinSolutions feeds; the rest are what such columns are called in general.
    static let columns: [StandardTable: [String: [String]]] = [
        .stores: [
            "store_id": ["id"], "name": ["store name", "store", "dealer name"], "time_zone": ["timezone", "zone"],
            "sharing_group": ["group", "share group", "dealer group", "customer pool"],
        ],
        .people: [
            "person_id": ["employee number", "employee id", "id", "user id", "login", "badge"],
            "name": ["employee name", "person name", "employee", "full name"], "role": ["job title", "title", "position", "job"],
            "place": ["work place", "works from", "workplace", "remote"],
            "payroll_id": ["payroll number", "payroll"],
            "active_from": ["hire date", "hired", "start date", "active since", "from date"],
            "active_to": ["termination date", "terminated", "end date", "left on", "active until", "to date"],
        ],
        .customers: [
            "customer_id": ["id", "contact number", "guest number"],
            "system": ["source system", "database"],
            "name": ["customer full name", "contact name", "customer name", "buyer name", "purchaser name"],
            "phone": ["phone number", "cell phone", "home phone", "mobile number", "primary phone", "contact phone"],
            "email": ["email address", "e mail", "e mail address", "primary email", "electronic mail"],
            "address": ["street address", "address line", "address 1", "home address", "mailing address", "street"],
            "created_at": ["created", "create date", "date added", "customer since", "first seen", "added on", "entry date"],
        ],
        .serviceVisits: [
            "visit_id": [
                "ro number", "repair order number", "repair order", "ro", "service order number", "work order number",
                "invoice number", "service visit id", "job number", "job card", "order number", "visit", "ticket number",
            ],
            "opened_at": [
                "open date", "open time", "ro open date", "ro create date", "ro date", "date in", "check in", "checked in",
                "service date", "visit date", "write up date", "arrived", "arrival", "drop off", "order date", "time in",
            ],
            "closed_at": [
                "close date", "closed date", "ro close date", "date out", "completed date", "invoice date", "last ro date",
                "finished", "check out", "pick up", "time out", "delivered", "done",
            ],
            "advisor_id": [
                "advisor", "service advisor", "service advisor number", "service writer", "adv name", "advisor number",
                "writer", "employee", "sa",
            ],
            "amount": [
                "total amount", "ro total", "customer ro total amount", "total sale", "invoice total", "grand total",
                "customer total", "total", "bill", "revenue", "customer pay total", "billed",
            ],
            "pay_type": ["pay", "payment type", "labor type", "payer", "bill to", "pay code", "ro type", "paid by"],
            "status": ["ro status", "order status", "repair order status"],
            "bought_here": ["sold by us", "sold by dealer flag", "sold by dealer", "purchased here", "our sale", "our vehicle"],
            "vehicle_year": ["model yr", "veh year"],
        ],
        .leads: [
            "lead_id": ["id", "lead number", "prospect number", "opportunity id", "inquiry id"],
            "created_at": [
                "created", "create date", "lead date", "received date", "lead created", "date received", "submitted",
                "request date", "lead creation date time", "inquiry date", "arrived", "received", "came in",
            ],
            "source": ["lead source", "origin", "ad source", "lead type", "campaign", "came from", "source name"],
            "owner_id": [
                "owner", "assigned to", "salesperson", "sales rep", "lead owner", "assigned user", "handler", "bdc agent",
                "sales person id", "agent",
            ],
            "status": ["lead status", "outcome", "disposition"],
        ],
        .appointments: [
            "appointment_id": ["id", "appointment number", "confirmation number", "booking number"],
            "kind": ["appointment type", "type", "purpose", "reason"],
            "booked_at": [
                "booked", "booked on", "created", "create date", "scheduled on", "made on", "date created", "set on",
                "date booked", "made at",
            ],
            "scheduled_for": [
                "appointment date", "appointment time", "scheduled", "scheduled start", "scheduled date", "start time",
                "scheduled time", "appointment start", "due in", "slot", "date time", "when", "planned for",
            ],
            "status": ["appointment status", "is show", "show", "shown", "outcome", "result"],
            "person_id": ["advisor", "salesperson", "booked with", "made by", "assigned to"],
        ],
        .sales: [
            "sale_id": ["deal number", "deal id", "deal", "stock number", "sale number", "contract number", "id", "order number"],
            "customer_id": ["buyer", "buyer number", "buyer id", "purchaser"],
            "trade_vin": ["trade 1 vin", "trade in vin", "trade vehicle vin", "trade vehicle", "trade"],
            "sold_at": [
                "sold date", "sale date", "deal date", "contract date", "delivery date", "booked date", "finalized date",
                "purchase date", "date sold", "delivered", "closed date", "date of sale",
            ],
            "salesperson_id": [
                "salesman", "salesperson", "salesperson number", "sales rep", "sold by", "salesman number", "seller",
                "sales consultant", "sls id", "employee", "salesperson 1", "sales rep 1", "sales consultant 1",
            ],
            "gross_profit": ["total gross", "gross", "deal gross", "total profit", "profit"],
            "front_gross": ["front end gross", "front gross profit", "front end profit", "front", "front profit"],
            "back_gross": ["back end gross", "back gross profit", "back end profit", "back", "finance gross", "fi gross"],
            "kind": ["sale type", "deal type", "type", "retail or wholesale", "category"],
            "reversed_on": ["reversal date", "reversed", "unwind date", "cancel date", "cancelled on", "backed out"],
        ],
        .messages: [
            "message_id": [
                "message number", "id", "call id", "text id", "call number", "email id", "activity id", "event id",
                "record id", "log id", "communication id", "call sid", "task id",
            ],
            "customer_id": ["caller", "contact number", "contact", "party", "counterpart"],
            "direction": ["in out", "call direction", "message direction", "inbound outbound", "i o", "way", "from customer"],
            "person_id": [
                "agent", "handled by", "sender", "sent by", "user", "handler", "answered by", "extension", "employee", "rep",
            ],
            "to_department": ["recipient department", "target department", "department to", "transferred to", "to team", "sent to department"],
            "sent_at": [
                "sent", "sent date", "sent time", "date sent", "time sent", "date", "time", "timestamp", "start", "start time",
                "call start", "call time", "call date", "received", "message date", "message time", "created", "date time",
                "activity date", "event time", "logged",
            ],
            "automated": ["is automated", "auto", "auto reply", "automatic", "is bot", "system generated", "robot"],
            "outcome": ["result", "call result", "disposition", "call status", "call outcome", "answered"],
            "text_hash": ["hash", "body hash", "text", "template", "body", "content", "message"],
            "department": ["from department", "line", "tracking line", "queue", "team", "department from"],
        ],
        .conversations: [
            "conversation_id": ["id", "conversation number", "ticket number", "request id", "case number"],
            "opened_at": ["open date", "opened", "created", "open time", "requested date", "requested", "start"],
            "answered_at": ["first reply", "first response", "answered", "first response time", "first answer", "replied"],
            "assigned_to": ["assignee", "owner", "assigned person", "agent", "handled by", "responsible", "in charge", "assigned user"],
            "assigned_at": ["assigned", "assigned date", "assignment time", "date assigned", "handed over"],
            "status": ["conversation status", "ticket status", "state"],
            "due_at": ["due", "due date", "target date", "due by", "deadline", "sla", "answer by"],
            "resolved_at": ["resolved", "closed", "closed date", "resolution time", "close date", "done", "solved"],
        ],
        .mailings: [
            "mailing_id": ["id", "campaign id", "blast id", "batch id", "newsletter"],
            "planned_at": ["planned", "planned time", "scheduled", "scheduled time", "scheduled for", "due"],
            "sent_at": ["sent", "sent time", "actual time", "delivered", "went out"],
            "recipients": ["recipient count", "audience", "number of recipients", "count", "emails sent", "addressees", "sent to"],
            "fault": ["error", "failure", "problem", "defect", "issue"],
        ],
        .outages: [
            "outage_id": ["id", "outage number", "incident number"],
            "started_at": ["start", "started", "down from", "down since", "began", "start time", "down at", "outage start"],
            "ended_at": [
                "end", "ended", "down until", "restored", "up again", "end time", "resolved", "outage end", "back up", "back",
                "back online", "recovered", "up at", "restored at", "working again", "fixed", "fixed at", "closed",
            ],
            "detected_at": ["detected", "noticed", "discovered", "first seen", "found"],
            "acknowledged_at": ["acknowledged", "ack", "accepted"],
            "notified_at": ["notified", "customers told", "vendor notified", "reported"],
            "vendor_started_at": ["vendor start", "start by vendor", "vendor says start", "vendor began"],
            "vendor_ended_at": ["vendor end", "end by vendor", "vendor says end"],
            "investigating_at": ["investigating"], "identified_at": ["identified"], "monitoring_at": ["monitoring"],
        ],
        .remedies: [
            "remedy_id": ["id", "remedy number", "goodwill id", "compensation id"], "kind": ["remedy", "type", "what", "given"],
            "amount": ["cost", "value", "credit amount"], "given_at": ["given", "given on", "date", "granted"],
        ],
        .complaints: [
            "complaint_id": ["id", "complaint number", "complaint"],
            "raised_at": ["raised", "date", "received", "complained", "complaint date"],
            "offer": ["offered", "our offer"], "outcome": ["result", "resolution"],
        ],
        .claims: [
            "claim_id": ["id", "claim number", "claim"], "asked_at": ["asked", "claimed", "claim date", "filed"],
            "answered_at": ["answered", "vendor answered", "reply date"],
            "amount_asked": ["claimed amount", "amount claimed", "requested amount", "asked for"],
            "amount_received": ["received amount", "credited", "credit", "amount credited", "paid back"],
            "promise": ["vendor promise", "promised"], "for_month": ["month", "service month"],
            "promise_kept": ["kept"],
        ],
        .outageSteps: [
            "step": ["action", "measure taken", "what"], "done_at": ["done", "finished", "completed", "done on"],
            "by": ["done by", "who", "person"],
        ],
        .ratings: [
            "rated_at": ["rated", "survey date", "date", "response date", "rating date"],
            "score": ["rating", "stars", "csi score", "points", "grade", "satisfaction"],
        ],
        .absences: [
            "person_id": ["employee number", "employee id"],
            "from": ["from date", "start date", "start", "begin", "first day", "away from", "off from", "leave start", "out from"],
            "to": ["to date", "end date", "end", "until", "last day", "away until", "off until", "leave end", "back on", "through"],
            "reason": ["type", "leave type", "why", "absence type", "cause"],
        ],
        .outageUpdates: [
            "at": ["time", "posted", "posted at", "update time", "date", "created"], "stage": ["status", "state", "phase", "update"],
        ],
        .monitorEvents: [
            "at": ["time", "checked at", "event time", "date", "timestamp"], "state": ["status", "up down", "result", "event"],
            "system": ["monitor", "check", "host", "site", "target"],
        ],
    ]

    /// Words in files' names that speak for a table.
    static let files: [StandardTable: [String]] = [
        .stores: ["stores", "rooftops", "locations", "dealers"],
        .people: ["people", "employees", "staff", "users", "roster", "team"],
        .customers: ["customers", "contacts", "clients", "customer"],
        .serviceVisits: ["ro", "ros", "repair", "orders", "service visits", "workorders", "invoices", "sv", "visits", "service"],
        .leads: ["leads", "lead", "prospects", "inquiries", "opportunities"],
        .appointments: ["appointments", "appts", "appt", "scheduler", "schedule", "bookings"],
        .sales: ["sales", "deals", "sold", "deal", "sl", "delivered"],
        .messages: [
            "messages", "message", "texts", "sms", "calls", "call", "phone", "email", "emails", "chat", "chats", "tasks",
            "texting", "calltracking", "whatsapp", "communications", "inbox", "log",
        ],
        .conversations: ["conversations", "threads", "tickets", "assignments", "cases", "assigned"],
        .mailings: ["mailings", "campaigns", "blasts", "newsletters", "mailing"],
        .outages: ["outages", "incidents", "downtime", "outage"], .remedies: ["remedies", "goodwill", "credits"],
        .complaints: ["complaints"], .claims: ["claims"], .outageSteps: ["steps", "protocol"],
        .ratings: ["ratings", "csi", "survey", "surveys", "reviews", "scores"],
        .absences: ["absences", "leave", "vacation", "pto", "absence"], .outageUpdates: ["statuspage", "updates"],
        .monitorEvents: ["monitor", "uptime", "events", "pings"],
    ]
}
