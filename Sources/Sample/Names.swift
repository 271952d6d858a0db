/// Made-up names and contacts. Numbers are of the range 555-0100 to 555-0199, which is given to nobody, and mail goes
/// to the domains that RFC 2606 reserves.
enum Names {
    static let first = [
        "Ada", "Amir", "Anika", "Arlo", "Beatriz", "Bennett", "Calla", "Carmen", "Casper", "Cleo", "Dalia", "Darius",
        "Delphine", "Dmitri", "Edda", "Elias", "Elodie", "Emeka", "Esme", "Farah", "Felix", "Fiona", "Gideon", "Greta",
        "Hana", "Harlan", "Hugo", "Ilse", "Imani", "Ines", "Isak", "Ivo", "Jada", "Jonas", "Juno", "Kai", "Kasia",
        "Keiko", "Lars", "Leila", "Linus", "Lorena", "Mabel", "Malik", "Marisol", "Mateo", "Mira", "Nadia", "Nils",
        "Noor", "Odette", "Omar", "Orla", "Otis", "Paloma", "Petra", "Quinn", "Rafael", "Renata", "Rhea", "Rory",
        "Sanjay", "Selma", "Silas", "Soren", "Tala", "Tamsin", "Teodor", "Thea", "Tomas", "Uma", "Vera", "Viggo",
        "Wren", "Yara", "Yusuf", "Zelda", "Zoë",
    ]
    static let last = [
        "Abernall", "Albrecht", "Amadi", "Ashgrove", "Balint", "Barrowby", "Bellweather", "Birchall", "Bramwick",
        "Calloway", "Castellan", "Chandry", "Corvane", "Dalgaard", "Darrowby", "Delacroy", "Dunmere", "Eastlake",
        "Ekström", "Ellerby", "Fairholt", "Fennimore", "Ferrando", "Galloway", "Garrick", "Glenmoor", "Granados",
        "Hadley", "Halloran", "Hartwell", "Hollis", "Ibarra", "Ingram", "Jansky", "Jessop", "Kallas", "Kestrel",
        "Kinsale", "Lachance", "Larkspur", "Lindqvist", "Lockhart", "Maddox", "Marchetti", "Merriweather", "Moreau",
        "Nakano", "Norwood", "Núñez", "O'Dell", "Okonjo", "Orlov", "Pemberton", "Pettigrew", "Quigley", "Radley",
        "Ravensby", "Rosario", "Sandoval", "Santry", "Selwyn", "Sorrel", "Tannhauer", "Thistlewood", "Tremblay",
        "Underhill", "Vandermeer", "Velasco", "Wakefield", "Westerby", "Whitlock", "Winslow", "Yarrow", "Yates",
        "Zabel", "Zimmerlin",
    ]
    static let streets = [
        "Alder St", "Birch Ave", "Canal Rd", "Cedar Ln", "Chestnut Dr", "Depot St", "Elm Ct", "Foundry Rd",
        "Garden Way", "Harvest Ln", "Juniper Dr", "Lake Shore Rd", "Maple Ave", "Mill St", "Orchard Rd", "Prospect Ave",
        "Quarry Rd", "River St", "Summit Dr", "Walnut St",
    ]
    static let firms = [
        "Halberd & Sons, Inc.", "Bluefin Couriers, LLC", "Kestrel \"Quick\" Plumbing", "Oakline Landscaping, Inc.",
    ]
    static let domains = ["example.com", "example.net", "example.org"]

    /// Area code and last two digits of a number; unique below 79,900.
    static func phone(_ index: Int) -> (area: Int, line: Int) { (201 + index / 100 % 799, index % 100) }

    enum PhoneStyle: Int, CaseIterable { case dashes, parentheses, dots, plain, international }

    static func phone(_ index: Int, _ style: PhoneStyle) -> String {
        let (area, line) = phone(index)
        let end = "01" + (line < 10 ? "0\(line)" : "\(line)")
        return switch style {
        case .dashes: "\(area)-555-\(end)"
        case .parentheses: "(\(area)) 555-\(end)"
        case .dots: "\(area).555.\(end)"
        case .plain: "\(area)555\(end)"
        case .international: "+1 \(area) 555 \(end)"
        }
    }

    /// Letters and digits of ASCII alone, which is what forms let through.
    static func mail(_ firstName: String, _ lastName: String, _ index: Int) -> String {
        func plain(_ name: String) -> String {
            String(name.lowercased().unicodeScalars.compactMap { scalar in
                switch scalar {
                case "a"..."z": Character(scalar)
                case "ë": "e"
                case "ö": "o"
                case "ú": "u"
                case "ñ": "n"
                default: nil
                }
            })
        }
        return "\(plain(firstName)).\(plain(lastName))\(index)@\(domains[index % domains.count])"
    }

    private static let letters = Array("ABCDEFGHJKLMNPRSTUVWXYZ0123456789")
    private static let weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]

    /// A vehicle identification number with its check digit (49 CFR 565.15): maker code `9ZZ`, which nobody has, and a
    /// serial number.
    static func vin(serial: Int, year: Int) -> String {
        let tail = 1_000_000 + serial % 1_000_000
        let model = letters[8 + serial / 1_000_000 % 10]
        var characters = Array("9ZZ\(model)K4E50") + [yearCode(year), "R"] + Array("\(tail)").dropFirst()
        let sum = zip(characters, weights).reduce(0) { $0 + value($1.0) * $1.1 }
        characters[8] = sum % 11 == 10 ? "X" : Character("\(sum % 11)")
        return String(characters)
    }

    private static func yearCode(_ year: Int) -> Character {
        Array("ABCDEFGHJKLMNPRSTVWXY123456789")[(year - 2010 + 60) % 30]
    }

    private static func value(_ character: Character) -> Int {
        if let digit = character.wholeNumberValue { return digit }
        let codes: [Character: Int] = [
            "A": 1, "B": 2, "C": 3, "D": 4, "E": 5, "F": 6, "G": 7, "H": 8, "J": 1, "K": 2, "L": 3, "M": 4, "N": 5,
            "P": 7, "R": 9, "S": 2, "T": 3, "U": 4, "V": 5, "W": 6, "X": 7, "Y": 8, "Z": 9,
        ]
        return codes[character] ?? 0
    }
}
