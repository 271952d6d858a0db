import Foundation
import Sample

/// An export as another system would write it: its columns under other names and in another order, its file renamed.
struct Scramble {
    private var random: SplitMix

    init(seed: UInt64) { random = SplitMix(state: seed) }

    /// By our column; names from public field lists of DMS and CRM feeds, and what offices make of them.
    private static let names: [String: [String]] = [
        "customer_id": ["Cust No", "CustNo", "Customer Number", "CustomerID", "Customer #", "cust_id"],
        "store_id": ["Store", "StoreCode", "Rooftop", "Dealer ID", "Location"],
        "message_id": ["Msg ID", "MessageId", "ID", "Record #"], "conversation_id": ["Thread", "Conversation #",
        "ThreadID"],
        "direction": ["Direction", "In/Out", "MsgDirection"], "person_id": ["User", "Agent", "EmployeeID",
        "Handled By"],
        "department": ["Dept", "Department", "Dept."], "to_department": ["To Dept", "Target Department"],
        "sent_at": ["Sent", "SentDate", "Timestamp", "Date/Time"], "automated": ["Auto", "IsAutomated", "Auto Reply"],
        "visit_id": ["RONumber", "Repair Order #", "RO #"], "opened_at": ["OpenDate", "RO Open Date"],
        "closed_at": ["ClosedDate", "RO Close Dt"], "vin": ["VIN", "Vehicle VIN"],
        "vehicle_year": ["ModelYr", "Model Year"],
        "mileage": ["MileageIn", "Odometer"], "advisor_id": ["ServiceAdvisor", "Adv No", "Service Writer"],
        "amount": ["RO Total", "Total Amount"], "pay_type": ["PayType", "Pay"], "bought_here": ["SoldByDealerFlag"],
        "appointment_id": ["Appt", "Appointment #"], "sale_id": ["Deal #", "DealNumber"],
        "trade_vin": ["Trade 1 VIN", "TradeVIN"], "sold_at": ["Sold Date", "SaleDate", "Contract Date"],
        "salesperson_id": ["Salesman", "Sales Rep"], "front_gross": ["Front Gross", "FrontEndGross"],
        "back_gross": ["Back Gross", "BackEndGross"], "reversed_on": ["ReversalDate", "Unwind Date"],
        "lead_id": ["Lead #", "LeadID"], "created_at": ["Created", "CreateDate"],
        "source": ["Lead Source", "LeadSource"],
        "owner_id": ["Owner", "Lead Owner"], "booked_at": ["Booked On", "BookedDate"],
        "scheduled_for": ["Appt Date", "Scheduled Start"], "name": ["Name", "FullName"],
        "phone": ["Phone", "Cell Phone"],
        "email": ["Email", "E-Mail"], "assigned_to": ["Assignee", "AssignedUser"], "assigned_at": ["Assigned On"],
        "due_at": ["Due By", "Due Date"], "resolved_at": ["Resolved", "ResolvedDate"],
        "outcome": ["Call Result", "Disposition"],
        "channel": ["Channel", "Medium"],
    ]

    /// What the sample already calls otherwise.
    private static let ours = [
        "RO Number": "visit_id", "Cust No": "customer_id", "VIN": "vin", "Model Yr": "vehicle_year",
        "Mileage": "mileage",
        "Open Date": "opened_at", "Close Date": "closed_at", "Advisor": "advisor_id", "Total Amt": "amount",
        "Pay": "pay_type",
        "Sold By Us": "bought_here", "Appt": "appointment_id", "Store": "store_id", "Call ID": "message_id",
        "Thread": "conversation_id", "Caller": "customer_id", "Line": "department", "Direction": "direction",
        "Agent": "person_id", "Result": "outcome", "Start": "sent_at",
    ]

    private static let files: [String: [String]] = [
        "RO_2026.tsv": ["RO_Export_2026.tsv", "repair_orders.tsv"], "calls.csv": ["CallLog.csv", "phone_calls.csv"],
        "texts.csv": ["SMS_export.csv", "texting.csv"], "email.csv": ["Emails.csv", "email_log.csv"],
        "dms_deals.csv": ["Deals_2026.csv", "sold.csv"], "crm_leads.csv": ["Leads.csv"],
        "scheduler.csv": ["ServiceAppts.csv"], "conversations.csv": ["Assignments.csv"],
        "people.csv": ["Employees.csv"],
    ]

    /// The file's new name and text. Lines in front of the header stay; a line of totals keeps its first cell in front.
    mutating func scrambled(_ name: String, _ text: String) -> (name: String, text: String) {
        let delimiter: Character = name.hasSuffix(".tsv") ? "\t" : ","
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let header = lines.firstIndex { Scramble.cells($0, delimiter).count > 2 } ?? 0
        let names = Scramble.cells(lines[header], delimiter)
        var renamed: [String] = []
        for name in names {
            let choices = (Scramble.names[Scramble.ours[name] ?? name] ?? [name]).filter { !renamed.contains($0) }
            renamed.append(choices.isEmpty ? name : choices[random.below(choices.count)])
        }
        var order = Array(names.indices)
        for index in order.indices.reversed() { order.swapAt(index, random.below(index + 1)) }
        for index in lines.indices where index >= header && !lines[index].isEmpty {
            let cells = index == header ? renamed : Scramble.cells(lines[index], delimiter)
            guard cells.count == names.count else { continue }
            lines[index] = order.map { cells[$0] }.joined(separator: String(delimiter))
        }
        let files = Scramble.files[name] ?? [name]
        return (files[random.below(files.count)], lines.joined(separator: "\n"))
    }

    /// Cells as they are written, quotes included.
    private static func cells(_ line: String, _ delimiter: Character) -> [String] {
        var cells = [""]
        var isQuoted = false
        for character in line {
            if character == "\"" { isQuoted.toggle() }
            if character == delimiter, !isQuoted { cells.append("") } else { cells[cells.count - 1].append(character) }
        }
        return cells
    }

    /// SplitMix64, as everywhere else in the tests.
    private struct SplitMix {
        var state: UInt64
        mutating func below(_ limit: Int) -> Int {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return Int((z ^ (z >> 31)) % UInt64(limit))
        }
    }
}
