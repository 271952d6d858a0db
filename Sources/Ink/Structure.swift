import Drawing

/// A frame as a PDF needs it: every stroke and letter inside exactly one leaf of a well-formed structure tree.
///
/// Frames may nest roles in ways a PDF must not (a cell outside a table, a rule between table rows); here they are
/// made regular, and nothing that is drawn is lost.
indirect enum Structure {
    case element(Tag, [Structure])
    case clip(Rect, [Structure])
    /// Drawn as it is; roles inside are ignored.
    case content([FrameItem])
}

/// The structure types that are used, with what each needs.
enum Tag {
    case section, division, paragraph, table, row, headerCell, cell, caption, span, artifact
    case heading(level: Int)
    case figure(alternative: String)
    case link(FrameLink.Target, area: Rect, text: String)

    /// Cairo 1.16 knows no artifacts: they are drawn as `NonStruct` and renamed when the PDF is finished.
    var name: String {
        switch self {
        case .section: "Sect"
        case .division: "Div"
        case .paragraph: "P"
        case .table: "Table"
        case .row: "TR"
        case .headerCell: "TH"
        case .cell: "TD"
        case .caption: "Caption"
        case .span: "Span"
        case .artifact: "NonStruct"
        case .heading(let level): "H\(min(max(level, 1), 6))"
        case .figure: "Figure"
        case .link: "Link"
        }
    }
}

/// Makes the tree; each function answers for the items inside one kind of element.
enum StructureBuilder {
    /// Inside the document or a section: blocks. Loose text is a paragraph, loose drawing decoration.
    static func blocks(_ items: [FrameItem]) -> [Structure] {
        var result: [Structure] = []
        var loose: [FrameItem] = []
        func flush() {
            if !loose.isEmpty { result.append(.element(.artifact, [.content(loose)])) }
            loose = []
        }
        for item in items {
            switch item {
            case .path, .image:
                loose.append(item)
            case .text:
                flush()
                result.append(.element(.paragraph, [.content([item])]))
            case .link(let link):
                flush()
                result.append(.element(.paragraph, [self.link(link)]))
            case .group(let group):
                flush()
                result += clipped(group, block(group))
            }
        }
        flush()
        return result
    }

    private static func block(_ group: FrameGroup) -> [Structure] {
        switch group.role {
        case .none:
            return blocks(group.items)
        case .section:
            return element(.section, blocks(group.items))
        case .heading(let level):
            return element(.heading(level: level), inline(group.items))
        case .paragraph, .cell, .headerCell:
            return element(.paragraph, inline(group.items))
        case .row:
            return element(.division, blocks(group.items))
        case .table:
            let isHeaded = hasHeader(group.items)
            return element(
                .table, tableParts(group.items, cells: cellCount(group.items), firstHeads: !isHeaded))
        case .figure(let alternative):
            return figure(group, alternative)
        case .artifact:
            return stretches(group.items, wrapper: .artifact, linkWrapper: .paragraph)
        }
    }

    private static func figure(_ group: FrameGroup, _ alternative: String) -> [Structure] {
        let words = alternative.isEmpty ? WordSpacing.text(of: group.items) : alternative
        // A drawing without a word to say about it is decoration.
        if words.isEmpty { return stretches(group.items, wrapper: .artifact, linkWrapper: .paragraph) }
        return element(.figure(alternative: words), inline(group.items, inFigure: true))
    }

    /// Inside a table: rows; what else there is becomes a caption when it has words, decoration when not.
    ///
    /// - Parameter firstHeads: there is no header cell: what stands first in a row names the row.
    private static func tableParts(_ items: [FrameItem], cells: Int, firstHeads: Bool) -> [Structure] {
        items.flatMap { item -> [Structure] in
            guard case .group(let group) = item else {
                return hasText([item]) ? element(.caption, inline([item])) : artifact([item])
            }
            switch group.role {
            case .row:
                var parts = rowParts(group.items)
                if firstHeads { parts.headFirst() }
                let missing = cells - cellCount(ofRow: group.items)
                // Screen readers walk tables as grids: short rows are filled up.
                for _ in 0..<max(0, missing) { parts.append(.element(.cell, [])) }
                return clipped(group, [.element(.row, parts)])
            case .none, .section:
                return clipped(group, tableParts(group.items, cells: cells, firstHeads: firstHeads))
            default:
                let parts = hasText(group.items) ? element(.caption, inline(group.items)) : artifact(group.items)
                return clipped(group, parts)
            }
        }
    }

    /// Inside a row: cells; loose text is a cell, loose drawing decoration.
    private static func rowParts(_ items: [FrameItem]) -> [Structure] {
        items.flatMap { item -> [Structure] in
            guard case .group(let group) = item else {
                return hasText([item]) ? [.element(.cell, inline([item]))] : artifact([item])
            }
            switch group.role {
            case .headerCell: return clipped(group, [.element(.headerCell, cellParts(group.items))])
            case .cell: return clipped(group, [.element(.cell, cellParts(group.items))])
            case .none: return clipped(group, rowParts(group.items))
            case .artifact: return clipped(group, block(group))
            default: return clipped(group, [.element(.cell, block(group))])
            }
        }
    }

