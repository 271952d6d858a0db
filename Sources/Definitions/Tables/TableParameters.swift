import Dealership
import Measures

/// Reads a table's parameters for its measure; those it leaves out come from the dealership's settings.
struct TableParameters: ParameterReading {
    let fields: Fields
    let settings: DealershipSettings
    var reader: Reader

    mutating func require(_ parameter: String, _ remedy: String) -> Bool {
        reader.required(fields, parameter, remedy) != nil
    }

    mutating func refuse(_ parameter: String, _ message: String, _ remedy: String) {
        guard let field = fields[parameter] else { return }
        reader.fault(.parameterClash, field, message, [remedy])
    }

    mutating func choice<Choice>(_ parameter: String, _ type: Choice.Type) -> Choice?
    where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
        fields[parameter].flatMap { reader.choice($0, type) }
    }

    mutating func flag(_ parameter: String) -> Bool? { fields[parameter].flatMap { reader.flag($0) } }

    mutating func days(_ parameter: String) -> Int? { fields[parameter].flatMap { reader.days($0, in: 1...3_660) } }

    mutating func count(_ parameter: String, in range: ClosedRange<Int>) -> Int? {
        fields[parameter].flatMap { reader.integer($0, in: range) }
    }

    mutating func wordOrSeconds(
        _ parameter: String, words: [String], _ clock: FirstResponseTime.Clock
    ) -> WordOrSeconds? {
        guard let field = fields[parameter] else { return nil }
        if let word = field.word, words.contains(word) { return .word(word) }
        return reader.duration(field, clock == .open ? .open : .wall).map { .seconds($0) }
    }
}

extension Reader {
    /// The measure with every parameter stated.
    mutating func request(
        _ fields: Fields, _ kind: any Measure.Type, _ settings: DealershipSettings
    ) -> MeasureRequest? {
        func read(_ kind: (some Measure).Type, _ parameters: inout TableParameters) -> MeasureRequest? {
            kind.init(&parameters).map { MeasureRequest($0) }
        }
        var parameters = TableParameters(fields: fields, settings: settings, reader: self)
        defer { self = parameters.reader }
        return read(kind, &parameters)
    }
}
