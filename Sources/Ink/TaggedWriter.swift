import Basis
import CPango
import Drawing

/// Draws structure trees onto a PDF surface, tag by tag.
struct TaggedWriter {
    /// What has to be added to Cairo's file, in the order of its structure tree.
    struct Additions {
        var alternatives: [String] = []
        var linkTexts: [String] = []
    }

    private let cairo: OpaquePointer
    private let surface: OpaquePointer
    private let pageCount: Int
    private var painter: Painter
    private var page = 0
    private var deadLinks = 0
    private var lastHeading = 0
    /// Whether readers can go by the headings: no level is skipped.
    private(set) var hasRegularHeadings = true
    private(set) var additions = Additions()

    init(_ cairo: OpaquePointer, surface: OpaquePointer, measurer: PangoMeasurer, pageCount: Int) {
        self.cairo = cairo
        self.surface = surface
        self.pageCount = pageCount
        painter = Painter(cairo, measurer: measurer, surface: .vector)
    }

    var missingGlyphs: MissingGlyphs { painter.missingGlyphs }

    var diagnostics: [Diagnostic] {
        guard deadLinks > 0 else { return [] }
        let what = deadLinks == 1 ? "1 link points" : "\(deadLinks) links point"
        return [Diagnostic(.warning, "link-without-page", "\(what) to a page that the document does not have")]
    }

    func describe(_ info: DocumentInfo) {
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, info.title)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, DocumentInfo.creator)
        // Without a date of ours Cairo would ask the clock.
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, info.createdAt.description)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, info.createdAt.description)
        let optional = [
            (CAIRO_PDF_METADATA_AUTHOR, info.author), (CAIRO_PDF_METADATA_SUBJECT, info.subject),
            (CAIRO_PDF_METADATA_KEYWORDS, info.keywords.joined(separator: ", ")),
        ]
        for (field, value) in optional where !value.isEmpty { cairo_pdf_surface_set_metadata(surface, field, value) }
    }

    mutating func draw(_ frame: Frame) throws(Rejection) {
        page += 1
        painter.missingGlyphs.page = page
        try checkNumbers(frame, page: page)
        painter.page = frame.size
        if page > 1 { cairo_pdf_surface_set_size(surface, frame.size.width, frame.size.height) }
        try draw(StructureBuilder.blocks(frame.items))
        if pageCount > 1, let headline = frame.items.lazy.compactMap(headline).first {
            cairo_pdf_surface_add_outline(
                surface, Int32(CAIRO_PDF_OUTLINE_ROOT), headline, "page=\(page) pos=[0 0]",
                cairo_pdf_outline_flags_t(0))
        }
        cairo_show_page(cairo)
        try checkCairo(cairo_status(cairo), "drawing page \(page)")
    }

    func begin(_ name: String, _ attributes: String = "") { cairo_tag_begin(cairo, name, attributes) }

    func end(_ name: String) { cairo_tag_end(cairo, name) }

    private mutating func draw(_ structures: [Structure]) throws(Rejection) {
        for structure in structures {
            switch structure {
            case .element(let tag, let children):
                try draw(tag, children)
            case .clip(let clip, let children):
                painter.beginClip(clip)
                try draw(children)
                painter.endClip()
            case .content(let items):
                try painter.draw(items)
            }
        }
    }

    private mutating func draw(_ tag: Tag, _ children: [Structure]) throws(Rejection) {
        switch tag {
        case .link(let target, let area, let text):
            guard let attributes = attributes(target, area) else {
                deadLinks += 1
                try draw(.span, children)
                return
            }
            additions.linkTexts.append(text)
            begin(tag.name, attributes)
        case .figure(let alternative):
            additions.alternatives.append(alternative)
            begin(tag.name)
        case .heading(let level):
            // ISO 14289-1, 7.4.2: from level 1 on, and none is skipped.
            if level > lastHeading + 1 { hasRegularHeadings = false }
            lastHeading = max(level, 1)
            begin(tag.name)
        default:
            begin(tag.name)
        }
        try draw(children)
        end(tag.name)
    }

    /// In Cairo's own notation; nil for a page that is not there.
    private func attributes(_ target: FrameLink.Target, _ area: Rect) -> String? {
        let rect = "rect=[\(decimal(area.x)) \(decimal(area.y)) \(decimal(area.width)) \(decimal(area.height))]"
        switch target {
        case .uri(let uri):
            return "\(rect) uri='\(percentEncoded(uri))'"
        case .page(let page):
            guard (1...pageCount).contains(page) else { return nil }
            return "\(rect) page=\(page) pos=[0 0]"
        }
    }

    private func headline(_ item: FrameItem) -> String? {
        switch item {
        case .text, .path, .image, .link: return nil
        case .group(let group):
            if case .heading(let level) = group.role, level <= 1 {
                let words = WordSpacing.text(of: group.items)
                return words.isEmpty ? nil : words
            }
            return group.items.lazy.compactMap(headline).first
        }
    }
}

/// A URI as it may stand in a PDF and between Cairo's quotes: what RFC 3986 does not allow, and quotes, as %XX.
func percentEncoded(_ uri: String) -> String {
    let digits = Array("0123456789ABCDEF")
    var out = ""
    for byte in uri.utf8 {
        let character = Character(Unicode.Scalar(byte))
        if byte < 0x80, character.isLetter || character.isNumber || "-._~:/?#[]@!$&()*+,;=%".contains(character) {
            out.append(character)
        } else {
            out += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
        }
    }
    return out
}
