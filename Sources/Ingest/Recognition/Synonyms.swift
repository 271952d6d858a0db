import Dealership

/// What columns and files are called in dealerships' exports: data, in small letters. Words are brought to one form by
/// `words`; phrases are written in any form, as they are read through `HeaderWords` themselves.
enum Synonyms {
    /// Abbreviations, plurals, German and Spanish → one word each, or two; empty: says nothing.
    static let words: [String: String] = {
        var map: [String: String] = [:]
        for line in lines {
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingPrefix(" ") }
            for word in parts[1].split(separator: " ") { map[String(word)] = String(parts[0]) }
        }
        let silent = [
            "the", "of", "a", "our", "field", "col", "column", "value", "and", "for", "de", "del", "el", "la", "y", "der", "die",
            "das", "des", "von", "und",
        ]
        for word in silent { map[word] = "" }
        return map
    }()

    private static let lines = [
        "id: id no num nbr nr number key code ref reference identifier nummer numero kennung uid guid uuid pk ids",
        "date: date dt datum fecha day on dates tag dia",
        "time: time tm ts timestamp datetime at when zeit hora stamp uhrzeit zeitpunkt zeitstempel times",
        "customer: customer cust customers client clients kunde kunden cliente clientes guest consumer patron",
        "vehicle: vehicle veh car auto vehicles fahrzeug vehiculo unit",
        "amount: amount amt amounts betrag summe importe monto",
        "total: total tot ttl",
        "person: person people emp employee employees user users agent agents rep reps representative staff associate"
            + " mitarbeiter empleado worker teammate member technician",
        "advisor: advisor adv adviser advisors writer berater asesor",
        "salesperson: salesperson salesman salesmen slsp verkaufer verkaeufer vendedor slsperson salesrep sls slsm",
        "store: store stores rooftop location loc dealer dealership branch site shop filiale standort sucursal tienda"
            + " betrieb outlet",
        "department: department dept dpt abteilung departamento departments division",
        "message: message msg messages nachricht mensaje",
        "conversation: conversation conv convo thread threads ticket chain konversation gesprach gespraech unterhaltung vorgang vorgangs conversacion",
        "appointment: appointment appt appts apt apptmt termin cita booking appointments reservation",
        "service: service svc serv servicio",
        "open: open opened opening offnung eroffnung eroffnet annahme angenommen apertura abierto abierta ingreso",
        "close: close closed closing cls clsd cierre cerrado cerrada completed complete completion finished fertig fertigmeldung"
            + " abschluss abgeschlossen geschlossen",
        "create: create created creation entered added inserted erstellt angelegt creado creada alta",
        "sent: sent send sending gesendet enviado",
        "sale: sale sold sales deal deals verkauf verkaufs verkaufe venta ventas bought purchase purchased",
        "contract: contract vertrag vertrags kaufvertrag kaufvertrags contrato",
        "delivery: delivery auslieferung auslieferungs ubergabe entrega",
        "invoice: invoice rechnung rechnungs factura",
        "order: order orden bestellung pedido",
        "repair: repair reparatur reparacion",
        "visit: visit besuch besuchs visita",
        "received: received rcvd recd recv receipt",
        "type: type kind category class art tipo typ",
        "status: status state stat stage estado sts",
        "year: year yr jahr ano yyyy",
        "model: model mdl modell modelo",
        "mileage: mileage odometer odo miles mi km kilometers kilometres odom milage kilometerstand"
            + " kmstand laufleistung kilometraje",
        "gross: gross grs profit gp ertrag bruttoertrag rohertrag bruttogewinn deckungsbeitrag beneficio ganancia utilidad margen",
        "phone: phone telephone tel phones cell mobile cellphone telefon telefono fon handy",
        "email: email mail emails correo",
        "name: name names nm nombre",
        "address: address addr adr street adresse direccion",
        "start: start started begin began beginning beginn inicio commenced starts",
        "end: end ended ending stop stopped ende fin restored ends finish",
        "direction: direction dir richtung direccionmsg inout io",
        "channel: channel chan medium kanal canal",
        "lead: lead leads prospect opportunity opp inquiry enquiry anfrage",
        "source: source src origin quelle origen",
        "owner: owner",
        "answered: answered answer replied reply responded response",
        "assigned: assigned assign assignee",
        "outage: outage outages incident incidents ausfall downtime interruption",
        "vendor: vendor supplier provider lieferant proveedor",
        "pay: pay payment paid",
        "text: text sms texts txt",
        "call: call calls anruf llamada",
        "rating: rating score csi stars nps survey points grade bewertung puntuacion",
        "trade: trade tradein",
        "reversed: reversed reversal unwound unwind backout cancelled canceled rescinded",
        "recipients: recipients recipient",
        "automated: automated automatic auto-reply autoreply bot robot isautomated autoresponse",
        "first: first given vorname", "last: last surname family nachname apellido",
        "ro: ro repairorder workorder wo auftrag auftrags",
        "vin: vin vins vinno fin",
        "caller: caller ani callerid",
        "zone: zone tz timezone zona",
    ]

    /// Words that stand in every export.
    static let generic: Set<String> = [
        "id", "date", "time", "type", "status", "name", "customer", "store", "total", "amount", "person", "is", "in",
        "by", "to", "from", "first", "last", "local",
    ]

    /// Every word known, abbreviations aside; what segments of run-together names may be.
    static let vocabulary: Set<String> = {
        var all = Set(words.values.flatMap { $0.split(separator: " ").map(String.init) })
        for phrases in Synonyms.columns.values.flatMap(\.values) {
            for phrase in phrases { all.formUnion(phrase.split(separator: " ").map(String.init)) }
        }
        return all.filter { $0.count > 1 && $0 != "id" || $0 == "id" }
    }()

    /// Phrases of a table's column, read as words once.
    static func phrases(_ table: StandardTable, _ column: String) -> [HeaderWords] { read[table]?[column] ?? [] }

    private static let read: [StandardTable: [String: [HeaderWords]]] = {
        var read: [StandardTable: [String: [HeaderWords]]] = [:]
        for table in StandardTable.allCases {
            var columns: [String: [HeaderWords]] = [:]
            for column in table.columns {
                let own = Synonyms.columns[table]?[column.name] ?? []
                let common = Synonyms.common[column.name] ?? []
                columns[column.name] = ([column.name] + own + common).map { HeaderWords($0) }
            }
            read[table] = columns
        }
        return read
    }()

    /// Columns that mean the same in every table.
    static let common: [String: [String]] = [
        "store_id": [
            "store", "store number", "store code", "store name", "rooftop id", "location", "dealer code", "cora account",
            "site",
        ],
        "customer_id": ["customer", "customer number", "customer code", "contact id", "contact", "account number"],
        "vin": ["vehicle id number", "vehicle identification number", "vehicle vin", "serial number", "chassis", "vehicle id"],
        "vehicle_year": ["model year", "vehicle year", "year"],
        "mileage": ["mileage in", "odometer in", "odometer reading", "mileage reading", "vehicle mileage"],
        "lease_end": ["lease end date", "lease maturity", "lease expires", "lease expiration", "maturity date", "lease maturity date"],
        "recall": ["open recall", "has recall", "recall flag"],
        "channel": ["medium", "message type", "communication type", "contact type", "contact method", "type"],
        "department": ["queue", "team", "line", "group", "skill", "department name"],
        "vendor": ["vendor name", "supplier"],
        "system": ["system name", "source system", "system affected", "application", "service name", "product", "component"],
        "conversation_id": ["conversation", "thread", "chat id", "case id", "session id", "ticket id"],
        "person_id": ["person", "handled by", "user", "employee", "agent", "operator", "user name", "staff name", "who"],
        "outage_id": ["outage", "incident id", "incident", "ticket"],
        "appointment_id": ["appointment", "appointment number", "booking id"],
        "lead_id": ["lead", "lead number", "opportunity"],
        "planned": ["is planned", "maintenance", "planned maintenance", "scheduled"],
        "external": ["is external", "vendor fault", "vendor caused", "third party"],
        "name": ["full name", "display name", "customer name"],
        "status": ["current status"],
    ]
}
