import Basis

/// Somebody who has a car serviced, writes, or buys.
struct Customer: Sendable {
    /// Which phone number and mail box is theirs; names follow from it too.
    var contact: Int
    /// 0: not in that system.
    var dmsNumber = 0
    var crmNumber = 0
    var isFound = false
    var serial = 0
    var modelYear = 2018
    var boughtHere = false
    var lastVisit: Day?
    /// The last sale, and the car that came with it.
    var soldOn: Day?
    var soldSerial = 0
    var deals = 0
    /// Days on which the customer is in a conversation with us already.
    var busy: [ClosedRange<Day>] = []

    /// The car the customer drives on a day.
    func vehicle(on day: Day) -> (serial: Int, year: Int) {
        if let soldOn, day > soldOn { return (soldSerial, soldOn.civil.year) }
        return (serial, modelYear)
    }

    func isFree(_ days: ClosedRange<Day>) -> Bool { !busy.contains { $0.overlaps(days) } }
}

/// The customers of a store, in the DMS and in the CRM: two systems with numbers of their own.
struct Customers: Sendable {
    let frame: StoreFrame
    let seed: UInt64
    private(set) var dms = Sheet(Export.dmsCustomers.header)
    private(set) var crm = Sheet(Export.crmCustomers.header)
    var all: [Customer] = []
    /// Service customers come first, then those who only ask.
    let serviced: Int
    let asking: Int
    private var nextDMS: Int
    private var nextCRM: Int
    private var nextContact: Int
    private var nextSerial: Int
    private var extraSerials = 0
    private let base: Int
    /// The store's share of the phone numbers: where it begins, and how many.
    private let contacts: Int
    private let span: Int

    /// Which contact of a record agrees with the customer's other record.
    enum Agreement { case both, phone, mail, neither }

    init(_ options: SampleOptions, _ frame: StoreFrame) {
        self.frame = frame
        seed = options.seed
        serviced = max(40, Int(5_200 * options.size))
        asking = max(30, Int(900 * options.size))
        // Both systems number from the same value on: what is the same number in both is not the same customer.
        base = (frame.index + 1) * 1_000_000
        nextDMS = base + 10_001
        nextCRM = base + 10_001
        span = 16_000 * max(1, Int(options.size.rounded(.up)))
        contacts = frame.index * span
        nextContact = contacts
        nextSerial = frame.index * 1_000_000
        var order = Array(0..<serviced)
        var shuffle = RandomStream(seed, "crm order", frame.index)
        for index in stride(from: serviced - 1, through: 1, by: -1) { order.swapAt(index, shuffle.below(index + 1)) }
        for _ in 0..<serviced { all.append(serviceCustomer()) }
        for index in order { addToCRM(index) }
        for _ in 0..<asking { _ = newInCRM() }
    }

    private mutating func blank() -> Customer {
        nextContact += 1
        return Customer(contact: nextContact)
    }

    private mutating func newSerial() -> Int {
        nextSerial += 1
        return nextSerial
    }

    /// A car of the dealership's own, or of a customer made for a fault.
    mutating func extraSerial() -> Int {
        extraSerials += 1
        return frame.index * 1_000_000 + 900_000 + extraSerials
    }

    /// The number of the customer's next deal and of the car that comes with it: made of the customer's position, so
    /// that what others buy changes nothing.
    mutating func nextDeal(_ index: Int) -> (deal: Int, serial: Int) {
        all[index].deals += 1
        let own = index * 4 + min(3, all[index].deals)
        return (10_000 + own, frame.index * 1_000_000 + 300_000 + own)
    }

    private mutating func serviceCustomer() -> Customer {
        var customer = blank()
        var random = RandomStream(seed, "service customer", frame.index, customer.contact)
        customer.serial = newSerial()
        customer.modelYear = frame.lastDay.civil.year - random.within(1...12)
        customer.boughtHere = random.chance(0.6)
        customer.dmsNumber = nextDMS
        nextDMS += 1
        write(customer, customer.dmsNumber, .both, &random, toCRM: false)
        return customer
    }

    /// Nine in ten service customers are in the CRM; of those a few with nothing that agrees.
    private mutating func addToCRM(_ index: Int) {
        var random = RandomStream(seed, "crm record", frame.index, all[index].contact)
        guard random.chance(0.89) else { return }
        all[index].crmNumber = nextCRM
        nextCRM += 1
        let agreement: Agreement = [.both, .phone, .mail, .neither][random.weighted([0.62, 0.2, 0.15, 0.03])]
        all[index].isFound = agreement != .neither
        write(all[index], all[index].crmNumber, agreement, &random, toCRM: true)
    }

    /// Somebody whom only the CRM knows; the position in `all`.
    mutating func newInCRM() -> Int {
        var customer = blank()
        customer.crmNumber = nextCRM
        nextCRM += 1
        var random = RandomStream(seed, "crm customer", frame.index, customer.contact)
        write(customer, customer.crmNumber, .both, &random, toCRM: true)
        all.append(customer)
        return all.count - 1
    }

