import CFonts

/// An SVG file as librsvg reads it, owned. The library is opened when the first one is to be drawn.
final class SVGDrawing {
    private let drawing: UnsafeMutableRawPointer

    /// Whether SVGs can be drawn here.
    static var isPossible: Bool { kpi_svg_is_there() != 0 }

    /// Nil: the bytes are no SVG.
    init?(_ bytes: [UInt8]) {
        guard let drawing = kpi_svg_open(bytes, bytes.count) else { return nil }
        self.drawing = drawing
    }

    deinit { kpi_svg_close(drawing) }

    /// Width through height, of its size or else its view box; nil where it has neither.
    var ratio: Double? {
        let ratio = kpi_svg_ratio(drawing)
        return ratio > 0 && ratio.isFinite ? ratio : nil
    }

    /// - Returns: whether it could be drawn.
    func draw(on cairo: OpaquePointer, width: Double, height: Double) -> Bool {
        kpi_svg_draw(drawing, UnsafeMutableRawPointer(cairo), width, height) != 0
    }
}
