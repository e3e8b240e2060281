import Glibc

/// Whether a stream is looked at by a person, and may be coloured.
package struct Terminal: Sendable {
    /// The colours and weights used.
    package enum Style: String, Sendable {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
    }

    /// Whether the stream is a terminal.
    package let isTerminal: Bool
    /// Whether colour is wanted: a terminal, `NO_COLOR` unset or empty, `TERM` not `dumb`.
    package let hasColour: Bool
    /// Whether a line can be drawn again: a terminal whose `TERM` is not `dumb`.
    package let redraws: Bool

    /// A stream and the environment variables that speak about colour.
    package init(isTerminal: Bool, noColour: String? = nil, term: String? = nil) {
        self.isTerminal = isTerminal
        redraws = isTerminal && term != "dumb"
        hasColour = isTerminal && (noColour ?? "").isEmpty && term != "dumb"
    }

    /// The terminal behind a file descriptor, by the environment of this process.
    package init(descriptor: Int32) {
        self.init(isTerminal: isatty(descriptor) == 1, noColour: Self.variable("NO_COLOR"), term: Self.variable("TERM"))
    }

    /// The columns of the terminal behind a descriptor; 80 where it does not say.
    package static func columns(of descriptor: Int32) -> Int { size(of: descriptor).columns }

    /// The rows of the terminal behind a descriptor; 24 where it does not say.
    package static func rows(of descriptor: Int32) -> Int { size(of: descriptor).rows }

    private static func size(of descriptor: Int32) -> (columns: Int, rows: Int) {
        var size = winsize()
        guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 else { return (80, 24) }
        return (size.ws_col > 0 ? Int(size.ws_col) : 80, size.ws_row > 0 ? Int(size.ws_row) : 24)
    }

    /// No terminal and no colour: files, pipes, tests.
    package static let plain = Terminal(isTerminal: false)

    /// `text` in `style` where colour is wanted, else as it is.
    package func paint(_ text: String, _ style: Style) -> String {
        hasColour ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// `text` in the colour of `health`.
    package func paint(_ text: String, _ health: Health) -> String {
        switch health {
        case .ok: paint(text, .green)
        case .warning, .unknown: paint(text, .yellow)
        case .critical: paint(text, .red)
        }
    }

    private static func variable(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }
}