    /// A customer with a number of the dealership's choice, only in the DMS: for faults, so that they move nobody's.
    mutating func extraInDMS(_ position: Int, isNew: Bool) -> Int {
        let number = base + 900_001 + position
        guard isNew else { return number }
        var random = RandomStream(seed, "extra customer", frame.index, position)
        write(Customer(contact: contacts + span - 1_000 + position), number, .both, &random, toCRM: false)
        return number
    }

    mutating func extraInCRM(_ position: Int) -> Int {
        let number = base + 800_001 + position
        var random = RandomStream(seed, "extra asker", frame.index, position)
        write(Customer(contact: contacts + span - 2_000 + position), number, .both, &random, toCRM: true)
        return number
    }

    /// A second number in the DMS, typed anew at the sales desk.
    mutating func newInDMS(_ index: Int, _ agreement: Agreement) -> Int {
        let number = base + 500_001 + index * 4 + min(3, all[index].deals)
        var random = RandomStream(seed, "second record", frame.index, number)
        write(all[index], number, agreement, &random, toCRM: false)
        return number
    }

    /// Somebody in the CRM who was given a service customer's old phone number: another name, another mail box.
    mutating func strangerInCRM(_ position: Int, phoneOf index: Int) {
        var contact = contacts + span - 3_000 + position * 8
        let known = person(all[index].contact)
        while person(contact).sharesName(with: known) { contact += 1 }
        var random = RandomStream(seed, "stranger", frame.index, position)
        write(
            Customer(contact: contact), base + 700_001 + position, .both, &random, toCRM: true,
            phoneOf: all[index].contact)
    }

    func isFirm(_ index: Int) -> Bool { person(all[index].contact).firm != nil }

    private struct Person {
        var first: String
        var last: String
        var firm: String?
        var street: String

        func sharesName(with other: Person) -> Bool {
            firm != nil || other.firm != nil || !Set([first, last]).isDisjoint(with: [other.first, other.last])
        }
    }

    /// Name and address follow from the contact.
    private func person(_ contact: Int) -> Person {
        var who = RandomStream(seed, "name", contact)
        let first = who.pick(Names.first) ?? ""
        let last = who.pick(Names.last) ?? ""
        let firm = who.chance(0.01) ? who.pick(Names.firms) : nil
        return Person(
            first: first, last: last, firm: firm, street: "\(who.within(1...980)) \(who.pick(Names.streets) ?? "")")
    }

    private mutating func write(
        _ customer: Customer, _ number: Int, _ agreement: Agreement, _ random: inout RandomStream, toCRM: Bool,
        phoneOf phone: Int? = nil
    ) {
        let who = person(customer.contact)
        let (first, last, firm, street) = (who.first, who.last, who.firm, who.street)
        let style: Names.PhoneStyle = toCRM
            ? [.parentheses, .international, .plain][random.weighted([0.5, 0.3, 0.2])]
            : [.dashes, .dots, .parentheses][random.weighted([0.7, 0.15, 0.15])]
        let mail = Names.mail(first, last, customer.contact)
        let isLoud = toCRM && random.chance(0.2)
        // What does not agree was not asked for: the cell is empty.
        let cells = [
            frame.identifier, toCRM ? "crm" : "dms", firm ?? (toCRM ? "\(first) \(last)" : "\(last) \(first)"),
            agreement == .both || agreement == .phone ? Names.phone(phone ?? customer.contact, style) : "",
            agreement == .both || agreement == .mail ? (isLoud ? mail.uppercased() : mail) : "", street,
        ]
        if toCRM {
            let (made, zone) = (madeInCRM(customer), frame.zone)
            Self.row(&crm, number, cells) { $0.local(made, zone) }
        } else {
            Self.row(&dms, number, cells) { _ in }
        }
    }

    private static func row(_ sheet: inout Sheet, _ number: Int, _ cells: [String], _ last: (inout Sheet) -> Void) {
        sheet.begin()
        sheet.number(number)
        for cell in cells { sheet.text(cell) }
        last(&sheet)
        sheet.end(at: Int64(number))
    }

    /// When the CRM's record was made: of four in five customers before all else, of the others at some time since.
    private func madeInCRM(_ customer: Customer) -> Instant {
        var random = RandomStream(seed, "crm since", frame.index, customer.contact)
        let isOld = customer.dmsNumber == 0 || random.chance(0.8)
        let length = frame.lastDay - frame.firstDay + 1
        let day = frame.firstDay + (isOld ? -random.within(1...900) : random.below(length))
        return frame.readable(frame.instant(day, random.within(28_800...64_800)))
    }

    /// Numbers that both systems gave, to different customers.
    var collidingNumbers: Int { min(nextDMS, nextCRM) - (base + 10_001) }
}
