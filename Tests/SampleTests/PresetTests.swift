import Basis
import Dealership
import Ingest
import Sample
import Testing

/// The sample's records in the shape of a system's feed, read by its preset, are those of a standard CSV.
@Suite("Presets")
struct PresetTests {
    private static let made = make(months: 3, size: 0.1)
    private static let orderColumns = [
        "visit_id", "customer_id", "vin", "vehicle_year", "mileage", "opened_at", "closed_at", "advisor_id", "amount",
        "pay_type", "status", "bought_here",
    ]

    /// An order as the sample has it, with what a feed writes of it.
    private struct Order {
        var cells: [String: String]
        var opened: Written
        var closed: Written?
        subscript(name: String) -> String { cells[name] ?? "" }
        var pay: String { self["Pay"] }
        var payType: String { ["C": "customer", "W": "warranty", "I": "internal"][pay] ?? "" }
        var status: String { self["Status"] == "V" ? "void" : closed == nil ? "open" : "closed" }

        /// What every feed says of it.
        func standard(opened: String, closed: String, _ more: [String: String]) -> [String: String] {
            [
                "visit_id": self["RO Number"], "customer_id": self["Cust No"], "vin": self["VIN"],
                "vehicle_year": self["Model Yr"], "mileage": self["Mileage"], "opened_at": opened, "closed_at": closed,
                "advisor_id": self["Advisor"], "amount": self["Total Amt"],
            ].merging(more) { _, new in new }
        }
    }

    /// Orders with a date and an amount above nothing, which alone tells feeds of totals who pays.
    private static func orders() throws -> [Order] {
        let rows = try Rows(made, "RO_2026.tsv", key: "RO Number")
        return rows.cells.compactMap { cells in
            let named = Dictionary(zip(rows.columns, cells), uniquingKeysWith: { a, _ in a })
            guard let opened = Written(named["Open Date"] ?? ""), let amount = Double(named["Total Amt"] ?? ""),
                amount > 0
            else { return nil }
            return Order(cells: named, opened: opened, closed: Written(named["Close Date"] ?? ""))
        }
    }

    /// `121138` → `121,138`, as these feeds write numbers.
    private static func commas(_ number: String) -> String {
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first, whole.count > 3, whole.count < 7 else { return number }
        let rest = parts.count > 1 ? "." + parts[1] : ""
        return "\(whole.dropLast(3)),\(whole.suffix(3))\(rest)"
    }

    /// Reads both, and holds them to be the same; at least so many records. Returns what the feed's reading noted.
    @discardableResult
    private func expectSame(
        _ preset: String, _ feed: [String: String], _ standard: String, _ table: [String: String], least: Int
    ) async throws -> StagedDiagnostics {
        let read = try await ReadJournal.read(preset, feed)
        let expected = try await ReadJournal.read(standard, table)
        #expect(read.journal.lines == expected.journal.lines)
        #expect(read.journal.customers == expected.journal.customers)
        #expect(read.journal.lines.count >= least)
        return StagedDiagnostics(
            codes: read.exports.diagnostics.map(\.code),
            leftOut: read.exports.header.audits.map { $0.setAside[.leftOutByMapping] ?? 0 })
    }

    struct StagedDiagnostics {
        var codes: [String]
        var leftOut: [Int]
    }

