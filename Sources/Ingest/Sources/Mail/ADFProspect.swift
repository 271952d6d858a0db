/// A lead as ADF 1.0 says it: who wants which car, from whom, asked when.
struct ADFProspect: Sendable {
    struct Identifier: Hashable, Sendable {
        var value: String
        var source: String
        var sequence: Int?
    }

    struct Vehicle: Hashable, Sendable {
        var interest = "", status = "", year = "", make = "", model = "", trim = "", vin = "", stock = ""
        var odometer = "", odometerUnit = "", price = "", priceType = "", currency = ""
    }

    struct Contact: Hashable, Sendable {
        var name = "", first = "", last = "", email = "", phone = "", otherPhone = ""
        var address = "", city = "", region = "", postalCode = "", country = ""
    }

    /// `new`, `resend`, or as it is written.
    var status: String
    /// The first of the least sequence; nil: none.
    var identifier: Identifier?
    var requestDate: String
    /// What is wanted; the first that is not given in payment.
    var vehicle: Vehicle
    var tradeIn: Vehicle
    var customerIdentifier: Identifier?
    var customer: Contact
    var timeframe: String
    var comments: String
    var vendorIdentifier: Identifier?
    var vendor: String
    var providerIdentifier: Identifier?
    var provider: String
    var service: String
    /// Of the first id that names one.
    var source: String
    var deviations: Set<LeadDeviation> = []

    init(_ prospect: ADFElement) {
        var deviations: Set<LeadDeviation> = []
        status = prospect.attribute("status").lowercased()
        if status.isEmpty { status = "new" }
        if status != "new", status != "resend" { deviations.insert(.unknownStatus) }
        identifier = ADFProspect.identifier(prospect)
        requestDate = prospect.value("requestdate")
        if requestDate.isEmpty { deviations.insert(.noRequestDate) }
        let all = prospect.all("vehicle").map { ADFProspect.vehicle($0, &deviations) }
        let given = ["trade-in", "tradein", "trade"]
        vehicle = all.first { !given.contains($0.interest) } ?? Vehicle()
        tradeIn = all.first { given.contains($0.interest) } ?? Vehicle()
        if all.isEmpty { deviations.insert(.noVehicle) }
        let customer = prospect.first("customer")
        customerIdentifier = customer.flatMap(ADFProspect.identifier)
        self.customer = (customer?.first("contact") ?? customer).map { ADFProspect.contact($0, &deviations) }
            ?? Contact()
        let timeframe = customer?.first("timeframe")
        self.timeframe = ["description", "earliestdate", "latestdate"].compactMap { timeframe?.value($0) }
            .filter { !$0.isEmpty }.joined(separator: " ")
        let texts = [customer?.value("comments") ?? "", prospect.value("comments")]
            + prospect.all("vehicle").map { $0.value("comments") }
        comments = texts.filter { !$0.isEmpty }.joined(separator: " ")
        let vendor = prospect.first("vendor")
        vendorIdentifier = vendor.flatMap(ADFProspect.identifier)
        self.vendor = vendor?.value("vendorname") ?? ""
        if self.vendor.isEmpty {
            deviations.insert(.noVendorName)
            var unheard: Set<LeadDeviation> = []
            self.vendor = vendor?.first("contact").map { ADFProspect.contact($0, &unheard).name } ?? ""
        }
        let provider = prospect.first("provider")
        providerIdentifier = provider.flatMap(ADFProspect.identifier)
        self.provider = provider?.value("name") ?? ""
        service = provider?.value("service") ?? ""
        source = prospect.all("id").lazy.map { $0.attribute("source") }.first { !$0.isEmpty } ?? ""
        self.deviations = deviations
    }

    /// What programs write where there is no number.
    private static let noNumbers: Set<String> = ["0", "n/a", "na", "none", "null", "-", "unknown"]

