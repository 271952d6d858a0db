import CReports

/// The files of `reports/`, as they were when the program was built.
enum BuiltInReports {
    static let names = ["monthly"]

    static func text(_ name: String) -> String? {
        guard name == "monthly" else { return nil }
        var size = 0
        guard let bytes = kpi_report_monthly(&size) else { return nil }
        return String(decoding: UnsafeBufferPointer(start: bytes, count: size), as: UTF8.self)
    }
}