    @Test("DealerVault SV: 200 columns, totals, commas, parts, quotes that hold nothing together")
    func dealervaultOrders() async throws {
        let orders = try Self.orders()
        let customers = try Rows(Self.made, "customers_dms.csv", key: "customer_id")
        let known = Dictionary(
            customers.cells.map { ($0[0], $0) }, uniquingKeysWith: { first, _ in first })
        let places = [
            5: "RO Number", 6: "Open Date", 7: "Close Date", 8: "Service Advisor Number", 14: "Appointment Number",
            23: "RO Status", 33: "Total Sale", 35: "Customer Total Sale", 47: "Warranty Total Sale",
            59: "Internal Total Sale", 85: "Operation Codes", 123: "VIN", 124: "Year", 128: "RO Mileage",
            143: "VIN Explosion Year", 151: "Customer Number", 152: "Full Name", 158: "Address Line 1",
            164: "Home Phone", 165: "Cell Phone", 166: "Work Phone", 168: "Email 1", 169: "Email 2", 170: "Email 3",
            178: "Customer Create Date",
        ]
        let feed = MadeRows(rows: orders.enumerated().map { number, order in
            let person = known[order["Cust No"]] ?? [String](repeating: "", count: 7)
            let total = Self.commas(order["Total Amt"])
            return [
                "RO Number": order["RO Number"], "Open Date": order.opened.slashes,
                "Close Date": order.closed?.slashes ?? "", "Service Advisor Number": order["Advisor"],
                "Appointment Number": order["Appt"], "RO Status": order["Status"], "Total Sale": total,
                "Customer Total Sale": order.pay == "C" ? total : "0.00",
                "Warranty Total Sale": order.pay == "W" ? total : "", "Operation Codes": "LOF|TIRE^ROT||",
                "Internal Total Sale": order.pay == "I" ? total : "0", "VIN": order["VIN"],
                number % 2 == 0 ? "Year" : "VIN Explosion Year": order["Model Yr"],
                "RO Mileage": Self.commas(order["Mileage"]),
                "Customer Number": order["Cust No"], "Full Name": person[3], "Address Line 1": person[6],
                "Cell Phone": person[4], "Email 2": person[5], "Customer Create Date": "1/15/2024",
            ]
        }).feed(width: 200, places, fill: "LOF|TIRE^ROT")
        #expect(feed.prefix { $0 != "\r\n" }.split(separator: "\t", omittingEmptySubsequences: false).count == 200)
        let standard = MadeRows(rows: orders.map { order in
            order.standard(
                opened: order.opened.day, closed: order.closed?.day ?? "",
                ["pay_type": order.payType, "status": order.status])
        }).csv(Self.orderColumns)
        let people = Set(orders.map { $0["Cust No"] }).sorted().compactMap { known[$0] }.filter { !$0[0].isEmpty }
        let peopleText = MadeRows(rows: people.map { person in
            [
                "customer_id": person[0], "name": person[3], "phone": person[4], "email": person[5],
                "address": person[6], "created_at": "2024-01-15",
            ]
        }).csv(["customer_id", "name", "phone", "email", "address", "created_at"])
        try await expectSame(
            "  service_visits: { preset: dealervault-sv }\n  customers: { preset: dealervault-sv }",
            ["DVD46315_20261101_0400_SV.txt": feed],
            "  service_visits: { file: ro.csv, system: dms }\n  customers: { file: people.csv, system: dms }",
            ["ro.csv": standard, "people.csv": peopleText], least: 100)
    }

    @Test("DealerVault SL: 376 columns; a deal that is not booked is left out and counted")
    func dealervaultDeals() async throws {
        let rows = try Rows(Self.made, "dms_deals.csv", key: "sale_id")
        let deals = rows.cells.map { Dictionary(zip(rows.columns, $0), uniquingKeysWith: { a, _ in a }) }
            .filter { !($0["sold_at"] ?? "").isEmpty && ($0["reversed_on"] ?? "").isEmpty }
        let places = [
            5: "Deal Number", 6: "Customer Number", 7: "Full Name", 13: "Address Line 1", 19: "Home Phone",
            20: "Cell Phone", 21: "Work Phone", 23: "Email 1", 24: "Email 2", 25: "Email 3", 33: "Customer Create Date",
            61: "VIN", 89: "Trade 1 VIN", 97: "Trade 2 VIN", 105: "Salesman 1 Number", 135: "Front Gross",
            145: "Back Gross", 147: "Gross Profit", 149: "Deal Status", 151: "Booked Date", 157: "Deal Type",
            158: "Sale Type",
        ]
        func slashes(_ day: String) -> String {
            let parts = day.split(separator: "-").compactMap { Int($0) }
            return "\(parts[1])/\(parts[2])/\(parts[0])"
        }
        var feed = MadeRows(rows: deals.map { deal in
            [
                "Deal Number": deal["sale_id"] ?? "", "Customer Number": deal["customer_id"] ?? "",
                "VIN": deal["vin"] ?? "", "Trade 2 VIN": deal["trade_vin"] ?? "",
                "Salesman 1 Number": deal["salesperson_id"] ?? "",
                "Front Gross": Self.commas(deal["front_gross"] ?? ""),
                "Back Gross": Self.commas(deal["back_gross"] ?? ""), "Gross Profit": "1,000.00",
                "Booked Date": slashes(deal["sold_at"] ?? ""),
                "Sale Type": deal["kind"] == "wholesale" ? "Wholesale" : "Retail", "Deal Type": "Finance",
            ]
        })
        feed.rows.append(["Deal Number": "Q1", "Customer Number": "1"])
        let standard = MadeRows(rows: deals.map { $0.merging(["gross_profit": "1000"]) { _, new in new } })
            .csv([
                "sale_id", "customer_id", "vin", "trade_vin", "sold_at", "salesperson_id", "gross_profit",
                "front_gross", "back_gross", "kind",
            ])
        let noted = try await expectSame(
            "  sales: { preset: dealervault-sl }",
            ["DVD46315_20261101_0400_SL.txt": feed.feed(width: 376, places, fill: "x")],
            "  sales: { file: deals.csv, system: dms }", ["deals.csv": standard], least: 10)
        #expect(noted.leftOut == [1])
        #expect(!noted.codes.contains("absent-column"))
    }

