import Basis
import CPango

/// The one place where Cairo's statuses become faults.
func checkCairo(_ status: cairo_status_t, _ doing: String) throws(Rejection) {
    guard status != CAIRO_STATUS_SUCCESS else { return }
    let reason = String(cString: cairo_status_to_string(status))
    throw Rejection(Diagnostic(.error, "drawing-failed", "\(doing) failed: \(reason)"))
}

/// A Cairo surface with its context, owned.
struct Canvas: ~Copyable {
    let surface: OpaquePointer
    let cairo: OpaquePointer

    /// Takes over a new surface.
    init(owning surface: OpaquePointer?) throws(Rejection) {
        guard let surface else { throw Rejection(Diagnostic(.error, "drawing-failed", "Cairo gave no surface")) }
        guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS, let cairo = cairo_create(surface) else {
            let status = cairo_surface_status(surface)
            cairo_surface_destroy(surface)
            try checkCairo(status, "making a surface")
            throw Rejection(Diagnostic(.error, "drawing-failed", "Cairo gave no context"))
        }
        self.surface = surface
        self.cairo = cairo
    }

    deinit {
        cairo_destroy(cairo)
        cairo_surface_destroy(surface)
    }

    /// Completes the drawing; faults of tags show here and nowhere earlier.
    func finish() throws(Rejection) {
        try checkCairo(cairo_status(cairo), "drawing")
        cairo_surface_finish(surface)
        try checkCairo(cairo_surface_status(surface), "finishing the drawing")
    }
}

/// Where a stream surface writes. Must outlive the surface.
final class ByteSink {
    var bytes: [UInt8] = []

    static let write: cairo_write_func_t = { closure, data, count in
        guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
        Unmanaged<ByteSink>.fromOpaque(closure).takeUnretainedValue()
            .bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
        return CAIRO_STATUS_SUCCESS
    }

    var closure: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }
}
