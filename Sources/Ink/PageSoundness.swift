public import Basis
public import Drawing

/// Refuses a page that cannot be read: a text that leaves its box, lies on another, is under 8 pt, or has a contrast
/// below 4.5 : 1.
///
/// - Parameters:
///   - page: counts from 1; for messages.
///   - margin: of the sheet, in points.
/// - Returns: a warning `text-struck` for texts with a line through them, which can still be read.
/// - Throws: `page-unsound`, a fault a text.
public func checkSound(_ frame: Frame, page: Int, margin: Double = 36) throws(Rejection) -> [Diagnostic] {
    let faults = PageFaults(frame, margin: margin).all
    let fatal = faults.filter { $0.kind != .struck }
    guard fatal.isEmpty else { throw Rejection(fatal.map { unsound($0, page: page) }) }
    return faults.map {
        Diagnostic(.warning, "text-struck", "page \(page): a line goes through \"\($0.text)\"", remedies: [shorter])
    }
}

private let shorter = "shorten that name or text where it comes from, or choose larger paper"

private func unsound(_ fault: PageFault, page: Int) -> Diagnostic {
    let text = "\"\(fault.text)\""
    let (what, remedy) =
        switch fault.kind {
        case .small: ("\(text) has \(fault.detail), less than 8 pt", shorter)
        case .faint:
            (
                "\(text) has a contrast of \(fault.detail) : 1, less than 4.5 : 1",
                "choose a darker accent or signal under `look:` in dealership.yaml"
            )
        case .outside: ("\(text) leaves its box: \(fault.detail)", shorter)
        case .overlapping, .struck: ("\(text) lies on \(fault.detail)", shorter)
        }
    return Diagnostic(
        .error, "page-unsound", "page \(page): \(what)",
        remedies: [remedy, "else it is a fault of this program: report it with this line"])
}
