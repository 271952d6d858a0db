import Basis

/// Why a row of an export is not counted. Every row is either counted or set aside with exactly one of these.
public enum SetAside: UInt8, Hashable, Sendable, CaseIterable, Comparable {
    case missingValue, unreadableTime, unreadableNumber, unknownChoice, unknownStore, missingStore
    case duplicateRow, duplicateIdentifier, dateAhead, endsBeforeStart, tooShort, tooLong, totalRow, leftOutByMapping
    case unclosedQuote, timeNeeded, extraCells, unknownPerson, otherStore, severalSystems
    case badVIN, noCustomer, reversalWithoutSale, unpairedEvent
    case unknownOutage, beforeOutage, answeredBeforeAsked, negativeAmount, twoPlaces, errorCell, unreadableLead, headerAgain
    case otherCurrency, customerAgain

    public static func < (a: SetAside, b: SetAside) -> Bool { a.rawValue < b.rawValue }

    /// The stable code of its diagnostics.
    public var code: String {
        switch self {
        case .missingValue: "missing-value"
        case .unreadableTime: "unreadable-date"
        case .unreadableNumber: "unreadable-number"
        case .unknownChoice: "unknown-choice"
        case .unknownStore: "unknown-store"
        case .missingStore: "missing-store"
        case .duplicateRow: "duplicate-row"
        case .duplicateIdentifier: "duplicate-id"
        case .dateAhead: "date-ahead"
        case .endsBeforeStart: "ends-before-start"
        case .tooShort: "short-row"
        case .tooLong: "long-value"
        case .totalRow: "total-row"
        case .leftOutByMapping: "left-out-by-mapping"
        case .unclosedQuote: "unclosed-quote"
        case .timeNeeded: "time-needed"
        case .extraCells: "long-row"
        case .unknownPerson: "unknown-person"
        case .otherStore: "two-stores"
        case .severalSystems: "several-systems"
        case .badVIN: "bad-vin"
        case .noCustomer: "no-customer"
        case .reversalWithoutSale: "reversal-without-sale"
        case .unknownOutage: "unknown-outage"
        case .beforeOutage: "before-outage"
        case .answeredBeforeAsked: "answered-before-asked"
        case .negativeAmount: "negative-amount"
        case .unpairedEvent: "unpaired-event"
        case .twoPlaces: "two-places"
        case .errorCell: "error-cell"
        case .unreadableLead: "unreadable-lead"
        case .headerAgain: "header-again"
        case .otherCurrency: "other-currency"
        case .customerAgain: "customer-again"
        }
    }

    /// As page 7 prints it.
    public var words: String {
        switch self {
        case .missingValue: say("Required value missing")
        case .unreadableTime: say("Date not readable")
        case .unreadableNumber: say("Number not readable")
        case .unknownChoice: say("Unknown word in a column")
        case .unknownStore: say("Unknown store")
        case .missingStore: say("No store given")
        case .duplicateRow: say("Same row twice")
        case .duplicateIdentifier: say("Same number, other content")
        case .dateAhead: say("Date in the future")
        case .endsBeforeStart: say("Ends before it starts")
        case .tooShort: say("Row cut off")
        case .tooLong: say("Number too long")
        case .totalRow: say("Total row")
        case .leftOutByMapping: say("Left out by your mapping")
        case .unclosedQuote: say("Quote never closed")
        case .timeNeeded: say("Time of day missing")
        case .extraCells: say("More cells than the header")
        case .unknownPerson: say("Unknown person")
        case .otherStore: say("Conversation over two stores")
        case .severalSystems: say("Conversation in several systems")
        case .badVIN: say("VIN not of 17 characters")
        case .noCustomer: say("Sale without a customer")
        case .reversalWithoutSale: say("Reversal of an unknown deal")
        case .unknownOutage: say("Unknown outage")
        case .beforeOutage: say("Before its outage began")
        case .answeredBeforeAsked: say("Answered before it was asked")
        case .negativeAmount: say("Amount below 0")
        case .unpairedEvent: say("Up or down without the other")
        case .twoPlaces: say("Two departments on one day")
        case .errorCell: say("Error of a spreadsheet")
        case .unreadableLead: say("Lead that cannot be read")
        case .headerAgain: say("Header once more")
        case .otherCurrency: say("Amount in another currency")
        case .customerAgain: say("Customer of several rows")
        }
    }

    /// Somebody should correct the export; the others are as expected.
    public var isFault: Bool {
        switch self {
        case .duplicateRow, .totalRow, .leftOutByMapping, .headerAgain, .customerAgain: false
        default: true
        }
    }

    public var remedy: String {
        switch self {
        case .missingValue: say(later: "fill it in the source system and export again")
        case .unreadableTime: say(later: "write it as 2026-10-31 14:05, or say `dates: dmy` in the export's mapping if days come first")
        case .unreadableNumber: say(later: "write it as 1234.50")
        case .unknownChoice: say(later: "map it under `values:` in the export's mapping")
        case .unknownStore: say(later: "add the store to stores.csv, or correct the number")
        case .missingStore: say(later: "say which store: add a store_id column or a `value:` in the mapping")
        case .duplicateRow: say(later: "nothing to do: it is counted once")
        case .duplicateIdentifier: say(later: "find out which row is right and export again; until then only the other is counted")
        case .dateAhead: say(later: "correct the date in the source system")
        case .endsBeforeStart: say(later: "correct start or end in the source system")
        case .tooShort: say(later: "export again: the row ends early")
        case .tooLong: say(later: "identifiers may have up to 250 bytes")
        case .totalRow: say(later: "nothing to do: totals are not records")
        case .leftOutByMapping: say(later: "nothing to do: your `only:` says so")
        case .unclosedQuote: say(later: "close the quote or export again")
        case .extraCells: say(later: "put texts with commas in quotes: the row's values stand in the wrong columns")
        case .unknownPerson: say(later: "add the person to the people export, or correct the number")
        case .severalSystems: say(later: "say with `system:` in the export's mapping which system's numbers these are")
        case .otherStore: say(later: "give each store's conversations numbers of their own, or correct the store")
        case .badVIN: say(later: "correct the VIN in the source system")
        case .noCustomer: say(later: "fill it in the source system: until then the sale can be credited to no visit")
        case .reversalWithoutSale: say(later: "export the deal as well, or correct its number; a deal's own row may carry reversed_on")
        case .unknownOutage: say(later: "add the outage to the outage log, or correct the number")
        case .beforeOutage: say(later: "correct the date, or the outage's number")
        case .answeredBeforeAsked: say(later: "correct one of the two dates")
        case .negativeAmount: say(later: "write what was given or asked without a sign; what was taken back is an amount of 0")
        case .unpairedEvent: say(later: "nothing to do if the export begins in the middle or says it twice; else export all rows again")
        case .twoPlaces: say(later: "end one row before the other begins: active_to and active_from say who worked where")
        case .errorCell: say(later: "mend the formula or lookup that gives it, and export again")
        case .unreadableLead: say(later: "have the provider send it again: a tag is not closed, or the text is cut off")
        case .headerAgain: say(later: "nothing to do: a header is no record")
        case .otherCurrency: say(later: "correct `currency:` in dealership.yaml, or export amounts in its currency")
        case .customerAgain: say(later: "nothing to do: each customer is counted once")
        case .timeNeeded: say(later: "export the time of day too: a date alone cannot say how long somebody waited")
        }
    }
}
