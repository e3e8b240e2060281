import Encoding
import Operations

/// Why a command could not do its work: what to tell, and the exit code.
struct Failure: Error, Equatable {
    /// What went wrong, for people: each message says what to do.
    let text: String
    /// The stable name, for programs.
    let name: String
    let code: ExitCode

    init(_ message: UserMessage, name: String, _ code: ExitCode) {
        text = "\(message)\n"
        self.name = name
        self.code = code
    }

    /// Several mistakes in one file, told as one: a line each, and once what to do.
    init(_ faults: ConfigurationFaults) {
        let limit = MessageList.limit
        let more = faults.faults.count - limit
        let lines = faults.faults.prefix(limit).map(\.description) + (more > 0 ? ["and \(more) more"] : [])
        let remedy =
            faults.faults.first?.code == .unreadable
            ? "name a file that is there and may be read, with --config or COUNTERFOIL_CONFIG; begin one with: "
                + "counterfoil config init" : "correct the file, then check it with: counterfoil config check"
        text = lines.joined(separator: "\n") + "\n  what to do: \(remedy)\n"
        name = "configuration.\(faults.faults.first?.code.rawValue ?? "fault")"
        code = .configuration
    }

    /// The same on one line, for the log.
    var line: String {
        text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: "; ")
    }

    /// Tells people on standard error and, where a program reads standard output, that too.
    func tell(asJSON: Bool) {
        StandardError.write(text)
        guard asJSON else { return }
        let output = ByteBuffer()
        var json = JSONWriter(output)
        json.beginObject()
        json.member("v", 1)
        json.member("type", "error")
        json.member("error", name)
        json.member("exit", Int64(code.rawValue))
        json.member("message", text.split(separator: "\n").first.map(String.init) ?? "")
        json.endObject()
        StandardOutput.line(output)
    }
}
