import Sample
import Testing

/// What refers to something finds it.
struct KeysTests {
    @Test func everyReferenceResolves() throws {
        let made = make(stores: 2, months: 5)
        func column(_ path: String, _ name: String, key: String) throws -> Set<String> {
            Set(try Rows(made, path, key: key)[name]).subtracting([""])
        }
        let dms = try column("customers_dms.csv", "customer_id", key: "customer_id")
        let crm = try column("customers_crm.csv", "customer_id", key: "customer_id")
        let people = try column("people.csv", "person_id", key: "person_id")
        let stores = try column("stores.csv", "store_id", key: "store_id")
        let leads = try column("crm_leads.csv", "lead_id", key: "lead_id")
        let outages = try column("outages.csv", "outage_id", key: "outage_id")
        let booked = try column("scheduler.csv", "appointment_id", key: "appointment_id")
        let references: [(String, String, String, Set<String>)] = [
            ("RO_2026.tsv", "Cust No", "RO Number", dms), ("RO_2026.tsv", "Advisor", "RO Number", people),
            ("RO_2026.tsv", "Store", "RO Number", stores), ("RO_2026.tsv", "Appt", "RO Number", booked),
            ("dms_deals.csv", "customer_id", "sale_id", dms), ("dms_deals.csv", "salesperson_id", "sale_id", people),
            ("scheduler.csv", "customer_id", "appointment_id", dms),
            ("crm_appointments.csv", "customer_id", "appointment_id", crm),
            ("crm_appointments.csv", "lead_id", "appointment_id", leads),
            ("crm_leads.csv", "customer_id", "lead_id", crm), ("crm_leads.csv", "owner_id", "lead_id", people),
            ("email.csv", "customer_id", "message_id", crm), ("email.csv", "person_id", "message_id", people),
            ("texts.csv", "customer_id", "message_id", crm), ("texts.csv", "person_id", "message_id", people),
            ("calls.csv", "Caller", "Call ID", crm), ("calls.csv", "Agent", "Call ID", people),
            ("chat.csv", "customer_id", "message_id", crm), ("crm_tasks.csv", "customer_id", "message_id", crm),
            ("crm_tasks.csv", "person_id", "message_id", people),
            ("other_channels.csv", "customer_id", "message_id", crm),
            ("conversations.csv", "assigned_to", "conversation_id", people),
            ("ratings.csv", "customer_id", "customer_id", dms), ("remedies.csv", "outage_id", "remedy_id", outages),
            ("remedies.csv", "customer_id", "remedy_id", crm), ("claims.csv", "outage_id", "claim_id", outages),
            ("absences.csv", "person_id", "person_id", people),
        ]
        for (path, name, key, known) in references {
            let used = try column(path, name, key: key)
            #expect(!used.isEmpty || path == "remedies.csv", "\(path) \(name) is empty")
            #expect(used.subtracting(known).isEmpty, "\(path) \(name): \(used.subtracting(known).prefix(3))")
        }
    }

    @Test func conversationsAndMessagesShareTheirNumbers() throws {
        let made = make()
        let conversations = try Rows(made, "conversations.csv", key: "conversation_id")["conversation_id"]
        var threads: Set<String> = []
        for (path, name, key) in [
            ("email.csv", "conversation_id", "message_id"), ("texts.csv", "conversation_id", "message_id"),
            ("calls.csv", "Thread", "Call ID"),
        ] {
            threads.formUnion(try Rows(made, path, key: key)[name])
        }
        #expect(Set(conversations).count == conversations.count)
        #expect(Set(conversations).isSubset(of: threads))
    }

    @Test func numbersAreGivenOnceUnlessRepeatedOnPurpose() throws {
        let made = make(months: 6)
        var repeated = 0
        for (path, name) in [
            ("RO_2026.tsv", "RO Number"), ("email.csv", "message_id"), ("texts.csv", "message_id"),
            ("calls.csv", "Call ID"), ("crm_leads.csv", "lead_id"), ("dms_deals.csv", "sale_id"),
            ("scheduler.csv", "appointment_id"),
        ] {
            let rows = try Rows(made, path, key: name)
            let numbers = rows[name]
            #expect(Set(numbers).count == Set(rows.lines).count, "\(path): one number, two contents")
            repeated += numbers.count - Set(numbers).count
        }
        #expect(repeated == made.truth.faults[.repeatedRow])
    }
}
