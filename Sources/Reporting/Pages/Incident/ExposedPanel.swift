import Basis
import Dealership
import Drawing
import Measures

/// What an outage got in the way of, by kind, and what went wrong with mailings.
struct ExposedPanel {
    let incident: Incident
    private var context: ReportContext { incident.context }
    private func count(_ column: String) -> Int? { context.count(.exposures, column, incident.slice) }

    private static var kinds: [(column: String, name: String, label: String, code: String)] {
        [
            ("conversations", say("Conversations"), "conversations", "EXPO-01"),
            ("leads", say("Leads waiting"), "leads waiting", "EXPO-03"),
            ("appointments", say("Appointments booked or due"), "appointments booked or due", "EXPO-04"),
            ("visits", say("Service visits open"), "service visits open", "EXPO-02"),
            ("mailings", say("Mailings"), "mailings", "EXPO-05"),
        ]
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        for kind in ExposedPanel.kinds + [("customers", "", "customers", "EXPO-06")] {
            guard let value = count(kind.column) else { continue }
            ledger.note(
                page: page, context.figure(kind.code, incident.month, incident.slice),
                "\(incident.title), \(kind.label) exposed", count: value)
        }
        return Block(
            finding, sub: say("Waiting, open or planned while it was down"), note: note,
            plate: FactsPlate(rows: rows, rowHeight: 16, emptyText: say("Nothing is exported that it could have hit.")))
    }

    private var finding: String {
        if let customers = count("customers"), customers > 0 {
            let count = Words.count(customers)
            return say(
                customers, "\(count) customer was waiting or due while it was down",
                "\(count) customers were waiting or due while it was down")
        }
        if ExposedPanel.kinds.contains(where: { (count($0.column) ?? 0) > 0 }) {
            return say("It hit no customer whom we know")
        }
        return ExposedPanel.kinds.contains { count($0.column) != nil }
            ? say("Nobody was waiting or due while it was down") : say("Whom it hit is not known")
    }

    private var rows: [FactsPlate.Row] {
        var rows: [FactsPlate.Row] = []
        for kind in ExposedPanel.kinds {
            guard let value = count(kind.column) else {
                rows.append(.init(Label(kind.name, .quiet), Label(say("no export"), .quiet)))
                continue
            }
            let known = carries(kind.column)
            rows.append(
                .init(
                    Label(kind.name, known ? .ink : .quiet),
                    value == 0 && !known
                        ? Label(say("not through it"), .quiet) : Label(Words.count(value), .ink, bold: value > 0),
                    note: kind.column == "mailings" && value > 0 ? mailings : ""))
        }
        return rows
    }

    /// Whether the system carries such things, as the settings say.
    private func carries(_ column: String) -> Bool {
        let activities = incident.outage.activities(context.settings.outages)
        switch column {
        case "leads": return activities.contains("leads") || (count(column) ?? 0) > 0
        case "appointments": return activities.contains("appointments") || activities.contains("visits")
        case "visits": return activities.contains("visits")
        case "mailings": return activities.contains("mailings")
        default:
            return activities.contains { !["leads", "appointments", "visits", "mailings", "payments"].contains($0) }
        }
    }

    private var mailings: String {
        let faults = [
            ("late", say("late", context: "mailings")), ("early", say("early", context: "mailings")),
            ("wrong", say("wrong", context: "mailings")), ("twice", say("sent twice")), ("unsent", say("not sent")),
        ]
        let parts = faults.compactMap { name, words -> String? in
            guard let value = count("mailings_\(name)"), value > 0 else { return nil }
            return "\(Words.count(value)) \(words)"
        }
        let recipients = count("recipients").map { $0 > 0 ? say("\(Words.count($0)) recipients") : "" } ?? ""
        return (parts.isEmpty ? [say("on time")] : parts).joined(separator: ", ")
            + (recipients.isEmpty ? "" : "; \(recipients)")
    }

    private var note: RichText {
        guard let customers = count("customers"), customers > 0 else { return "" }
        return say("Customers count once, however many numbers they have. Mailings name none.")
    }
}
