import Drawing

/// Spaces between the runs of a text, which layout leaves to position alone. Readers that go by the structure would
/// otherwise hear the last word of a line and the first of the next as one.
enum WordSpacing {
    /// The words of some items as one text.
    static func text(of items: [FrameItem]) -> String {
        let runs = self.runs(in: items)
        var text = ""
        for (index, run) in runs.enumerated() {
            if index > 0, areApart(runs[index - 1], run) { text += " " }
            text += run.text
        }
        return text
    }

    /// The same items, with a space at the end of each run that the next one does not continue.
    static func separated(_ items: [FrameItem]) -> [FrameItem] {
        let runs = self.runs(in: items)
        guard runs.count > 1 else { return items }
        var index = 0
        func rebuilt(_ items: [FrameItem]) -> [FrameItem] {
            items.map { item in
                switch item {
                case .path, .image: return item
                case .text(var run):
                    if index + 1 < runs.count, areApart(run, runs[index + 1]) { run.text += " " }
                    index += 1
                    return .text(run)
                case .group(var group):
                    group.items = rebuilt(group.items)
                    return .group(group)
                case .link(var link):
                    link.items = rebuilt(link.items)
                    return .link(link)
                }
            }
        }
        return rebuilt(items)
    }

    private static func runs(in items: [FrameItem]) -> [TextRun] {
        items.flatMap { item -> [TextRun] in
            switch item {
            case .text(let run): [run]
            case .path, .image: []
            case .group(let group): runs(in: group.items)
            case .link(let link): runs(in: link.items)
            }
        }
    }

    /// On another line, or further away than letters of one word are.
    private static func areApart(_ run: TextRun, _ next: TextRun) -> Bool {
        if run.text.last?.isWhitespace ?? true { return false }
        if next.text.first?.isWhitespace ?? true { return false }
        let gap = next.origin.x - (run.origin.x + run.width)
        let isOneLine = abs(next.origin.y - run.origin.y) < 0.5 * run.style.size
        return !isOneLine || abs(gap) > 0.12 * run.style.size
    }
}
