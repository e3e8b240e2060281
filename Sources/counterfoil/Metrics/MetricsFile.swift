import Encoding
import Operations

/// The file the node exporter's textfile collector reads: it appears whole, and everybody may read it.
enum MetricsFile {
    /// Writes the metrics of a site where its configuration asks for a file.
    ///
    /// A user who may not read a part of the installation writes nothing: a file with half of it would make counters
    /// vanish and come back.
    static func write(_ site: Site) throws(Failure) {
        let path = site.configuration.metrics.textfile
        guard !path.isEmpty, !site.clock.isFixed else { return }
        try write(try MetricsReader(site).text(), to: path)
    }

    /// The same for a command that ends: what goes wrong is told and changes nothing else.
    static func leave(_ site: Site, isQuiet: Bool = false) {
        do throws(Failure) {
            try write(site)
        } catch {
            if !isQuiet { StandardError.write(error.text) }
        }
    }

    private static func write(_ text: String, to path: String) throws(Failure) {
        let number: Int32
        do throws(OutputFault) {
            // The collector is another user, and reads it again soon.
            let file = try OutputFile(path, mode: 0o644, isForOthers: true)
            try file.append(ByteSlice(text))
            return try file.replace()
        } catch {
            number = error.errno
        }
        let remedy = "check metrics.textfile in the configuration, and that its folder may be written by this user"
        let message = UserMessage(path, "metrics cannot be written: \(ErrorText.of(number))", remedy: remedy)
        throw Failure(message, name: "metrics.textfile", ExitCode.ofSystemError(number))
    }
}
