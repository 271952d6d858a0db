import Basis
import Dealership
import Definitions
import Foundation
import Ingest
import Testing

/// Rows by column name, to be written as one export or another.
struct MadeRows {
    var rows: [[String: String]]

    /// `columns` in this order, or `width` columns with some at stated positions from 1 and fillers between.
    func csv(_ columns: [String]) -> String {
        ([columns] + rows.map { row in columns.map { row[$0] ?? "" } })
            .map { $0.map(MadeRows.quoted).joined(separator: ",") + "\n" }.joined()
    }

    /// Unquoted, between tabs, with what else such an export carries: parts, carets, a quote that nothing closes.
    func feed(width: Int, _ places: [Int: String], fill: String) -> String {
        let names = (1...width).map { places[$0] ?? "Field \($0)" }
        let fillers = [fill, "", "\"12 in", "a|b^c|", "1,234.00"]
        let lines = rows.enumerated().map { number, row in
            (1...width).map { place in
                places[place].map { row[$0] ?? "" } ?? fillers[(place + number) % fillers.count]
            }.joined(separator: "\t")
        }
        return ([names.joined(separator: "\t")] + lines).map { $0 + "\r\n" }.joined()
    }

    private static func quoted(_ cell: String) -> String {
        cell.contains { ",\"\n".contains($0) } ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
    }
}

/// `8/1/2026 8:04` as day and time of day.
struct Written {
    var day: String
    var month: Int
    var dayOfMonth: Int
    var year: Int
    var time: String

    init?(_ text: String) {
        let parts = text.split(separator: " ").map(String.init)
        guard let date = parts.first else { return nil }
        let numbers = date.split(separator: "/").compactMap { Int($0) }
        guard numbers.count == 3 else { return nil }
        (month, dayOfMonth, year) = (numbers[0], numbers[1], numbers[2])
        day = String(format: "%04d-%02d-%02d", year, month, dayOfMonth)
        time = parts.count > 1 ? parts[1] : ""
    }

    var slashes: String { "\(month)/\(dayOfMonth)/\(year)" }
    var compact: String { String(format: "%04d%02d%02d", year, month, dayOfMonth) }
}

/// What an export of one table gave: every column of its records as text, in an order of their own, and what was said.
struct ReadJournal: Equatable {
    var lines: [String] = []
    var customers: [String] = []

    /// - Parameter exports: the section of dealership.yaml, and the files in `exports/`.
    static func read(
        _ exports: String, _ files: [String: String]
    ) async throws -> (journal: ReadJournal, exports: StagedExports) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kpi-preset-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(
            at: folder.appending(path: "exports"), withIntermediateDirectories: true)
        for (name, text) in files {
            try Data(text.utf8).write(to: folder.appending(path: "exports/\(name)"))
        }
        let yaml = "name: Riverside\ntime-zone: America/Chicago\nexports:\n\(exports)\n"
        let settings = try DealershipFile.read(text: yaml, file: "dealership.yaml")
        #expect(settings.diagnostics.isEmpty)
        let staged = try await StagedExports.read(directory: folder.path(), settings: settings.value, tasks: 2)
        var read = ReadJournal()
        for group in 0..<staged.groupCount { read.take(staged.group(group), staged.header) }
        read.lines.sort()
        read.customers.sort()
        return (read, staged)
    }

    private mutating func take(_ journal: GroupJournal, _ header: JournalHeader) {
        func name(_ pool: IdentifierPool, _ code: Int32) -> String { code < 0 ? "-" : pool[code] }
        func time(_ moment: Moment) -> String {
            moment.isMissing ? "-" : "\(moment.instant)\(moment.isDateOnly ? " day" : "")"
        }
        func number(_ value: Int64) -> String { value == .min ? "-" : "\(value)" }
        let orders = journal.orders
        for i in 0..<orders.count {
            lines.append(
                "order \(orders.identifiers[Int32(i)]) \(name(journal.customers, orders.customer[i]))"
                    + " \(name(journal.vehicles, orders.vehicle[i])) \(orders.vehicleYear[i]) \(orders.mileage[i])"
                    + " \(time(orders.openedAt[i])) \(time(orders.closedAt[i]))"
                    + " \(name(journal.people, orders.advisor[i]))"
                    + " \(number(orders.amount[i])) \(String(describing: orders.payType[i]))"
                    + " \(String(describing: orders.status[i])) \(String(describing: orders.boughtHere[i]))")
        }
        let sales = journal.sales
        for i in 0..<sales.count {
            lines.append(
                "sale \(sales.identifiers[Int32(i)]) \(name(journal.customers, sales.customer[i]))"
                    + " \(name(journal.vehicles, sales.vehicle[i])) \(name(journal.vehicles, sales.tradeIn[i]))"
                    + " \(time(sales.soldAt[i])) \(name(journal.people, sales.salesperson[i]))"
                    + " \(number(sales.gross[i])) \(number(sales.frontGross[i])) \(number(sales.backGross[i]))"
                    + " \(String(describing: sales.kind[i]))"
                    + " \(time(sales.reversedOn[i]))")
        }
        let leads = journal.leads
        for i in 0..<leads.count {
            lines.append(
                "lead \(leads.identifiers[Int32(i)]) \(name(journal.customers, leads.customer[i]))"
                    + " \(time(leads.createdAt[i])) \(leads.origin[i] < 0 ? "-" : header.name(leads.origin[i]))"
                    + " \(name(journal.people, leads.owner[i]))")
        }
        let booked = journal.appointments
        for i in 0..<booked.count {
            lines.append(
                "appointment \(booked.identifiers[Int32(i)]) \(name(journal.customers, booked.customer[i]))"
                    + " \(booked.kind[i] < 0 ? "-" : header.name(booked.kind[i])) \(time(booked.bookedAt[i]))"
                    + " \(time(booked.scheduledFor[i])) \(String(describing: booked.status[i]))"
                    + " \(name(journal.people, booked.person[i])) \(name(journal.vehicles, booked.vehicle[i]))"
                    + " \(booked.vehicleYear[i]) \(booked.mileage[i])")
        }
        let log = journal.messages
        for i in 0..<log.count {
            lines.append(
                "message \(name(journal.customers, log.customer[i])) \(header.name(log.channel[i])) \(log.direction[i])"
                    + " \(name(journal.people, log.person[i])) \(log.sentAt[i]) \(String(describing: log.outcome[i]))")
        }
        let records = journal.customerRecords
        for i in 0..<records.count {
            customers.append(
                "\(name(journal.customers, records.customer[i])) \(name(records.names, records.name[i]))"
                    + " \(name(records.phones, records.phone[i])) \(name(records.emails, records.email[i]))"
                    + " \(name(records.addresses, records.address[i])) \(time(records.createdAt[i]))")
        }
    }
}
