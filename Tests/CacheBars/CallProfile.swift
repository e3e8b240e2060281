import Foundation

/// What callgrind counts while a program runs.
struct CallProfile {
    /// How often each function was called.
    private(set) var calls: [String: Int] = [:]
    /// The instructions of each function with all it called, by who called it.
    private var inclusive: [String: [String: Int]] = [:]
    /// All instructions.
    private(set) var total = 0
    let printed: String

    /// Runs a program with some words in `folder`, which must end well; tells what it printed.
    init(_ program: String, _ words: [String], in folder: String) throws {
        let output = "\(folder)/calls-\(UUID().uuidString)"
        // Valgrind cannot read the debug information of a Swift binary; names are enough.
        let plain = "\(output).binary"
        defer { for path in [output, plain] { try? FileManager.default.removeItem(atPath: path) } }
        _ = try ProgramRun(["strip", "-g", "-o", plain, program], in: folder).wait()
        let instrument = ["valgrind", "--tool=callgrind", "--callgrind-out-file=\(output)", plain]
        let result = try ProgramRun(instrument + words, in: folder).wait()
        guard result.code == 0 else { throw Trouble("callgrind: \(result.errors.suffix(300))") }
        printed = result.output
        try read(String(contentsOfFile: output, encoding: .utf8))
    }

    /// The instructions of some functions with all they called; what one of them called of the others counts once.
    func instructions(of isMeant: (String) -> Bool) -> [String: Int] {
        inclusive.filter { isMeant($0.key) }
            .mapValues { $0.filter { !isMeant($0.key) }.values.reduce(0, +) }
    }

    private mutating func read(_ text: String) {
        var names: [Substring: String] = [:]
        var (caller, callee) = ("", "")
        var isCall = false
        for line in text.split(separator: "\n") {
            if line.hasPrefix("fn=(") || line.hasPrefix("cfn=(") {
                let rest = line.drop { $0 != "(" }
                let id = rest.prefix { $0 != ")" }
                let name = rest.dropFirst(id.count + 1).drop { $0 == " " }
                if !name.isEmpty { names[id] = String(name) }
                if line.hasPrefix("cfn") { callee = names[id] ?? String(id) } else { caller = names[id] ?? String(id) }
            } else if line.hasPrefix("calls="), let count = Int(line.dropFirst(6).prefix { $0 != " " }) {
                calls[callee, default: 0] += count
                isCall = true
            } else if isCall {
                // The line behind `calls=` has the instructions of the call.
                if let cost = Int(line.drop { $0 != " " }.dropFirst()) {
                    inclusive[callee, default: [:]][caller, default: 0] += cost
                }
                isCall = false
            } else if line.hasPrefix("totals: "), let sum = Int(line.dropFirst(8)) {
                total = sum
            }
        }
    }
}
