import Basis
import CPango
#if canImport(Glibc)
import Glibc
#endif

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
        Picture.name(made, by: png)
    }

    /// The same picture on every page is one object of a PDF.
    private static func name(_ surface: OpaquePointer, by png: [UInt8]) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in png { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        let name = Array("kpi-\(png.count)-\(String(hash, radix: 16))".utf8)
        guard let memory = malloc(name.count) else { return }
        memory.copyMemory(from: name, byteCount: name.count)
        let status = cairo_surface_set_mime_data(
            surface, CAIRO_MIME_TYPE_UNIQUE_ID, memory.assumingMemoryBound(to: UInt8.self), UInt(name.count), free,
            memory)
        if status != CAIRO_STATUS_SUCCESS { free(memory) }
    }

    deinit { cairo_surface_destroy(surface) }

    /// Red, green and blue where the picture is opaque; nothing outside it.
    func pixel(_ x: Int, _ y: Int) -> [UInt8] {
        guard (0..<Int(width)).contains(x), (0..<Int(height)).contains(y),
            let data = cairo_image_surface_get_data(surface)
        else { return [] }
        let row = data + y * Int(cairo_image_surface_get_stride(surface))
        let word = row.withMemoryRebound(to: UInt32.self, capacity: Int(width)) { $0[x] }
        return [16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) }
    }

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
