import Basis
import CPango
import Drawing

/// Draws items without their structure. Back ends differ in how text and hairlines meet the surface.
struct Painter {
    enum Surface {
        /// Text stays text.
        case vector
        /// Text becomes filled outlines (Cairo 1.16 would put glyphs on whole pixels), hairlines meet the pixels.
        case raster(pixelsPerPoint: Double)
    }

    let cairo: OpaquePointer
    let measurer: PangoMeasurer
    let surface: Surface
    /// The page drawn on; nil where it does not matter.
    var page: Size?
    var missingGlyphs = MissingGlyphs()

    init(_ cairo: OpaquePointer, measurer: PangoMeasurer, surface: Surface) {
        self.cairo = cairo
        self.measurer = measurer
        self.surface = surface
    }

    mutating func draw(_ items: [FrameItem]) throws(Rejection) {
        for item in items {
            switch item {
            case .text(let run): draw(run)
            case .path(let shape): draw(shape)
            case .image(let image): try draw(image)
            case .link(let link): try draw(link.items)
            case .group(let group):
                if let clip = group.clip {
                    beginClip(clip)
                    try draw(group.items)
                    endClip()
                } else {
                    try draw(group.items)
                }
            }
        }
    }

    func beginClip(_ clip: Rect) {
        cairo_save(cairo)
        cairo_rectangle(cairo, clip.x, clip.y, clip.width, clip.height)
        cairo_clip(cairo)
    }

    func endClip() { cairo_restore(cairo) }

    private mutating func draw(_ run: TextRun) {
        guard !run.text.isEmpty else { return }
        let shaped = measurer.line(run.text, style: run.style)
        if shaped.unknownGlyphs > 0 { missingGlyphs.note(run, measurer) }
        setColor(run.style.color)
        cairo_move_to(cairo, run.origin.x, run.origin.y)
        switch surface {
        case .vector:
            shaped.show(on: cairo)
        case .raster:
            shaped.trace(on: cairo)
            cairo_fill(cairo)
        }
        cairo_new_path(cairo)
    }

    private func draw(_ shape: PathShape) {
        guard !shape.segments.isEmpty else { return }
        switch surface {
        case .vector:
            var shape = shape
            if let fill = shape.fill, let page, let box = shape.covering(page) {
                setColor(fill)
                fillInHalves(box)
                shape.fill = nil
            }
            trace(shape.segments)
            if let fill = shape.fill {
                setColor(fill)
                cairo_fill_preserve(cairo)
            }
            if let stroke = shape.stroke {
                set(stroke, isAxisAligned: shape.isAxisAligned)
                cairo_stroke_preserve(cairo)
            }
        case .raster(let scale):
            drawRaster(shape, scale: scale)
        }
        cairo_new_path(cairo)
    }

    /// A fill over the whole page makes Cairo begin the page anew, and open tags are lost: two halves do not.
    private func fillInHalves(_ box: Rect) {
        for left in [box.x, box.midX] {
            cairo_rectangle(cairo, left, box.y, box.width / 2, box.height)
            cairo_fill(cairo)
        }
    }

    private func drawRaster(_ shape: PathShape, scale: Double) {
        let isAxisAligned = shape.isAxisAligned
        if let fill = shape.fill {
            trace(isAxisAligned ? shape.thinFillSnapped(scale: scale) : shape.segments)
            setColor(fill)
            cairo_fill(cairo)
        }
        guard let stroke = shape.stroke else { return }
        if isAxisAligned, stroke.width * scale < 4 {
            let pixels = max(1, (stroke.width * scale).rounded())
            var snapped = stroke
            snapped.width = pixels / scale
            trace(shape.strokeSnapped(pixels: pixels, scale: scale))
            set(snapped, isAxisAligned: true)
            cairo_stroke(cairo)
        } else {
            strokeInChunks(shape.segments, stroke, isAxisAligned: isAxisAligned)
        }
    }

    func trace(_ segments: some Sequence<PathShape.Segment>) {
        for segment in segments {
            switch segment {
            case .move(let p): cairo_move_to(cairo, p.x, p.y)
            case .line(let p): cairo_line_to(cairo, p.x, p.y)
            case .curve(let a, let b, let c): cairo_curve_to(cairo, a.x, a.y, b.x, b.y, c.x, c.y)
            case .close: cairo_close_path(cairo)
            }
        }
    }

    func setColor(_ color: Color) {
        cairo_set_source_rgb(
            cairo, Double(color.red) / 255, Double(color.green) / 255, Double(color.blue) / 255)
    }

    func set(_ stroke: Stroke, isAxisAligned: Bool, dashOffset: Double = 0) {
        setColor(stroke.color)
        cairo_set_line_width(cairo, stroke.width)
        let cap = switch stroke.cap {
        case .butt: CAIRO_LINE_CAP_BUTT
        case .round: CAIRO_LINE_CAP_ROUND
        case .square: CAIRO_LINE_CAP_SQUARE
        }
        cairo_set_line_cap(cairo, cap)
        // Mitres of a jagged line would point beyond its values.
        cairo_set_line_join(cairo, isAxisAligned ? CAIRO_LINE_JOIN_MITER : CAIRO_LINE_JOIN_ROUND)
        cairo_set_dash(cairo, stroke.dash, Int32(stroke.dash.count), dashOffset)
    }

    private func draw(_ image: ImageShape) throws(Rejection) {
        let picture = try Picture(png: image.png)
        guard image.frame.width > 0, image.frame.height > 0 else { return }
        cairo_save(cairo)
        cairo_translate(cairo, image.frame.x, image.frame.y)
        cairo_scale(
            cairo, image.frame.width / Double(picture.width), image.frame.height / Double(picture.height))
        cairo_set_source_surface(cairo, picture.surface, 0, 0)
        // The picture's own pixels to its edge, not a fade into nothing. In a PDF the viewer sees to that, and Cairo
        // would
        // write a padded copy for every page.
        if case .raster = surface { cairo_pattern_set_extend(cairo_get_source(cairo), CAIRO_EXTEND_PAD) }
        cairo_rectangle(cairo, 0, 0, Double(picture.width), Double(picture.height))
        cairo_fill(cairo)
        cairo_restore(cairo)
    }
}
