import Dealership

/// A customer of whom an export knows the telephone number alone.
enum TelephoneCustomer {
    /// `tel:+12015550101`; digits as they stand where they are no number that can be dialled (a short code); empty where
    /// there are none, such as for a withheld number.
    static func number(_ cell: [UInt8], _ country: PhoneCountry) -> [UInt8] {
        var digits: [UInt8] = []
        let number = cell.withUnsafeBufferPointer { country.number($0, &digits) }
        if let number { return Identity.telephone + Array("+\(number)".utf8) }
        let plain = cell.filter { (0x30...0x39).contains($0) }
        return plain.count < 3 ? [] : Identity.telephone + plain
    }
}
