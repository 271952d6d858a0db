import CReports

/// The files of `reports/`, as they were when the program was built.
enum BuiltInReports {
    static let names = ["monthly", "response", "conversion", "outage", "claim", "vendors", "change", "efforts"]

    static func text(_ name: String) -> String? {
        var size = 0
        let bytes: UnsafePointer<UInt8>? =
            switch name {
            case "monthly": kpi_report_monthly(&size)
            case "response": kpi_report_response(&size)
            case "conversion": kpi_report_conversion(&size)
            case "outage": kpi_report_outage(&size)
            case "claim": kpi_report_claim(&size)
            case "vendors": kpi_report_vendors(&size)
            case "change": kpi_report_change(&size)
            case "efforts": kpi_report_efforts(&size)
            default: nil
            }
        return bytes.map { String(decoding: UnsafeBufferPointer(start: $0, count: size), as: UTF8.self) }
    }
}
