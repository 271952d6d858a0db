import Basis

/// The car a service appointment is for, as schedulers know it: the VIN mostly, the mileage seldom, what a lease or the
/// maker says of it where there is something.
struct AppointmentCar {
    var vin = ""
    var year: Int?
    var mileage: Int?
    var leaseEnd: Day?
    var hasRecall = false
    /// Written as it stands, for faults.
    var unreadableLease: String?
    var unreadableMileage: String?

    func write(_ sheet: inout Sheet) {
        sheet.text(vin)
        if let year { sheet.number(year) } else { sheet.empty() }
        sheet.text(unreadableMileage ?? mileage.map { String($0) } ?? "")
        sheet.text(unreadableLease ?? leaseEnd?.description ?? "")
        sheet.text(hasRecall ? "Y" : "")
    }
}

extension StoreMaker {
    /// Of streams of its own: whether a car is leased or recalled is the car's, what the scheduler was told the day's.
    func appointmentCar(of index: Int, on day: Day) -> AppointmentCar {
        let customer = customers.all[index]
        let (serial, year) = customer.vehicle(on: day)
        var told = stream("appointment car", customer.contact, Int(day.number))
        var car = AppointmentCar()
        if told.chance(0.85) { car.vin = Names.vin(serial: serial, year: year) }
        if told.chance(0.9) { car.year = year }
        let mileage = max(40, (day.civil.year - year) * 11_800 + told.below(9_000))
        if told.chance(0.2) { car.mileage = mileage }
        var own = stream("car on record", serial)
        let lease = Day(year: year + 3, month: own.within(1...12), day: own.within(1...28))
        if own.chance(0.3), let lease, lease >= day { car.leaseEnd = lease }
        let recalled = frame.firstDay + own.below(max(1, frame.lastDay - frame.firstDay + 1))
        car.hasRecall = own.chance(0.15) && day >= recalled && day - recalled < 150
        return car
    }

    /// Deals on three years, one in four.
    func leaseEnd(ofDeal serial: Int, soldOn: Day) -> Day? {
        var random = stream("leased deal", serial)
        let (year, month, day) = soldOn.civil
        return random.chance(0.25) ? Day(year: year + 3, month: month, day: min(day, 28)) : nil
    }

    /// Service appointments with cells that cannot be read or mean nothing, two a month; they are cancelled, so that
    /// nobody is counted twice.
    mutating func addDirtyAppointments(_ month: Month) {
        var random = stream("dirty appointments", Int(month.number))
        for number in 0..<2 {
            let day = frame.openDay(from: month.firstDay + random.below(26))
            let index = random.below(customers.serviced)
            let second = frame.openSecond(on: day, &random) ?? 36_000
            var car = appointmentCar(of: index, on: day)
            car.vin = String(car.vin.dropLast())
            car.unreadableLease = number == 0 ? random.pick(["00/00/2027", "n/a", "2027-02-30"]) : nil
            car.unreadableMileage = number == 0 ? nil : random.pick(["TMU", "n/a", "85k"])
            let booked = frame.instant(day, 25_200)
            guard day.month == month, booked < frame.end else { continue }
            sheets[.appointments].begin()
            sheets[.appointments].text("X\(frame.index + 1)-\(day.number)-\(number)")
            sheets[.appointments].text(frame.identifier)
            sheets[.appointments].number(customers.all[index].dmsNumber)
            sheets[.appointments].text("service")
            sheets[.appointments].local(booked, frame.zone)
            sheets[.appointments].local(frame.instant(day, second / 900 * 900), frame.zone)
            sheets[.appointments].text("cancelled")
            sheets[.appointments].text("")
            car.write(&sheets[.appointments])
            sheets[.appointments].end(at: frame.instant(day, second).seconds)
            truth.faults[.unreadableCell, default: 0] += 1
        }
    }
}
