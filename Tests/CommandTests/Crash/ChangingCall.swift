import CTrace
import Glibc

/// A call of the program that can change a file, about to be made.
struct ChangingCall: Sendable {
    /// Its number in the run, over all threads, from 1.
    let number: Int
    /// The system's name for it.
    let name: String
    /// The file its first argument is open on, for calls that take a descriptor of a file.
    let file: String?

    /// Whether it asks for something to be durable.
    var isSync: Bool { ["fsync", "fdatasync", "syncfs"].contains(name) }

    /// Whether it brings content.
    var isWrite: Bool { Self.writes.contains(name) }

    private static let writes: Set = ["write", "pwrite64", "writev", "pwritev", "copy_file_range", "sendfile"]
    private static let byDescriptor = writes.union(["fsync", "fdatasync", "ftruncate", "fallocate", "fchmod", "fchown"])

    /// The call that a stopped thread of `process` is about to make; nil for one that changes no file below `root`.
    init?(thread: pid_t, of process: pid_t, below root: String, number: Int) {
        var call = counterfoil_call()
        guard counterfoil_trace_call(thread, &call) == 0, let text = counterfoil_call_name_of(call.number) else {
            return nil
        }
        let name = String(cString: text)
        if name == "openat" {
            guard call.arguments.2 & UInt(counterfoil_o_creat) != 0 else { return nil }
        } else if name == "open" {
            guard call.arguments.1 & UInt(counterfoil_o_creat) != 0 else { return nil }
        }
        var file: String?
        if Self.byDescriptor.contains(name) {
            file = Self.path(of: call.arguments.0, in: process)
            // Threads wake each other by writing to what is no file.
            if let file, !file.hasPrefix(root) { return nil }
        }
        self.number = number
        self.name = name
        self.file = file
    }

    private static func path(of descriptor: UInt, in process: pid_t) -> String? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = readlink("/proc/\(process)/fd/\(descriptor)", &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : nil
    }
}

extension ChangingCall: CustomStringConvertible {
    /// Its name, and that of its file.
    var kind: String { name + (file?.split(separator: "/").last.map { " of \($0)" } ?? "") }

    var description: String { "call \(number), \(kind)" }
}
