import Basis

/// Somebody who works there.
struct Employee: Sendable {
    var identifier: String
    var name: String
    var department: Department
    /// What the person does: advisor, bdc, salesperson, conquest, parts, finance, manager.
    var role: String
    var isRemote = false
    var from: Day?
    var to: Day?
    /// How often the person is late, against the others.
    var lateness = 1.0
    /// Half-open ranges of days.
    var absences: [(days: Range<Day>, reason: String)] = []

    func works(on day: Day) -> Bool {
        if let from, day < from { return false }
        if let to, day > to { return false }
        return !absences.contains { $0.days.contains(day) }
    }
}

/// The people of a store.
struct Staff: Sendable {
    private(set) var people: [Employee] = []
    /// The position of the dedicated conquest person.
    private(set) var dedicated = 0
    /// The position of who answers texts within seconds in the last two months, whatever was asked.
    private(set) var clockStopper = 0

    private static let roles: [(Department, String, Int)] = [
        (.service, "advisor", 5), (.service, "bdc", 3), (.sales, "salesperson", 7), (.sales, "conquest", 1),
        (.parts, "parts", 2), (.finance, "finance", 2), (.service, "manager", 1), (.sales, "manager", 1),
        (.finance, "manager", 1),
    ]
    /// Whom the first store's pages speak of; the others' names are drawn.
    private static let known: [String: String] = [
        "advisor0": "Dana Ruiz", "advisor1": "June Boyd", "salesperson0": "Tess Moss", "conquest0": "Mina Chen",
        "manager0": "Jordan Ellis", "manager1": "Priya Nair", "manager2": "Sam Okafor",
    ]
    private static let lateness: [String: Double] = [
        "advisor0": 0.25, "advisor1": 1.7, "salesperson0": 2.3, "conquest0": 0.4,
    ]

    init(_ options: SampleOptions, _ frame: StoreFrame) {
        var random = RandomStream(options.seed, "staff", frame.index)
        var taken: Set<String> = Set(Self.known.values)
        var managers = 0
        for (department, role, count) in Self.roles {
            for position in 0..<count {
                let place = role == "manager" ? managers : position
                if role == "manager" { managers += 1 }
                var name = ""
                repeat {
                    name = (random.pick(Names.first) ?? "") + " " + (random.pick(Names.last) ?? "")
                } while taken.contains(name)
                taken.insert(name)
                if frame.index == 0, let known = Self.known["\(role)\(place)"] { name = known }
                if role == "conquest" { dedicated = people.count }
                if role == "bdc", position == 1 { clockStopper = people.count }
                let wobble = random.lognormal(median: 1, sigma: 0.12)
                people.append(
                    Employee(
                        identifier: "P\((frame.index + 1) * 100 + people.count + 1)", name: name,
                        department: department, role: role, isRemote: role == "bdc" && position == 2,
                        lateness: Self.lateness["\(role)\(place)"] ?? wobble))
            }
        }
        people[dedicated].from = Effort.dedicated.start(options)
        addTurnover(options)
        addAbsences(options, frame)
    }

    /// An advisor leaves in the middle of the time and another follows; a salesperson joins.
    private mutating func addTurnover(_ options: SampleOptions) {
        let middle = (options.lastMonth + -(options.months / 2)).firstDay
        let advisors = people.indices.filter { people[$0].role == "advisor" }
        if let leaves = advisors.dropLast().last, let follows = advisors.last {
            people[leaves].to = middle + 13
            people[follows].from = middle + 21
        }
        if let joins = people.lastIndex(where: { $0.role == "salesperson" }) { people[joins].from = middle + 45 }
    }

    /// Two holidays and now and then an illness, within the months of the exports.
    private mutating func addAbsences(_ options: SampleOptions, _ frame: StoreFrame) {
        for index in people.indices {
            var random = RandomStream(options.seed, "absences", frame.index, index)
            let span = options.lastDay - options.firstDay
            for kind in 0..<4 {
                let begins = options.firstDay + random.below(max(1, span - 12))
                let length = kind < 2 ? random.within(5...11) : random.within(1...3)
                let happens = random.chance(kind < 2 ? 0.9 : 0.5)
                guard happens, begins + length <= options.lastDay + 1 else { continue }
                if let from = people[index].from, begins < from { continue }
                if let to = people[index].to, begins + length > to { continue }
                let overlaps = people[index].absences.contains { $0.days.overlaps(begins..<begins + length) }
                if !overlaps {
                    people[index].absences.append((begins..<begins + length, kind < 2 ? "vacation" : "sick leave"))
                }
            }
            people[index].absences.sort { $0.days.lowerBound < $1.days.lowerBound }
        }
    }

    /// Who answers customers of a department on a day: never empty, or somebody absent would have to do it.
    func available(_ department: Department, on day: Day) -> [Int] {
        let roles: Set<String> = switch department {
        case .service: ["advisor", "bdc"]
        case .sales: ["salesperson"]
        case .parts: ["parts"]
        case .finance: ["finance"]
        }
        let all = people.indices.filter { roles.contains(people[$0].role) }
        let here = all.filter { people[$0].works(on: day) }
        return here.isEmpty ? all : here
    }

    func isDedicatedHere(on day: Day) -> Bool { people[dedicated].works(on: day) }
    func hasDedicatedStarted(by day: Day) -> Bool { people[dedicated].from.map { $0 <= day } ?? true }
}
