import Basis
import CPango

/// A decoded PNG, owned.
struct Picture: ~Copyable {
    let surface: OpaquePointer
    let width: Int32
    let height: Int32

    /// - Throws: `image-unreadable`.
    init(png: [UInt8]) throws(Rejection) {
        var rest = png[...]
        let made = withUnsafeMutablePointer(to: &rest) { source in
            cairo_image_surface_create_from_png_stream(Picture.read, source)
        }
        guard let made else { throw Picture.unreadable }
        let size = (cairo_image_surface_get_width(made), cairo_image_surface_get_height(made))
        guard cairo_surface_status(made) == CAIRO_STATUS_SUCCESS, size.0 > 0, size.1 > 0 else {
            cairo_surface_destroy(made)
            throw Picture.unreadable
        }
        surface = made
        (width, height) = size
    }

    deinit { cairo_surface_destroy(surface) }

    private static var unreadable: Rejection {
        Rejection(
            Diagnostic(
                .error, "image-unreadable", "an image on the page is not a PNG that can be read",
                remedies: ["save the image as PNG again"]))
    }

    private static let read: cairo_read_func_t = { closure, target, count in
        guard let closure, let target else { return CAIRO_STATUS_READ_ERROR }
        let rest = closure.assumingMemoryBound(to: ArraySlice<UInt8>.self)
        let wanted = Int(count)
        guard rest.pointee.count >= wanted else { return CAIRO_STATUS_READ_ERROR }
        for (index, byte) in rest.pointee.prefix(wanted).enumerated() { target[index] = byte }
        rest.pointee = rest.pointee.dropFirst(wanted)
        return CAIRO_STATUS_SUCCESS
    }
}
