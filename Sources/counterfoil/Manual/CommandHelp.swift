import ArgumentParser
import Encoding

/// A command as its help knows it, read from what ArgumentParser says of itself.
struct CommandHelp {
    /// An option, a flag or an operand.
    struct Argument {
        enum Kind: String { case option, flag, positional }

        let kind: Kind
        /// Long names without hyphens.
        let longNames: [String]
        /// Short names without the hyphen.
        let shortNames: [String]
        let valueName: String
        let text: String
        let fallback: String?
        /// What it may be, where that is a closed list.
        let values: [String]
        let isOptional: Bool
        let isRepeating: Bool
    }

    /// The words that start it, without the program's own name.
    let words: [String]
    let abstract: String
    let discussion: String
    let arguments: [Argument]
    let subcommands: [CommandHelp]

    /// The program itself; nil where its help cannot be read, which would be a defect.
    static func program() -> CommandHelp? {
        var limits = JSONLimits.record
        limits.textBytes = 16 << 20
        limits.nodes = 1 << 20
        limits.depth = 64
        let document = JSONDocument(limits: limits)
        do throws(JSONError) { try document.parse(ByteSlice(Counterfoil._dumpHelp())) } catch { return nil }
        return document.root["command"].map { CommandHelp($0, below: nil) }
    }

    /// This command and all below it that are shown, in the order of the help.
    var all: [CommandHelp] { [self] + subcommands.flatMap(\.all) }

    private init(_ value: JSONValue, below words: [String]?) {
        let name = Self.text(value["commandName"])
        self.words = words.map { $0 + [name] } ?? []
        abstract = Self.text(value["abstract"])
        discussion = Self.text(value["discussion"])
        var arguments: [Argument] = []
        for argument in Self.elements(value["arguments"]) where argument["shouldDisplay"]?.bool == true {
            if let argument = Argument(argument) { arguments.append(argument) }
        }
        self.arguments = arguments
        var subcommands: [CommandHelp] = []
        for command in Self.elements(value["subcommands"]) where command["shouldDisplay"]?.bool == true {
            // ArgumentParser's own, the same as --help.
            guard Self.text(command["commandName"]) != "help" else { continue }
            subcommands.append(CommandHelp(command, below: self.words))
        }
        self.subcommands = subcommands
    }

    fileprivate static func text(_ value: JSONValue?) -> String { value?.text?.string ?? "" }

    fileprivate static func elements(_ value: JSONValue?) -> [JSONValue] { value.map { Array($0.elements) } ?? [] }
}

extension CommandHelp.Argument {
    fileprivate init?(_ value: JSONValue) {
        guard let kind = Kind(rawValue: CommandHelp.text(value["kind"])) else { return nil }
        self.kind = kind
        let names = CommandHelp.elements(value["names"])
        longNames = names.filter { CommandHelp.text($0["kind"]) == "long" }.map { CommandHelp.text($0["name"]) }
        shortNames = names.filter { CommandHelp.text($0["kind"]) == "short" }.map { CommandHelp.text($0["name"]) }
        valueName = CommandHelp.text(value["valueName"])
        text = CommandHelp.text(value["abstract"])
        fallback = value["defaultValue"]?.text?.string
        values = CommandHelp.elements(value["allValues"]).map { CommandHelp.text($0) }
        isOptional = value["isOptional"]?.bool == true
        isRepeating = value["isRepeating"]?.bool == true
    }
}
