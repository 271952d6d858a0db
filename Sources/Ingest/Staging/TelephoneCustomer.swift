import Dealership

/// A customer of whom an export knows the telephone number alone.
struct TelephoneCustomer: Sendable {
    private let country: PhoneCountry
    /// Of the dealership, as `read` gives them.
    private let own: Set<[UInt8]>

    init(_ rule: ExportSettings.TelephoneRule) {
        country = rule.country
        own = Set(rule.own.map { TelephoneCustomer.read(Array($0.utf8), rule.country) })
    }

    /// `tel:+12015550101`; empty where there is no number, as of one that is withheld, or where it is our own.
    func number(_ cell: [UInt8]) -> [UInt8] {
        let number = TelephoneCustomer.read(cell, country)
        return own.contains(number) ? [] : number
    }

    /// Digits as they stand where they are no number that can be dialled: a short code.
    private static func read(_ cell: [UInt8], _ country: PhoneCountry) -> [UInt8] {
        var digits: [UInt8] = []
        let number = cell.withUnsafeBufferPointer { country.number($0, &digits) }
        if let number { return Identity.telephone + Array("+\(number)".utf8) }
        let plain = cell.filter { (0x30...0x39).contains($0) }
        return plain.count < 3 ? [] : Identity.telephone + plain
    }
}
