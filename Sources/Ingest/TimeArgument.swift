public import Basis

/// A time that somebody typed, read as exports' times are.
public func readTime(_ text: String) -> (day: Day, secondOfDay: Int?, offset: Int?)? {
    var copy = text
    return copy.withUTF8 { bytes in
        guard let base = bytes.baseAddress,
            let written = TimeReader(dayFirst: false).read(FieldText(base, from: 0, to: bytes.count))
        else { return nil }
        switch written.zone {
        case .local: return (written.day, written.secondOfDay, nil)
        case .offset(let offset): return (written.day, written.secondOfDay, offset)
        }
    }
}
