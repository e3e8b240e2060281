import Encoding
import Glibc
import Operations

/// Writes a file an operator asked for, whole or not at all.
enum FileExport {
    /// Writes it in place of one that was there.
    static func write(_ bytes: ByteSlice, to path: String) throws(Failure) {
        do throws(OutputFault) {
            let file = try OutputFile(path)
            try file.append(bytes)
            try file.finish()
        } catch {
            throw Failure(error)
        }
    }

    /// Writes one that must not be there yet.
    static func create(_ bytes: ByteSlice, at path: String) throws(Failure) {
        do throws(OutputFault) {
            let file = try OutputFile(path)
            try file.append(bytes)
            try file.create()
        } catch  where error.errno == EEXIST {
            let remedy = "name another file, or take it away first"
            let message = UserMessage(path, "is there already, and is left as it is", remedy: remedy)
            throw Failure(message, name: "exists", .usage)
        } catch {
            throw Failure(error)
        }
    }
}
