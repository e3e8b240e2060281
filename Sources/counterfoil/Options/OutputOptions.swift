import ArgumentParser

/// Who reads standard output.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Write JSON for programs.")
    var json = false
}