    @Test("CDK: date and time apart, flags of who pays, a void date, sold by the dealer")
    func cdk() async throws {
        let orders = try Self.orders()
        let feed = MadeRows(rows: orders.map { order in
            [
                "RONumber": order["RO Number"], "CustNo": order["Cust No"], "VIN": order["VIN"],
                "Year": order["Model Yr"], "Mileage": order["Mileage"], "OpenDate": order.opened.slashes,
                "OpenTime": order.opened.time,
                "ClosedDate": order.closed?.slashes ?? "", "ServiceAdvisor": order["Advisor"],
                "totRoSale": order["Total Amt"], "HasCustPayFlag": order.pay == "C" ? "Y" : "N",
                "HasWarrPayFlag": order.pay == "C" ? "N" : order.pay == "W" ? "Y" : "",
                "HasIntPayFlag": order.pay == "I" ? "Y" : "N",
                "VoidedDate": order["Status"] == "V" ? order.opened.slashes : "",
                "SoldByDealerFlag": order["Sold By Us"],
            ]
        }).csv([
            "SoldByDealerFlag", "RONumber", "OpenDate", "OpenTime", "ClosedDate", "VoidedDate", "CustNo", "VIN", "Year",
            "Mileage", "ServiceAdvisor", "totRoSale", "HasCustPayFlag", "HasWarrPayFlag", "HasIntPayFlag",
        ])
        let standard = MadeRows(rows: orders.map { order in
            order.standard(
                opened: "\(order.opened.day) \(order.opened.time.count < 5 ? "0" : "")\(order.opened.time)",
                closed: order.closed?.day ?? "",
                ["pay_type": order.payType, "status": order.status, "bought_here": order["Sold By Us"]])
        }).csv(Self.orderColumns)
        let noted = try await expectSame(
            "  service_visits: { preset: cdk-service-ro, file: ro.txt }", ["ro.txt": feed],
            "  service_visits: { file: ro.csv, system: dms }", ["ro.csv": standard], least: 100)
        #expect(!noted.codes.contains("absent-column"))
    }

    @Test("Reynolds: amounts of three payers added, who pays by them")
    func reynolds() async throws {
        let orders = try Self.orders()
        let feed = MadeRows(rows: orders.map { order in
            let amount = order["Total Amt"]
            return [
                "RoNo": order["RO Number"], "NameRecId": order["Cust No"], "Vin": order["VIN"],
                "VehicleYr": order["Model Yr"], "MileageIn": order["Mileage"], "RoCreateDate": order.opened.slashes,
                "AdvName": order["Advisor"], "CustRoTotalAmt": order.pay == "C" ? amount : "0",
                "WarrRoTotalAmt": order.pay == "W" ? amount : "", "IntrRoTotalAmt": order.pay == "I" ? amount : "0.00",
            ]
        }).csv([
            "RoNo", "RoCreateDate", "AdvName", "CustRoTotalAmt", "WarrRoTotalAmt", "IntrRoTotalAmt", "Vin", "MileageIn",
            "VehicleYr", "NameRecId",
        ])
        let standard = MadeRows(rows: orders.map { order in
            order.standard(opened: order.opened.day, closed: "", ["pay_type": order.payType])
        }).csv(Self.orderColumns)
        try await expectSame(
            "  service_visits: { preset: reynolds-ro, file: ro.txt }", ["ro.txt": feed],
            "  service_visits: { file: ro.csv, system: dms }", ["ro.csv": standard], least: 100)
    }

    @Test("Dealertrack: YYYYMMDD, C, W and I")
    func dealertrack() async throws {
        let orders = try Self.orders()
        let feed = MadeRows(rows: orders.map { order in
            [
                "RepairOrderNumber": order["RO Number"], "CustomerKey": order["Cust No"], "VIN": order["VIN"],
                "OpenDate": order.opened.compact, "CloseDate": order.closed?.compact ?? "", "PaymentMethod": order.pay,
                "TotalSale": order["Total Amt"],
            ]
        }).csv(["RepairOrderNumber", "OpenDate", "CloseDate", "CustomerKey", "VIN", "PaymentMethod", "TotalSale"])
        let standard = MadeRows(rows: orders.map { order in
            order.standard(
                opened: order.opened.day, closed: order.closed?.day ?? "",
                ["pay_type": order.payType, "vehicle_year": "", "mileage": "", "advisor_id": ""])
        }).csv(Self.orderColumns)
        try await expectSame(
            "  service_visits: { preset: dealertrack-ro, file: ro.txt }", ["ro.txt": feed],
            "  service_visits: { file: ro.csv, system: dms }", ["ro.csv": standard], least: 100)
    }
}
