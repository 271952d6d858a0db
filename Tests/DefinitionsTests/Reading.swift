import Basis
import Foundation

/// A file of `Tests/DefinitionsTests/Fixtures`.
func fixture(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    return Array(try Data(contentsOf: folder.appending(path: "Fixtures/\(name)")))
}

/// What `read` complains of, errors and warnings.
func faults<Value>(_ read: () throws -> Checked<Value>) -> [Diagnostic] {
    do {
        return try read().diagnostics
    } catch let rejection as Rejection {
        return rejection.diagnostics
    } catch {
        return [Diagnostic(.error, "not-a-rejection", "\(error)")]
    }
}

/// The same as the command line prints it, a line each.
func text<Value>(_ read: () throws -> Checked<Value>) -> String {
    faults(read).map { $0.description + "\n" }.joined()
}
