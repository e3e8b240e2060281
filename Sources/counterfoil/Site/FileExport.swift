import Encoding
import Operations

/// Writes a file an operator asked for: whole or not at all, in place of one that was there.
enum FileExport {
    static func write(_ bytes: ByteSlice, to path: String) throws(Failure) {
        do throws(OutputFault) {
            let file = try OutputFile(path)
            try file.append(bytes)
            try file.finish()
        } catch {
            throw Failure(error)
        }
    }
}
