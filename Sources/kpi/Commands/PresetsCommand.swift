import ArgumentParser
import Basis
import Dealership
import Definitions

struct PresetsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "presets", abstract: "Mappings of known systems' exports, for `preset:` in dealership.yaml.")

    @Argument(help: "One preset, as the YAML it is; default: all in a line each.")
    var name: String?

    func run() throws {
        do throws(Rejection) {
            guard let name else {
                for name in Preset.names {
                    let preset = try Preset.named(name)
                    let tables = preset.exports.map(\.table.rawValue).joined(separator: ", ")
                    print("\(pad(name, 26))\(preset.about); \(tables); \(preset.known)")
                }
                print("\nIn dealership.yaml: exports: { service_visits: { preset: dealervault-sv, file: \"DVD*_SV.txt\" } }")
                return
            }
            let preset = try Preset.named(name)
            print("# \(preset.about)\n# names from \(preset.source); \(preset.known)\n\n\(preset.text)", terminator: "")
        } catch {
            Messages(showValues: false).print(error.diagnostics)
            throw ExitCode(1)
        }
    }

    private func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }
}
