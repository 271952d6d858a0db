/// Columns of the text that leads become: our own names first, so that `leads` and `customers` need no mapping; the
/// others are there to be mapped.
enum LeadColumn: String, CaseIterable {
    case leadID = "lead_id"
    case customerID = "customer_id"
    case createdAt = "created_at"
    case requestedAt = "requested_at"
    case source, status, name, phone, email, address
    case firstName = "first_name"
    case lastName = "last_name"
    case otherPhone = "other_phone"
    case city, region
    case postalCode = "postal_code"
    case country
    case interest = "vehicle_interest"
    case vehicleStatus = "vehicle_status"
    case year = "vehicle_year"
    case make, model, trim, vin, stock
    case mileage
    case mileageUnit = "mileage_unit"
    case price
    case priceType = "price_type"
    case currency
    case tradeVIN = "trade_vin"
    case tradeYear = "trade_year"
    case tradeMake = "trade_make"
    case tradeModel = "trade_model"
    case tradeMileage = "trade_mileage"
    case timeframe
    case vendor
    case vendorID = "vendor_id"
    case provider
    case providerID = "provider_id"
    case service
    case id
    case idSource = "id_source"
    case messageID = "message_id"
    // What customers and others wrote: there only where a mapping asks for it.
    case comments
    case mailFrom = "mail_from"
    case mailSubject = "mail_subject"

    var isOnDemand: Bool { [.comments, .mailFrom, .mailSubject].contains(self) }

    func value(_ lead: Lead) -> String {
        let prospect = lead.prospect
        return switch self {
        case .leadID: lead.leadID
        case .customerID: lead.customerID
        case .createdAt: lead.createdAt?.text ?? ""
        case .requestedAt: lead.requestedAt?.text ?? ""
        case .source: prospect.provider.isEmpty ? prospect.source : prospect.provider
        case .status: prospect.status
        case .name: prospect.customer.name
        case .phone: prospect.customer.phone
        case .email: prospect.customer.email
        case .address: prospect.customer.address
        case .firstName: prospect.customer.first
        case .lastName: prospect.customer.last
        case .otherPhone: prospect.customer.otherPhone
        case .city: prospect.customer.city
        case .region: prospect.customer.region
        case .postalCode: prospect.customer.postalCode
        case .country: prospect.customer.country
        case .interest: prospect.vehicle.interest
        case .vehicleStatus: prospect.vehicle.status
        case .year: prospect.vehicle.year
        case .make: prospect.vehicle.make
        case .model: prospect.vehicle.model
        case .trim: prospect.vehicle.trim
        case .vin: prospect.vehicle.vin
        case .stock: prospect.vehicle.stock
        case .mileage: prospect.vehicle.odometer
        case .mileageUnit: prospect.vehicle.odometerUnit
        case .price: prospect.vehicle.price
        case .priceType: prospect.vehicle.priceType
        case .currency: prospect.vehicle.currency
        case .tradeVIN: prospect.tradeIn.vin
        case .tradeYear: prospect.tradeIn.year
        case .tradeMake: prospect.tradeIn.make
        case .tradeModel: prospect.tradeIn.model
        case .tradeMileage: prospect.tradeIn.odometer
        case .timeframe: prospect.timeframe
        case .vendor: prospect.vendor.isEmpty ? prospect.vendorIdentifier?.value ?? "" : prospect.vendor
        case .vendorID: prospect.vendorIdentifier?.value ?? ""
        case .provider: prospect.provider
        case .providerID: prospect.providerIdentifier?.value ?? ""
        case .service: prospect.service
        case .id: prospect.identifier?.value ?? ""
        case .idSource: prospect.identifier?.source ?? ""
        case .messageID: lead.messageID
        case .comments: prospect.comments
        case .mailFrom: lead.mailFrom
        case .mailSubject: lead.mailSubject
        }
    }
}