    private static func hasHeader(_ items: [FrameItem]) -> Bool {
        items.contains { item in
            guard case .group(let group) = item else { return false }
            return switch group.role {
            case .headerCell: true
            case .row, .none, .section: hasHeader(group.items)
            default: false
            }
        }
    }

    /// The widest row's number of cells.
    private static func cellCount(_ items: [FrameItem]) -> Int {
        items.reduce(0) { widest, item in
            guard case .group(let group) = item else { return widest }
            switch group.role {
            case .row: return max(widest, cellCount(ofRow: group.items))
            case .none, .section: return max(widest, cellCount(group.items))
            default: return widest
            }
        }
    }

    private static func cellCount(ofRow items: [FrameItem]) -> Int {
        items.reduce(0) { sum, item in
            guard case .group(let group) = item else { return sum + (hasText([item]) ? 1 : 0) }
            switch group.role {
            case .none: return sum + cellCount(ofRow: group.items)
            case .artifact: return sum
            default: return sum + 1
            }
        }
    }

    private static func cellParts(_ items: [FrameItem]) -> [Structure] {
        holdsBlocks(items) ? blocks(items) : inline(items)
    }

    private static func holdsBlocks(_ items: [FrameItem]) -> Bool {
        items.contains { item in
            guard case .group(let group) = item else { return false }
            return switch group.role {
            case .none: holdsBlocks(group.items)
            case .figure, .artifact: false
            default: true
            }
        }
    }

    /// Inside a heading, paragraph or figure: plain content, or stretches of it between links and figures.
    private static func inline(_ items: [FrameItem], inFigure: Bool = false) -> [Structure] {
        let items = inFigure ? items : WordSpacing.separated(items)
        return isPlain(items, inFigure: inFigure)
            ? (items.isEmpty ? [] : [.content(items)])
            : stretches(items, wrapper: .span, linkWrapper: nil, inFigure: inFigure)
    }

    /// Only leaves of the tree may hold content: between links it goes into elements of its own.
    private static func stretches(
        _ items: [FrameItem], wrapper: Tag, linkWrapper: Tag?, inFigure: Bool = false
    ) -> [Structure] {
        var result: [Structure] = []
        var plain: [FrameItem] = []
        func flush() {
            if !plain.isEmpty { result.append(.element(wrapper, [.content(plain)])) }
            plain = []
        }
        for item in items {
            if isPlain([item], inFigure: inFigure) {
                plain.append(item)
                continue
            }
            flush()
            switch item {
            case .link(let link):
                let element = self.link(link)
                result.append(linkWrapper.map { .element($0, [element]) } ?? element)
            case .group(let group):
                result += clipped(group, split(group, wrapper, linkWrapper, inFigure))
            case .text, .path, .image:
                break
            }
        }
        flush()
        return result
    }

    private static func split(
        _ group: FrameGroup, _ wrapper: Tag, _ linkWrapper: Tag?, _ inFigure: Bool
    ) -> [Structure] {
        switch (group.role, wrapper) {
        case (.figure(let alternative), .span): figure(group, alternative)
        case (.artifact, .span) where !inFigure: stretches(group.items, wrapper: .artifact, linkWrapper: nil)
        default: stretches(group.items, wrapper: wrapper, linkWrapper: linkWrapper, inFigure: inFigure)
        }
    }

    /// Whether nothing in there needs an element of its own.
    private static func isPlain(_ items: [FrameItem], inFigure: Bool) -> Bool {
        items.allSatisfy { item in
            switch item {
            case .text, .path, .image: return true
            case .link: return false
            case .group(let group):
                if case .figure = group.role { return false }
                if case .artifact = group.role, !inFigure { return false }
                return isPlain(group.items, inFigure: inFigure)
            }
        }
    }

    private static func link(_ link: FrameLink) -> Structure {
        let words = WordSpacing.text(of: link.items)
        var label = words
        if case .uri(let uri) = link.target, words.isEmpty { label = uri }
        if case .page(let page) = link.target, words.isEmpty { label = "Page \(page)" }
        return .element(.link(link.target, area: link.area, text: label), [.content(link.items)])
    }

    private static func element(_ tag: Tag, _ children: [Structure]) -> [Structure] {
        children.isEmpty ? [] : [.element(tag, children)]
    }

    private static func artifact(_ items: [FrameItem]) -> [Structure] { [.element(.artifact, [.content(items)])] }

    private static func clipped(_ group: FrameGroup, _ children: [Structure]) -> [Structure] {
        guard let clip = group.clip, !children.isEmpty else { return children }
        return [.clip(clip, children)]
    }

    static func hasText(_ items: [FrameItem]) -> Bool {
        items.contains { item in
            switch item {
            case .text: true
            case .path, .image: false
            case .group(let group): hasText(group.items)
            case .link(let link): hasText(link.items)
            }
        }
    }
}

extension [Structure] {
    /// Makes the first cell with something in it a header, in clips too.
    fileprivate mutating func headFirst() {
        for index in indices {
            switch self[index] {
            case .element(.cell, let children) where !children.isEmpty:
                self[index] = .element(.headerCell, children)
                return
            case .clip(let clip, var children):
                children.headFirst()
                self[index] = .clip(clip, children)
                if case .element(.headerCell, _)? = children.first { return }
            default: break
            }
        }
    }
}
