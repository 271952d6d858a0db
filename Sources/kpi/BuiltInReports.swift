import CReports

/// The files of `reports/`, as they were when the program was built.
enum BuiltInReports {
    static let names = (0..<kpi_report_count()).map { String(cString: kpi_report_at($0).name) }

    static func text(_ name: String) -> String? {
        names.firstIndex(of: name).map { index in
            let report = kpi_report_at(index)
            return String(decoding: UnsafeBufferPointer(start: report.bytes, count: report.size), as: UTF8.self)
        }
    }
}
