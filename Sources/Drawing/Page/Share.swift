/// What one of several stacked parts wants of a height.
struct Share {
    /// nil: takes what it gets.
    var natural: Double?
    var least: Double
    var weight = 1.0
    /// What takes what it gets is no higher than this.
    var most = Double.infinity

    var unbounded: Share { Share(natural: natural, least: least, weight: weight) }

    /// Divides a height. Fixed parts get what they want, the others share the rest by weight, none under its least as
    /// long as the height allows.
    static func divide(_ height: Double, among parts: [Share]) -> [Double] {
        let fixed = parts.reduce(0) { $0 + ($1.natural ?? 0) }
        let flexible = parts.filter { $0.natural == nil }
        let floor = flexible.reduce(0) { $0 + $1.least }
        if fixed + floor > height + 0.01 { return squeeze(height, parts, wanted: fixed + floor) }
        var rest = height - fixed
        var open = flexible.reduce(0) { $0 + $1.weight }
        // Parts whose share is under their least get the least first; the others share what is left.
        var granted: [Int: Double] = [:]
        var changed = true
        while changed {
            changed = false
            for (index, part) in parts.enumerated() where part.natural == nil && granted[index] == nil {
                if rest * part.weight / max(open, 1e-9) < part.least - 0.01 {
                    granted[index] = part.least
                    rest -= part.least
                    open -= part.weight
                    changed = true
                }
            }
        }
        let heights = parts.enumerated().map { index, part in
            part.natural ?? granted[index] ?? rest * part.weight / max(open, 1e-9)
        }
        // Whoever would get more than it can use leaves it to the others.
        guard let full = parts.indices.first(where: { heights[$0] > parts[$0].most && parts[$0].natural == nil }) else {
            return heights
        }
        var capped = parts
        capped[full].natural = parts[full].most
        return divide(height, among: capped)
    }

    /// Too little for all: each gives between what it wants and its least, then all shrink in proportion.
    private static func squeeze(_ height: Double, _ parts: [Share], wanted: Double) -> [Double] {
        let least = parts.reduce(0) { $0 + min($1.least, $1.natural ?? $1.least) }
        guard height > least, wanted > least else {
            let scale = max(height, 0) / max(least, 1)
            return parts.map { min($0.least, $0.natural ?? $0.least) * min(scale, 1) }
        }
        let share = (height - least) / (wanted - least)
        return parts.map { part in
            let floor = min(part.least, part.natural ?? part.least)
            return floor + ((part.natural ?? part.least) - floor) * share
        }
    }
}
