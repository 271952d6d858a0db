import ArgumentParser

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "A figure, its definition, and the rows behind it.")
    func run() async throws {}
}
