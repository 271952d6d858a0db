/// How a lead departs from ADF 1.0, and what was made of it. Each is counted and told of once for all files.
enum LeadDeviation: Int, Hashable, Sendable, CaseIterable {
    // the text
    case foreignBytes, unknownCharset, escapedMarkup, upperCaseInstruction, documentType, openRoot, damagedMail
    // repaired before it is read
    case curlyQuotes, looseMarkup, bareAmpersand, foreignEntity, wrongCase, controlCharacter
    // times
    case localeDate, looseOffset, badOffset, noOffset, noRequestDate, badRequestDate, badMailDate, noMailDate
    // values
    case unknownStatus, unknownInterest, phoneType, phoneTime, noVendorName, noVehicle, noContact, noIdentifier

    /// What is so, and what was done; behind a count of leads and a colon.
    var words: String {
        switch self {
        case .foreignBytes: "letters that are not UTF-8 although nothing else is said; read as Windows-1252"
        case .unknownCharset: "a charset that is not known here; read as UTF-8"
        case .escapedMarkup: "the XML stands in the mail with &lt; for <; unpacked"
        case .upperCaseInstruction: "instructions such as <?ADF VERSION?> in capitals; read all the same"
        case .documentType: "a DOCTYPE; nothing that it declares or refers to is read"
        case .openRoot: "<adf> is missing or not closed; the leads inside are whole"
        case .damagedMail: "the mail's parts are not as its headers say; what is there was read"
        case .curlyQuotes: "curly quotes around attributes; taken for straight ones"
        case .looseMarkup: "markup that is no XML (attributes without quotes, a bare <, HTML tags); mended"
        case .bareAmpersand: "& without amp; taken for the letter"
        case .foreignEntity: "HTML's names of letters such as &eacute;, which XML has not; taken for those letters"
        case .wrongCase: "elements or attributes in capitals; read as small letters"
        case .controlCharacter: "control characters that XML cannot have; taken for spaces"
        case .localeDate: "requestdate is not ISO 8601; read as it is written"
        case .looseOffset: "an offset that is not written as +05:00; read all the same"
        case .badOffset: "an offset that no zone has; the store's zone was taken"
        case .noOffset: "requestdate has no offset; the store's zone was taken"
        case .noRequestDate: "no requestdate"
        case .badRequestDate: "requestdate is no date that can be read"
        case .badMailDate: "the mail's last Received is no date that can be read; the one before it, or Date, was taken"
        case .noMailDate: "the mail says nowhere when it came; requestdate was taken"
        case .unknownStatus: "a status that is neither new nor resend; kept as it is"
        case .unknownInterest: "an interest that ADF does not have; kept as it is"
        case .phoneType: "a phone type that is not voice, fax, cellphone or pager; mobile is cellphone, others voice"
        case .phoneTime: "a phone's time that ADF does not have; passed over"
        case .noVendorName: "no vendorname; the vendor's contact or number stands for it"
        case .noVehicle: "no vehicle"
        case .noContact: "a customer without phone and e-mail; a customer of its own for each lead"
        case .noIdentifier: "no id; the mail's Message-ID, or the lead's content, stands for it"
        }
    }
}