    private static func identifier(_ element: ADFElement) -> Identifier? {
        let all = element.all("id").map {
            Identifier(value: $0.value, source: $0.attribute("source"), sequence: Int($0.attribute("sequence")))
        }.filter { !$0.value.isEmpty && !noNumbers.contains($0.value.lowercased()) }
        return all.enumerated().min {
            let (a, b) = ($0.element.sequence ?? .max, $1.element.sequence ?? .max)
            return a != b ? a < b : $0.offset < $1.offset
        }?.element
    }

    private static let interests: Set<String> = ["", "buy", "lease", "sell", "trade-in", "test-drive"]

    private static func vehicle(_ element: ADFElement, _ deviations: inout Set<LeadDeviation>) -> Vehicle {
        var vehicle = Vehicle()
        vehicle.interest = element.attribute("interest").lowercased()
        if !interests.contains(vehicle.interest) { deviations.insert(.unknownInterest) }
        if vehicle.interest.isEmpty { vehicle.interest = "buy" }
        vehicle.status = element.attribute("status").lowercased()
        vehicle.year = element.value("year")
        vehicle.make = element.value("make")
        vehicle.model = element.value("model")
        vehicle.trim = element.value("trim")
        vehicle.vin = element.value("vin").uppercased()
        vehicle.stock = element.value("stock")
        vehicle.odometer = element.value("odometer")
        vehicle.odometerUnit = element.first("odometer")?.attribute("units").lowercased() ?? ""
        vehicle.price = element.value("price")
        let price = element.all("price").first { !$0.value.isEmpty }
        vehicle.priceType = price?.attribute("type").lowercased() ?? ""
        vehicle.currency = price?.attribute("currency").uppercased() ?? ""
        return vehicle
    }

    private static let phoneTypes: Set<String> = ["", "voice", "fax", "cellphone", "pager", "phone"]
    private static let mobile: Set<String> = ["cellphone", "mobile", "cell", "cellular", "mobilephone"]
    private static let noVoice: Set<String> = ["fax", "pager"]
    private static let phoneTimes: Set<String> = ["", "morning", "afternoon", "evening", "nopreference", "day"]

    private static func contact(_ element: ADFElement, _ deviations: inout Set<LeadDeviation>) -> Contact {
        var contact = Contact()
        func name(_ parts: String...) -> String {
            element.all("name").first { parts.contains($0.attribute("part").lowercased()) && !$0.value.isEmpty }?.value
                ?? ""
        }
        contact.first = name("first")
        contact.last = name("last", "surname")
        let parts = [contact.first, name("middle"), contact.last].filter { !$0.isEmpty }.joined(separator: " ")
        let full = name("full", "")
        contact.name = full.isEmpty ? parts : full
        contact.email = element.value("email")
        let phones = element.all("phone").filter { $0.value.contains { $0.isNumber } }
        for phone in element.all("phone") {
            if !phoneTypes.contains(phone.attribute("type").lowercased()) { deviations.insert(.phoneType) }
            if !phoneTimes.contains(phone.attribute("time").lowercased()) { deviations.insert(.phoneTime) }
        }
        let voices = phones.filter { !noVoice.contains($0.attribute("type").lowercased()) }
        let preferred = voices.first { mobile.contains($0.attribute("type").lowercased()) } ?? voices.first
        contact.phone = preferred?.value ?? ""
        contact.otherPhone = voices.map(\.value).first { $0 != contact.phone } ?? ""
        if let address = element.first("address") {
            contact.city = address.value("city")
            contact.region = address.value("regioncode")
            contact.postalCode = address.value("postalcode")
            contact.country = address.value("country")
            let streets = (address.all("street") + address.all("apartment")).map(\.value)
            let place = [contact.region, contact.postalCode].filter { !$0.isEmpty }.joined(separator: " ")
            contact.address = (streets + [contact.city, place, contact.country]).filter { !$0.isEmpty }
                .joined(separator: ", ")
        }
        return contact
    }
}
