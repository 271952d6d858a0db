import Sample
import Testing

/// The same of leads, appointments, deals, calls and texts.
@Suite("Presets of CRM, calls and texts")
struct CRMPresetTests {
    private static let made = make(months: 3, size: 0.1)

    private func rows(_ path: String, key: String) throws -> [[String: String]] {
        let rows = try Rows(Self.made, path, key: key)
        return rows.cells.map { Dictionary(zip(rows.columns, $0), uniquingKeysWith: { a, _ in a }) }
    }

    private func expectSame(
        _ preset: String, _ feed: [String: String], _ standard: String, _ table: [String: String], least: Int
    ) async throws {
        let read = try await ReadJournal.read(preset, feed)
        let expected = try await ReadJournal.read(standard, table)
        #expect(read.journal == expected.journal)
        #expect(read.journal.lines.count >= least)
    }

    /// `2026-08-01 10:46:40` is UTC here: as such and as an export of .NET writes it.
    private func isTime(_ text: String?) -> Bool { (text ?? "").count == 19 }
    private func dotNet(_ text: String) -> String {
        let parts = text.split { "- :".contains($0) }.compactMap { Int($0) }
        let minutes = String(text.dropFirst(14))
        let hour = (parts[3] + 11) % 12 + 1
        return "\(parts[1])/\(parts[2])/\(parts[0]) \(hour):\(minutes) \(parts[3] < 12 ? "AM" : "PM")"
    }

    @Test("VinSolutions leads and appointments: UTC, shown and missed as flags")
    func leads() async throws {
        let leads = try rows("crm_leads.csv", key: "lead_id").filter { isTime($0["created_at"]) }
        let booked = try rows("crm_appointments.csv", key: "appointment_id")
            .filter { isTime($0["booked_at"]) && isTime($0["scheduled_for"]) }
        let leadFeed = MadeRows(rows: leads.map {
            [
                "LeadID": $0["lead_id"] ?? "", "CustomerID": $0["customer_id"] ?? "",
                "LeadSourceID": $0["source"] ?? "",
                "SalesRepUserID": $0["owner_id"] ?? "", "OriginationUTCDate": dotNet($0["created_at"] ?? ""),
            ]
        }).csv(["LeadID", "CustomerID", "OriginationUTCDate", "LeadSourceID", "SalesRepUserID"])
        let bookedFeed = MadeRows(rows: booked.map {
            [
                "AppointmentID": $0["appointment_id"] ?? "", "CustomerID": $0["customer_id"] ?? "",
                "LeadID": $0["lead_id"] ?? "", "AppointmentType": $0["kind"] ?? "",
                "ScheduledUTCDate": dotNet($0["booked_at"] ?? ""),
                "AppointmentStartUTCDate": dotNet($0["scheduled_for"] ?? ""), "AssignedToUserID": $0["person_id"] ?? "",
                "IsShow": $0["status"] == "shown" ? "True" : "False", "IsNoShow": $0["status"] == "missed" ? "1" : "0",
                "AppointmentStatus": $0["status"] == "cancelled" ? "Cancelled" : "Confirmed",
            ]
        }).csv([
            "AppointmentID", "CustomerID", "LeadID", "IsShow", "IsNoShow", "AppointmentType", "AssignedToUserID",
            "AppointmentStartUTCDate", "ScheduledUTCDate", "AppointmentStatus",
        ])
        let leadTable = MadeRows(rows: leads.map { lead in
            lead.merging(["created_at": (lead["created_at"] ?? "") + "Z"]) { _, b in b }
        }).csv(["lead_id", "customer_id", "created_at", "source", "owner_id"])
        let bookedTable = MadeRows(rows: booked.map {
            $0.merging([
                "booked_at": ($0["booked_at"] ?? "") + "Z", "scheduled_for": ($0["scheduled_for"] ?? "") + "Z",
            ]) { _, b in b }
        }).csv([
            "appointment_id", "customer_id", "lead_id", "kind", "booked_at", "scheduled_for", "status", "person_id",
        ])
        try await expectSame(
            """
              leads: { preset: vinsolutions, file: Lead.csv }
              appointments: { preset: vinsolutions, file: Appointment.csv }
            """, ["Lead.csv": leadFeed, "Appointment.csv": bookedFeed],
            "  leads: { file: l.csv, system: crm }\n  appointments: { file: a.csv, system: crm }",
            ["l.csv": leadTable, "a.csv": bookedTable], least: 30)
    }

