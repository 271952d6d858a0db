import CPango
#if canImport(Glibc)
import Glibc
#endif

/// librsvg, opened when an SVG is to be drawn: whoever has none need not have the library, and nobody's start waits for
/// it.
///
/// https://gnome.pages.gitlab.gnome.org/librsvg/Rsvg-2.0/, 2.46 or later. Files are given as bytes without a base:
/// librsvg then loads nothing from elsewhere.
struct SVGLibrary {
    fileprivate typealias Open = @convention(c) (
        UnsafePointer<UInt8>?, UInt, UnsafeMutableRawPointer?
    ) -> OpaquePointer?
    fileprivate typealias Size = @convention(c) (
        OpaquePointer, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>
    ) -> Int32
    /// Two lengths of number and unit with a flag each, then the view box with its flag.
    fileprivate typealias Dimensions = @convention(c) (
        OpaquePointer, UnsafeMutablePointer<Int32>, UnsafeMutableRawPointer, UnsafeMutablePointer<Int32>,
        UnsafeMutableRawPointer, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Double>
    ) -> Void
    fileprivate typealias Render = @convention(c) (
        OpaquePointer, OpaquePointer, UnsafePointer<Double>, UnsafeMutableRawPointer?
    ) -> Int32

    fileprivate let open: Open
    fileprivate let size: Size?
    fileprivate let dimensions: Dimensions
    fileprivate let render: Render

    /// Nil: it is not installed, or too old.
    init?() {
        guard let library = dlopen("librsvg-2.so.2", RTLD_NOW | RTLD_LOCAL) else { return nil }
        guard let open = dlsym(library, "rsvg_handle_new_from_data"),
            let dimensions = dlsym(library, "rsvg_handle_get_intrinsic_dimensions"),
            let render = dlsym(library, "rsvg_handle_render_document")
        else { return nil }
        self.open = unsafeBitCast(open, to: Open.self)
        self.dimensions = unsafeBitCast(dimensions, to: Dimensions.self)
        self.render = unsafeBitCast(render, to: Render.self)
        size = dlsym(library, "rsvg_handle_get_intrinsic_size_in_pixels").map { unsafeBitCast($0, to: Size.self) }
    }

    func open(_ bytes: [UInt8]) -> SVGDrawing? {
        bytes.withUnsafeBufferPointer { open($0.baseAddress, UInt($0.count), nil) }.map { SVGDrawing($0, self) }
    }
}

/// An SVG file that was read, owned.
final class SVGDrawing {
    private let handle: OpaquePointer
    private let library: SVGLibrary

    fileprivate init(_ handle: OpaquePointer, _ library: SVGLibrary) {
        self.handle = handle
        self.library = library
    }

    deinit { g_object_unref(UnsafeMutableRawPointer(handle)) }

    /// Width through height, of its size or else its view box; nil where it has neither.
    var ratio: Double? {
        var (width, height) = (0.0, 0.0)
        if let size = library.size, size(handle, &width, &height) != 0, width > 0, height > 0 { return width / height }
        var (hasWidth, hasHeight, hasBox): (Int32, Int32, Int32) = (0, 0, 0)
        var lengths = [Double](repeating: 0, count: 4)
        var box = [Double](repeating: 0, count: 4)
        lengths.withUnsafeMutableBytes { lengths in
            guard let first = lengths.baseAddress else { return }
            box.withUnsafeMutableBufferPointer { box in
                guard let rect = box.baseAddress else { return }
                library.dimensions(handle, &hasWidth, first, &hasHeight, first + 16, &hasBox, rect)
            }
        }
        return hasBox != 0 && box[2] > 0 && box[3] > 0 ? box[2] / box[3] : nil
    }

    /// - Returns: whether it could be drawn.
    func draw(on cairo: OpaquePointer, width: Double, height: Double) -> Bool {
        library.render(handle, cairo, [0, 0, width, height], nil) != 0
    }
}
