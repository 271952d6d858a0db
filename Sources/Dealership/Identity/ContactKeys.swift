import Basis

/// Phones and e-mail addresses of customer records, brought to one form each.
struct ContactKeys {
    /// By record: E.164 digits as a number; 0: none, or one that links nobody.
    var phone: [UInt64]
    /// By record: code in `emails`; −1: none, or one that links nobody.
    var email: [Int32]
    private(set) var emails: IdentifierPool

    init(_ records: GroupJournal.CustomerRecords, country: PhoneCountry) {
        var digits: [UInt8] = []
        let phones = (0..<Int32(records.phones.count)).map { code in
            records.phones.withBytes(of: code) { country.number($0, &digits) ?? 0 }
        }
        phone = records.phone.map { $0 < 0 ? 0 : phones[Int($0)] }
        var keys = IdentifierPool(expected: records.emails.count)
        var text: [UInt8] = []
        let codes = (0..<Int32(records.emails.count)).map { code -> Int32 in
            text.removeAll(keepingCapacity: true)
            guard records.emails.withBytes(of: code, { ContactKeys.normalizedEmail($0, &text) }) else { return -1 }
            return text.withUnsafeBufferPointer { keys.intern($0) }
        }
        email = records.email.map { $0 < 0 ? -1 : codes[Int($0)] }
        emails = keys
    }

    /// In small letters; false for what is no address.
    static func normalizedEmail(_ email: UnsafeBufferPointer<UInt8>, _ text: inout [UInt8]) -> Bool {
        if email.allSatisfy({ $0 < 0x80 }) {
            for byte in email { text.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) }
        } else {
            text.append(contentsOf: String(decoding: email, as: UTF8.self).lowercased().utf8)
        }
        guard let at = text.firstIndex(of: 0x40), at > 0 else { return false }
        let domain = text[(at + 1)...]
        return !domain.contains(0x40) && domain.contains(0x2E) && !text.contains(0x20)
    }
}

/// How phone numbers without a country are read: as those of the dealership's own.
public struct PhoneCountry: Hashable, Sendable {
    /// Calling code, such as 1 (North America) or 49 (ITU-T E.164).
    public var callingCode: Int
    public init(callingCode: Int) { self.callingCode = callingCode }

    /// E.164 digits without the sign, as a number; nil for what is no number. An extension behind an x belongs to a desk.
    public func number(_ phone: UnsafeBufferPointer<UInt8>, _ digits: inout [UInt8]) -> UInt64? {
        digits.removeAll(keepingCapacity: true)
        var hasPlus = false
        for (index, byte) in phone.enumerated() {
            if byte == 0x2B, digits.isEmpty { hasPlus = true }
            // x, #, ext
            if !digits.isEmpty, byte == 0x23 || byte | 0x20 == 0x78 || byte | 0x20 == 0x65 { break }
            guard byte >= 0x30, byte <= 0x39 else { continue }
            // `+49 (0)171`: dialled inside the country only.
            if hasPlus, byte == 0x30, index > 0, phone[index - 1] == 0x28, index + 1 < phone.count, phone[index + 1] == 0x29 {
                continue
            }
            digits.append(byte - 0x30)
        }
        if !hasPlus, !makeInternational(&digits) { return nil }
        guard (8...15).contains(digits.count), isGivenOut(digits) else { return nil }
        return digits.reduce(0) { $0 * 10 + UInt64($1) }
    }

    /// False for what is no whole number.
    private func makeInternational(_ digits: inout [UInt8]) -> Bool {
        if callingCode == 1 {
            if digits.starts(with: [0, 1, 1]) {
                digits.removeFirst(3)
            } else if digits.count == 10 {
                digits.insert(1, at: 0)
            } else {
                return digits.count > 11 || digits.count == 11 && digits[0] == 1
            }
            return true
        }
        if digits.starts(with: [0, 0]) {
            digits.removeFirst(2)
        } else if digits.first == 0 || digits.count <= 10 {
            // Everywhere but in Italy the 0 in front is the trunk's and no part of the number.
            if digits.first == 0, callingCode != 39 { digits.removeFirst() }
            digits.insert(contentsOf: String(callingCode).utf8.map { $0 - 0x30 }, at: 0)
        }
        return true
    }

    /// Not one digit over and over; in North America area code and exchange begin with 2 to 9 (NANPA).
    private func isGivenOut(_ digits: [UInt8]) -> Bool {
        func distinct(_ digits: ArraySlice<UInt8>) -> Int { digits.reduce(UInt16(0)) { $0 | 1 << UInt16($1) }.nonzeroBitCount }
        if digits[0] == 1 { return digits.count == 11 && digits[1] > 1 && digits[4] > 1 && distinct(digits[...]) > 2 }
        return digits[0] != 0 && distinct(digits.suffix(7)) > 1
    }
}
