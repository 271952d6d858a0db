import Basis
import Dealership
import Foundation
import Testing

@testable import Ingest

extension KeptAs {
    /// Leads as a provider mails them: a mail each, received when the lead was made.
    static let leadMails = KeptAs(name: "ADF in mails", tables: [.leads]) { table, folder in
        let place = "\(folder.path)/exports/adf"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        for (index, row) in table.rows.enumerated() {
            let cells = Dictionary(uniqueKeysWithValues: zip(table.columns, row))
            let mail = try mail(cells)
            try folder.write(Array(mail.utf8), to: "exports/adf/\(index).eml")
        }
        return "  leads: { file: \"adf/*.eml\", columns: { store_id: vendor, lead_id: id } }\n"
    }

    private static func mail(_ cells: [String: String]) throws -> String {
        let made = try #require(LeadTime(cells["created_at"] ?? "", dayFirst: false))
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let (year, month, day) = made.day.civil
        let second = made.secondOfDay ?? 0
        let offset = made.offset ?? 0
        let clock = [second / 3_600, second / 60 % 60, second % 60].map { twoDigits($0) }.joined(separator: ":")
        let zone = (offset < 0 ? "-" : "+") + twoDigits(abs(offset) / 3_600) + twoDigits(abs(offset) / 60 % 60)
        return """
            Received: from mx.provider.example by mx.riverside.example;\r
            \t\(day) \(months[month - 1]) \(year) \(clock) \(zone)\r
            Content-Type: text/plain; charset=utf-8\r
            \r
            <?xml version="1.0" encoding="UTF-8"?>\r
            <?adf version="1.0"?>\r
            <adf><prospect><id>\(cells["lead_id"] ?? "")</id>\r
            <vehicle><year>2026</year><make>Make</make><model>Model</model></vehicle>\r
            <customer><id>\(cells["customer_id"] ?? "")</id><contact><name part="full">A</name></contact></customer>\r
            <vendor><vendorname>\(cells["store_id"] ?? "")</vendorname></vendor>\r
            <provider><name part="full">\(cells["source"] ?? "")</name></provider></prospect></adf>\r

            """
    }
}
