import Encoding
import Glibc
import Operations

/// The status screen, drawn again and again until a signal ends it.
struct StatusWatch {
    let site: Site
    let alerts: AlertSettings
    /// Seconds between two drawings.
    let seconds: Int

    /// Draws until SIGINT or SIGTERM; a part that cannot be read for once is told and tried again.
    func run(_ stop: StopSignals) -> ExitStatus {
        let terminal = Terminal(descriptor: STDOUT_FILENO)
        // The cursor goes home and each line clears what was behind it, so that nothing flickers.
        if terminal.redraws { StandardOutput.write("\u{1B}[2J") }
        while !stop.isSet {
            let text = screen(terminal)
            if terminal.redraws {
                let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
                let rows = lines.prefix(max(1, Terminal.rows(of: STDOUT_FILENO) - 1))
                StandardOutput.write("\u{1B}[H" + rows.map { "\($0)\u{1B}[K" }.joined(separator: "\r\n") + "\u{1B}[J")
            } else {
                StandardOutput.write(text + "\n")
            }
            let end = site.clock.monotonicMilliseconds() + Int64(seconds) * 1000
            while !stop.isSet, site.clock.monotonicMilliseconds() < end { FolderWatch.sleep(milliseconds: 100) }
        }
        if terminal.redraws { StandardOutput.write("\r\n") }
        return ExitStatus(stop.exitCode ?? .done)
    }

    private func screen(_ terminal: Terminal) -> String {
        let head = "\(Timestamp.rfc3339(site.clock.now()))   every \(seconds) s, ends with Ctrl-C\n\n"
        do throws(Failure) {
            let width = terminal.isTerminal ? Terminal.columns(of: STDOUT_FILENO) : .max
            let screen = StatusScreen(try StatusReader(site).facts(), alerts: alerts)
            return head + screen.text(terminal: terminal, width: width)
        } catch {
            return head + error.text
        }
    }
}
