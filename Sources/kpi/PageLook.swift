public import ArgumentParser
import Basis
public import Dealership
public import Definitions
import Drawing
import Foundation
import Ink

extension LookSettings.Theme: ExpressibleByArgument {}
extension Orientation: ExpressibleByArgument {}

/// How pages look: `--theme`, else the dealership's `look:`, else the default theme.
struct LookOption: ParsableArguments {
    @Option(help: "default, high-contrast, or monochrome for printers without colour. Default: the settings' `look:`.")
    var theme: LookSettings.Theme?

    /// - Parameter directory: where the logo's and the fonts' files lie.
    func look(_ settings: DealershipSettings, directory: String) throws(Rejection) -> PageLook {
        try PageLook(settings, theme: theme ?? settings.look.theme, directory: directory)
    }

    /// Of pages that belong to no dealership.
    var plain: PageLook { PageLook(theme: PageLook.theme(theme ?? .standard, LookSettings())) }
}

/// Theme, logo and fonts, read.
struct PageLook: Sendable {
    var theme: Theme
    var fonts: [FontFile] = []

    /// Libraries and fonts are set up when the first measurer is made. What is wrong with them is told by the next.
    static func warm() async { _ = try? PangoMeasurer() }

    /// - Parameter shared: with others of this look.
    func measurer(_ shared: ShapedTexts? = nil) throws(Rejection) -> PangoMeasurer {
        try PangoMeasurer(extraFonts: fonts, shared: shared)
    }

    static func theme(_ name: LookSettings.Theme, _ look: LookSettings) -> Theme {
        switch name {
        case .standard: Theme(accent: look.accent, signal: look.signal)
        case .highContrast: .highContrast
        case .monochrome: .monochrome
        }
    }
}

extension PageLook {
    /// - Throws: every file that is not there, and what is wrong with the logo; fonts are looked at by whoever measures
    ///   first.
    init(_ settings: DealershipSettings, theme name: LookSettings.Theme, directory: String) throws(Rejection) {
        let look = settings.look
        var faults: [Diagnostic] = []
        func bytes(_ file: String) -> [UInt8]? {
            if let data = FileManager.default.contents(atPath: "\(directory)/\(file)") { return [UInt8](data) }
            faults.append(
                Diagnostic(
                    .error, "no-file", at: .init(file: "dealership.yaml", column: "look"),
                    "there is no file \(file) in the dealership's folder",
                    remedies: ["put it there", "or correct its name under `look:`"]))
            return nil
        }
        theme = PageLook.theme(name, look)
        for (use, files) in [
            (FontFile.Use.text, look.fonts.text), (.display, look.fonts.display), (.scripts, look.fonts.scripts),
        ] {
            fonts += files.compactMap { file in bytes(file).map { FontFile(name: file, bytes: $0, use: use) } }
        }
        if let logo = look.logo, let bytes = bytes(logo) {
            do throws(Rejection) {
                theme.logo = try readLogo(
                    bytes, name: logo, words: look.logoWords ?? settings.name, isGrey: name == .monochrome)
            } catch { faults += error.diagnostics }
        }
        guard faults.isEmpty else { throw Rejection(faults) }
    }

    /// What is wrong with the files that the settings name.
    static func faults(_ settings: DealershipSettings, directory: String) -> [Diagnostic] {
        let (logo, fonts) = (settings.look.logo, settings.look.fonts)
        guard logo != nil || !(fonts.text + fonts.display + fonts.scripts).isEmpty else { return [] }
        do throws(Rejection) {
            _ = try PageLook(settings, theme: settings.look.theme, directory: directory).measurer()
            return []
        } catch { return error.diagnostics }
    }
}
