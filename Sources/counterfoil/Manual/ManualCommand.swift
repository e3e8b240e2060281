import ArgumentParser
import Operations

/// Fills the templates of the manual pages in docs/man: what is generated never differs from the program.
///
/// For the build of a package, and not in the help.
struct ManualCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Write a manual page (mdoc) from its template.",
        shouldDisplay: false
    )

    @Argument(help: "The template; a line such as .\\\" @commands is replaced.", completion: .file())
    var template: String

    var isForProgram: Bool { false }

    mutating func perform() throws(Failure) -> ExitStatus {
        guard let program = CommandHelp.program() else {
            let message = UserMessage(
                "manual",
                "the program's own help cannot be read",
                remedy: "report it as a defect"
            )
            throw Failure(message, name: "manual", .unexpected)
        }
        let pages = CommandPages(program: program)
        var lines: [String] = []
        for line in try Self.text(template).split(separator: "\n", omittingEmptySubsequences: false) {
            let words = line.split(separator: " ")
            guard words.count >= 2, words[0] == ".\\\"", words[1].hasPrefix("@") else {
                lines.append(String(line))
                continue
            }
            switch words[1] {
            case "@version": lines.append("\(Version.number)")
            case "@commands": lines += pages.commands
            case "@options": lines += pages.commonOptions
            case "@exit-codes": lines += SettingPages.exitCodes
            case "@settings": lines += SettingPages.settings
            case "@markdown" where words.count == 3:
                lines += MarkdownPages.pages(try Self.text("\(Folders.parent(of: template))/\(words[2])"))
            default:
                let message = UserMessage(template, "\(words[1]) is not known", remedy: "correct the template")
                throw Failure(message, name: "manual", .usage)
            }
        }
        StandardOutput.write(lines.joined(separator: "\n"))
        return .done
    }

    private static func text(_ path: String) throws(Failure) -> String {
        do throws(FileBytes.Fault) {
            return String(decoding: try FileBytes.read(path, limit: 1 << 20), as: UTF8.self)
        } catch {
            throw Failure(UserMessage(path, "cannot be read", remedy: "name a template"), name: "manual", .usage)
        }
    }
}
