import Basis

/// Customers of one surname at one address. Union-find over the roots of an identity; joins nobody's numbers.
struct Households {
    /// By customer code: the least code of the household.
    private(set) var root: [Int32]

    /// A name's word at an address.
    private struct Key {
        var address: Int32
        var word: Int32
        var customer: Int32
    }

    init(root customers: [Int32], _ records: GroupJournal.CustomerRecords, _ names: NameWords) {
        root = customers
        let addresses = AddressKeys(records.addresses)
        var keys: [Key] = []
        for record in 0..<records.count where records.customer[record] >= 0 && records.address[record] >= 0 {
            let address = addresses.code[Int(records.address[record])]
            if address < 0 { continue }
            for word in names.words(of: records.name[record]) {
                keys.append(Key(address: address, word: word, customer: customers[Int(records.customer[record])]))
            }
        }
        keys.sort { a, b in
            if a.address != b.address { return a.address < b.address }
            return a.word != b.word ? a.word < b.word : a.customer < b.customer
        }
        var start = 0
        while start < keys.count {
            var end = start + 1
            var distinct = 1
            while end < keys.count, keys[end].address == keys[start].address, keys[end].word == keys[start].word {
                if keys[end].customer != keys[end - 1].customer { distinct += 1 }
                end += 1
            }
            // An address that stands in for "none", or a company's.
            if distinct <= Identity.largestHousehold {
                for key in keys[(start + 1)..<end] { join(keys[start].customer, key.customer) }
            }
            start = end
        }
        for code in root.indices { root[code] = find(Int32(truncatingIfNeeded: code)) }
    }

    private mutating func find(_ code: Int32) -> Int32 {
        var code = code
        while root[Int(code)] != code {
            root[Int(code)] = root[Int(root[Int(code)])]
            code = root[Int(code)]
        }
        return code
    }

    private mutating func join(_ a: Int32, _ b: Int32) {
        let (x, y) = (find(a), find(b))
        if x != y { root[Int(max(x, y))] = min(x, y) }
    }
}

/// Addresses brought to one form: small letters, no marks, street words abbreviated as USPS Publication 28, appendix C.
struct AddressKeys {
    /// By address as it is written; −1: no address (no number, or one word alone).
    private(set) var code: [Int32]

    private static let short = [
        ("street", "st"), ("avenue", "ave"), ("av", "ave"), ("road", "rd"), ("drive", "dr"), ("lane", "ln"),
        ("court", "ct"), ("boulevard", "blvd"), ("place", "pl"), ("terrace", "ter"), ("circle", "cir"), ("highway", "hwy"),
        ("parkway", "pkwy"), ("square", "sq"), ("trail", "trl"), ("north", "n"), ("south", "s"), ("east", "e"),
        ("west", "w"), ("apartment", "apt"), ("unit", "apt"), ("suite", "apt"), ("ste", "apt"),
    ]

    init(_ addresses: IdentifierPool) {
        var pool = IdentifierPool(expected: addresses.count)
        var long = IdentifierPool()
        for pair in AddressKeys.short { long.intern(pair.0) }
        let short = AddressKeys.short.map { Array($0.1.utf8) }
        var letters = PlainLetters()
        var text: [UInt8] = []
        code = (0..<Int32(addresses.count)).map { address in
            addresses.withBytes(of: address) { letters.read($0) }
            text.removeAll(keepingCapacity: true)
            var hasNumber = false
            for word in 0..<letters.count {
                letters.withWord(word) { bytes in
                    if let first = bytes.first, first >= 0x30, first <= 0x39 { hasNumber = true }
                    if bytes.count <= 9, let known = long.code(of: bytes) {
                        text += short[Int(known)]
                    } else {
                        text.append(contentsOf: bytes)
                    }
                }
                text.append(0x20)
            }
            guard hasNumber, letters.count > 1 else { return -1 }
            return text.withUnsafeBufferPointer { pool.intern($0) }
        }
    }
}
