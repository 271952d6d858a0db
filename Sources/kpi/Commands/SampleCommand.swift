import ArgumentParser

struct SampleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample", abstract: "Writes a made-up dealership to try everything on.")
    func run() async throws {}
}