    @Test("VinSolutions deals: a day is a day, whatever midnight stands behind it; a reversal undoes")
    func deals() async throws {
        var deals = try rows("dms_deals.csv", key: "sale_id").filter { ($0["sold_at"] ?? "").count == 10 }
        for index in deals.indices where index % 5 == 0 { deals[index]["reversed_on"] = deals[index]["sold_at"] }
        let feed = MadeRows(rows: deals.enumerated().map { number, deal in
            let midnight = number % 2 == 0 ? "T00:00:00" : " 00:00:00"
            func day(_ text: String?) -> String { text.map { $0.isEmpty ? "" : $0 + midnight } ?? "" }
            return [
                "DealNumber": deal["sale_id"] ?? "", "CustomerID": deal["customer_id"] ?? "", "VIN": deal["vin"] ?? "",
                "Trade1VIN": deal["trade_vin"] ?? "", "ContractDate": day(deal["sold_at"]),
                "ReversalDate": day(deal["reversed_on"]), "SalesPersonID": deal["salesperson_id"] ?? "",
                "FrontGross": deal["front_gross"] ?? "", "BackGross": deal["back_gross"] ?? "",
                "Wholesale": deal["kind"] == "wholesale" ? "Y" : "",
            ]
        }).csv([
            "DealNumber", "CustomerID", "ContractDate", "ReversalDate", "Wholesale", "VIN", "FrontGross", "BackGross",
            "TotalGross", "SalesPersonID", "Trade1VIN",
        ])
        let table = MadeRows(rows: deals).csv([
            "sale_id", "customer_id", "vin", "trade_vin", "sold_at", "salesperson_id", "front_gross", "back_gross",
            "kind", "reversed_on",
        ])
        try await expectSame(
            "  sales: { preset: vinsolutions, file: DMSSold.csv }", ["DMSSold.csv": feed],
            "  sales: { file: d.csv, system: crm }", ["d.csv": table], least: 10)
    }

    @Test("calls: the customer is a number, answered and voicemail are flags")
    func calls() async throws {
        let calls = try rows("calls.csv", key: "Call ID").filter { isTime($0["Start"]) }
        func number(_ call: [String: String]) -> String { "+1312" + (call["Caller"] ?? "") }
        let feed = MadeRows(rows: calls.map {
            [
                "id": $0["Call ID"] ?? "", "customer_phone_number": number($0), "customer_name": "Caller \(number($0))",
                "direction": $0["Direction"] == "IN" ? "inbound" : "outbound", "agent_email": $0["Agent"] ?? "",
                "start_time": ($0["Start"] ?? "").replacing(" ", with: "T") + "-05:00",
                "answered": ["ANSWERED", "RETURNED"].contains($0["Result"] ?? "") ? "true" : "false",
                "voicemail": $0["Result"] == "VOICEMAIL" ? "true" : "false",
            ]
        }).csv([
            "id", "answered", "voicemail", "customer_phone_number", "customer_name", "direction", "start_time",
            "agent_email", "duration",
        ])
        let table = MadeRows(rows: calls.map {
            [
                "message_id": $0["Call ID"] ?? "", "customer_id": number($0), "channel": "phone",
                "direction": $0["Direction"] == "IN" ? "inbound" : "outbound", "person_id": $0["Agent"] ?? "",
                "sent_at": ($0["Start"] ?? "") + "-05:00",
                "outcome": ["VOICEMAIL": "voicemail", "NO ANSWER": "missed"][$0["Result"] ?? ""] ?? "answered",
            ]
        }).csv(["message_id", "customer_id", "channel", "direction", "person_id", "sent_at", "outcome"])
        let people = MadeRows(rows: Set(calls.map(number)).sorted().map {
            ["customer_id": $0, "phone": $0, "name": "Caller \($0)"]
        }).csv(["customer_id", "phone", "name"])
        try await expectSame(
            "  messages: { preset: call-tracking, file: c.csv }\n  customers: { preset: call-tracking, file: c.csv }",
            ["c.csv": feed],
            "  messages: { file: m.csv, system: calls }\n  customers: { file: p.csv, system: calls }",
            ["m.csv": table, "p.csv": people], least: 100)
    }

    @Test("texts: no number of their own, whose they are by their direction")
    func texts() async throws {
        let texts = try rows("texts.csv", key: "message_id").filter { ($0["sent_at"] ?? "").hasSuffix("Z") }
        func number(_ text: [String: String]) -> String { "+1312" + (text["customer_id"] ?? "") }
        let feed = MadeRows(rows: texts.map {
            let isInbound = $0["direction"] == "inbound"
            return [
                "From": isInbound ? number($0) : "+12025550100", "Destination": isInbound ? "+12025550100" : number($0),
                "Direction": isInbound ? "Inbound" : "Outbound",
                "Sent on (UTC+0)": String(($0["sent_at"] ?? "").dropLast()).replacing("T", with: " "),
                "Status": isInbound ? "" : "delivered", "# Of Credits": "1",
            ]
        }).csv(["From", "Destination", "Direction", "Sent on (UTC+0)", "Status", "# Of Credits"])
        let table = MadeRows(rows: texts.enumerated().map { place, text in
            text.merging(["message_id": "\(place)", "customer_id": number(text), "channel": "sms"]) { _, b in b }
        }).csv(["message_id", "customer_id", "channel", "direction", "sent_at"])
        let people = MadeRows(rows: Set(texts.map(number)).sorted().map { ["customer_id": $0, "phone": $0] })
            .csv(["customer_id", "phone"])
        try await expectSame(
            "  messages: { preset: texting, file: t.csv }\n  customers: { preset: texting, file: t.csv }",
            ["t.csv": feed],
            "  messages: { file: m.csv, system: texts }\n  customers: { file: p.csv, system: texts }",
            ["m.csv": table, "p.csv": people], least: 100)
    }
}
