/// The part of counterfoil(1) that describes commands and their options, from the program's own help.
struct CommandPages {
    let program: CommandHelp

    /// Options that mean the same everywhere are described once.
    private static let common = ["config", "quiet", "verbose", "json", "as-of", "version", "help"]

    /// The options most commands share.
    var commonOptions: [String] {
        var seen: [String: CommandHelp.Argument] = [:]
        for argument in program.all.flatMap(\.arguments) {
            for name in argument.longNames where seen[name] == nil { seen[name] = argument }
        }
        return Self.list(Self.common.compactMap { seen[$0] })
    }

    /// A subsection for each command that does something.
    var commands: [String] { program.all.filter { !$0.words.isEmpty }.flatMap { Self.section($0) } }

    private static func section(_ command: CommandHelp) -> [String] {
        var lines = [".Ss \(command.words.joined(separator: " "))"]
        guard command.subcommands.isEmpty else { return lines + sentences(command.abstract) }
        lines += [".Nm", ".Cm \(command.words.joined(separator: " "))"]
        lines += command.arguments.filter { !isHelp($0) }.map(usage)
        lines += [".Pp"] + sentences(command.abstract) + prose(command.discussion)
        let own = command.arguments.filter { !isCommon($0) }
        return own.isEmpty ? lines : lines + list(own)
    }

    /// What a discussion says: paragraphs, and indented lines as they are.
    private static func prose(_ text: String) -> [String] {
        var lines: [String] = []
        var block: [Substring] = []
        func endBlock() {
            if !block.isEmpty { lines += ManualText.block(block.map { $0.dropFirst(2) }) }
            block = []
        }
        if !text.isEmpty { lines.append(".Pp") }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("  ") {
                block.append(line)
                continue
            }
            let hadBlock = !block.isEmpty
            endBlock()
            if line.isEmpty {
                if lines.last != ".Pp", !hadBlock { lines.append(".Pp") }
            } else {
                if hadBlock { lines.append(".Pp") }
                lines += sentences(line)
            }
        }
        endBlock()
        // A paragraph that ends in a block, or begins one, needs no space of its own.
        return lines.enumerated().filter { index, line in
            let next = index + 1 < lines.count ? lines[index + 1] : ""
            return line != ".Pp" || !(next.isEmpty || next.hasPrefix(".Bd") || next == ".Pp")
        }
        .map(\.element)
    }

    private static func list(_ arguments: [CommandHelp.Argument]) -> [String] {
        [".Bl -tag -width Ds"] + arguments.flatMap { [".It \(heading($0))"] + description($0) } + [".El"]
    }

    private static func description(_ argument: CommandHelp.Argument) -> [String] {
        var lines = sentences(argument.text)
        if !argument.values.isEmpty {
            lines.append(
                "One of \(argument.values.map { "\\fB\(ManualText.literal($0))\\fP" }.joined(separator: ", "))."
            )
        }
        if let fallback = argument.fallback, !fallback.isEmpty {
            lines.append("Left out, it is \\fB\(ManualText.literal(fallback))\\fP.")
        }
        return lines
    }

    /// The names of an argument with its value, as a list shows it.
    private static func heading(_ argument: CommandHelp.Argument) -> String {
        if argument.kind == .positional { return "Ar \(ManualText.argument(argument.valueName))" }
        let names = argument.shortNames.map { "Fl \($0)" } + argument.longNames.map { "Fl -\($0)" }
        let value = argument.kind == .option ? " Ar \(ManualText.argument(argument.valueName))" : ""
        return names.joined(separator: " , ") + value
    }

    /// The same as the usage of its command shows it.
    private static func usage(_ argument: CommandHelp.Argument) -> String {
        let name = argument.longNames.first.map { "Fl -\($0)" } ?? argument.shortNames.first.map { "Fl \($0)" }
        let value = argument.kind == .flag ? nil : "Ar \(ManualText.argument(argument.valueName))"
        let words = [name, value].compactMap { $0 }.joined(separator: " ") + (argument.isRepeating ? " ..." : "")
        return argument.isOptional ? ".Op \(words)" : ".\(words)"
    }

    private static func isCommon(_ argument: CommandHelp.Argument) -> Bool {
        argument.longNames.contains { common.contains($0) }
    }

    private static func isHelp(_ argument: CommandHelp.Argument) -> Bool {
        argument.longNames.contains { $0 == "help" || $0 == "version" }
    }

    private static func sentences(_ text: some StringProtocol) -> [String] {
        ManualText.sentences(ManualText.prose(text))
    }
}
