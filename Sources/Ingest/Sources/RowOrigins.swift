/// Where the rows of made text come from: a sheet's rows, the mails of a folder.
struct RowOrigins: Sendable {
    struct Place: Hashable, Sendable {
        /// Position in `names`.
        var name: Int32
        /// From 1, as whoever opens the file would count; 0: the file as a whole.
        var row: Int32
    }

    /// Files, relative to the dealership's folder.
    var names: [String]
    /// By line of the text, the header's included. A record that takes several lines stands where its first one does.
    var places: [Place]

    /// Every line from the same file; `rows` by line.
    init(name: String, rows: [Int]) {
        names = [name]
        places = rows.map { Place(name: 0, row: Int32(clamping: $0)) }
    }

    init(names: [String], places: [Place]) {
        self.names = names
        self.places = places
    }

    /// - Parameter line: of the text, from 1.
    func place(ofLine line: Int) -> (name: String, row: Int?)? {
        guard places.indices.contains(line - 1) else { return nil }
        let place = places[line - 1]
        return (names[Int(place.name)], place.row > 0 ? Int(place.row) : nil)
    }
}
