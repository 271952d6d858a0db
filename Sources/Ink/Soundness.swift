import Basis
import Drawing

/// Refuses numbers that are none: Cairo would write them into a PDF as words and call it a success.
func checkNumbers(_ frame: Frame, page: Int) throws(Rejection) {
    let size = frame.size
    // PDF 1.7, Annex C: a page is at most 14,400 units a side.
    guard size.width.isFinite, size.height.isFinite, (0.01...14_400).contains(size.width),
        (0.01...14_400).contains(size.height)
    else {
        throw Rejection(
            Diagnostic(.error, "drawing-failed", "page \(page) has the size \(size.width) × \(size.height) pt"))
    }
    guard areNumbers(frame.items) else {
        throw Rejection(
            Diagnostic(.error, "drawing-failed", "a position or size on page \(page) is not a number"))
    }
}

private func areNumbers(_ items: [FrameItem]) -> Bool {
    items.allSatisfy { item in
        switch item {
        case .text(let run):
            isNumber(run.origin) && run.style.size.isFinite && run.style.size > 0 && run.style.tracking.isFinite
        case .path(let shape): isNumber(shape)
        case .image(let image): isNumber(image.frame)
        case .group(let group): (group.clip.map(isNumber) ?? true) && areNumbers(group.items)
        case .link(let link): isNumber(link.area) && areNumbers(link.items)
        }
    }
}

private func isNumber(_ shape: PathShape) -> Bool {
    if let stroke = shape.stroke {
        guard stroke.width.isFinite, stroke.width >= 0, stroke.dash.allSatisfy({ $0.isFinite && $0 >= 0 }),
            stroke.dash.isEmpty || stroke.dash.contains(where: { $0 > 0 })
        else { return false }
    }
    return shape.segments.allSatisfy { segment in
        switch segment {
        case .move(let p), .line(let p): isNumber(p)
        case .curve(let a, let b, let c): isNumber(a) && isNumber(b) && isNumber(c)
        case .close: true
        }
    }
}

private func isNumber(_ p: Point) -> Bool { p.x.isFinite && p.y.isFinite }

private func isNumber(_ rect: Rect) -> Bool {
    rect.x.isFinite && rect.y.isFinite && rect.width.isFinite && rect.height.isFinite
}
