import ArgumentParser
import Basis

/// Of a report of each of several stores.
struct BatchOption: ParsableArguments {
    @Flag(help: "Of several stores: those whose files stand there, made from the same input, are not made again.")
    var resume = false
    @Flag(help: "Of several stores: no line that shows how far it is.")
    var quiet = false

    /// - Parameter store: as `--store` says it.
    func refuse(unlessSeveral store: String?) throws(Rejection) {
        guard resume || quiet, store != "all", store?.contains(",") != true else { return }
        throw Rejection(
            Diagnostic(
                .error, "unused-option", "--\(resume ? "resume" : "quiet") says nothing to one report",
                remedies: ["add --store all", "or leave it out"]))
    }
}
