/// How far a run is, for whoever looks: one line on a terminal, redrawn at most four times a second and taken away at
/// the end; or a line every ten seconds where that was asked for.
///
/// One owner; not for several threads.
package struct Progress {
    /// The least time between two drawings on a terminal, in milliseconds.
    package static let interval: Int64 = 250
    /// The time between two plain lines, in milliseconds.
    package static let plainInterval: Int64 = 10_000

    private let style: Style
    private let start: Int64
    private var drawn: Int64?
    private let width: () -> Int
    private let write: (String) -> Void

    private enum Style { case redrawn, plain, none }

    /// Progress from `start` on the monotonic clock; `width` tells the columns there are, `write` puts text on the stream.
    package init(
        _ mode: ProgressMode,
        start: Int64,
        terminal: Terminal,
        width: @escaping () -> Int = { Terminal.columns(of: 2) },
        write: @escaping (String) -> Void = { StandardError.write($0) }
    ) {
        style =
            switch mode {
            case .off: .none
            case .plain: .plain
            case .auto: terminal.redraws ? .redrawn : .none
            }
        self.start = start
        self.width = width
        self.write = write
    }

    /// Whether anything is ever shown: worth asking before a total is counted.
    package var isShown: Bool { style != .none }

    /// Shows a step if it is time to.
    package mutating func update(_ step: ProgressStep, at milliseconds: Int64) {
        let elapsed = milliseconds - start
        switch style {
        case .none: return
        case .redrawn:
            guard milliseconds - (drawn ?? .min / 2) >= Self.interval else { return }
            // A full line makes some terminals wrap, and so would the ^C of who stops it, behind the line.
            write("\r\u{1B}[K" + step.line(elapsed: elapsed, width: max(20, width() - 3)))
        case .plain:
            guard milliseconds - (drawn ?? start) >= Self.plainInterval else { return }
            write(step.words(elapsed: elapsed).joined(separator: "   ") + "\n")
        }
        drawn = milliseconds
    }

    /// Takes the line away.
    package mutating func clear() {
        guard style == .redrawn, drawn != nil else { return }
        drawn = nil
        write("\r\u{1B}[K")
    }
}
