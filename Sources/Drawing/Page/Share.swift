/// What one of several stacked parts wants of a height.
struct Share {
    /// nil: takes what it gets.
    var natural: Double?
    var least: Double
    var weight = 1.0

    /// Divides a height. Fixed parts get what they want, the others share the rest by weight, none under its least as
    /// long as the height allows; when it does not, all shrink in proportion.
    static func divide(_ height: Double, among parts: [Share]) -> [Double] {
        let fixed = parts.reduce(0) { $0 + ($1.natural ?? 0) }
        let flexible = parts.filter { $0.natural == nil }
        let floor = flexible.reduce(0) { $0 + $1.least }
        if fixed + floor > height + 0.01 {
            let scale = max(height, 0) / max(fixed + floor, 1)
            return parts.map { ($0.natural ?? $0.least) * scale }
        }
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
        return parts.enumerated().map { index, part in
            part.natural ?? granted[index] ?? rest * part.weight / max(open, 1e-9)
        }
    }
}
