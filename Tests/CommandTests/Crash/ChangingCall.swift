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
    /// The paths it names, in their order; that of `file` where it has one.
    let paths: [String]
    /// What it does, the same for all calls that differ in the names of files, groups and days only.
    let kind: String

    /// The thread that is about to make it, and what with.
    private let thread: pid_t
    private let arguments: counterfoil_call

    /// Whether it asks for something to be durable.
    var isSync: Bool { Self.syncs.contains(name) }

    /// Whether it lets a file be somewhere else.
    var isMove: Bool { Self.moves.contains(name) }

    /// Whether the ledger's commits become durable by it.
    var isCommit: Bool { isSync && isOnLog }

    /// Whether it is made on the ledger's log.
    private var isOnLog: Bool { file?.hasSuffix("/ledger.sqlite-wal") == true }

    /// Whether it can be done from outside, by `perform`: moves, syncs, and what is written into the ledger's log.
    var isPerformable: Bool { isMove && paths.count == 2 || isSync || name == "pwrite64" && isOnLog }

    /// How many bytes it writes, of pieces the first; 0 for one that does not write from memory.
    var byteCount: Int { Int(firstPiece.count) }

    /// Lets it write half of its bytes, and return that; false where the system does not.
    func halve() -> Bool {
        withUnsafePointer(to: arguments) { call in
            counterfoil_trace_shorten(thread, call, firstPiece.address, firstPiece.count / 2) == 0
        }
    }

    private var firstPiece: (address: UInt, count: UInt) {
        let words = arguments.arguments
        switch name {
        case "write", "pwrite64": return (words.1, words.2)
        case "writev":
            var piece = [UInt8](repeating: 0, count: MemoryLayout<iovec>.size)
            guard Self.read(&piece, at: words.1, of: thread) == piece.count else { return (0, 0) }
            return piece.withUnsafeBytes { bytes in
                (bytes.load(as: UInt.self), bytes.load(fromByteOffset: MemoryLayout<UInt>.size, as: UInt.self))
            }
        default: return (0, 0)
        }
    }

    /// Whether a signal may keep it from being made, as far as Linux documents it for plain files.
    var isInterruptible: Bool { isWrite || name == "openat" || name == "ftruncate" }

    /// Does from outside what the thread is about to do; false where the system does not.
    func perform() -> Bool {
        if name.hasPrefix("link") { return link(paths[0], paths[1]) == 0 }
        if isMove { return access(paths[1], F_OK) != 0 && rename(paths[0], paths[1]) == 0 }
        let words = arguments.arguments
        let flags = isSync ? O_RDONLY : O_WRONLY
        let file = open("/proc/\(thread)/fd/\(words.0)", flags | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        // The machine goes on: of a sync of everything, that of its folder is enough.
        if isSync { return fsync(file) == 0 }
        var bytes = [UInt8](repeating: 0, count: Int(words.2))
        return Self.read(&bytes, at: words.1, of: thread) == bytes.count
            && pwrite(file, bytes, bytes.count, Int(words.3)) == bytes.count
    }

    /// Whether the state of the work can be another behind it: it moves, removes, writes or syncs a file of the spool, or
    /// the ledger's log.
    var isStep: Bool {
        guard isMove || isWrite || isSync || name.hasPrefix("unlink") else { return false }
        return name == "syncfs" || kind.contains(" spool/") || kind.hasSuffix("/ledger.sqlite-wal")
    }

    /// Whether it is one of the few steps by which a group goes on: a move in the spool, the barrier, a commit.
    var isTurningPoint: Bool { isStep && (isMove || name == "syncfs" || isCommit) }

    /// Whether it brings content.
    var isWrite: Bool { Self.writes.contains(name) }

    private static let syncs: Set = ["fsync", "fdatasync", "syncfs"]
    private static let moves: Set = ["renameat2", "renameat", "rename", "linkat", "link"]
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
        self.thread = thread
        arguments = call
        self.name = name
        self.file = file
        let verb = Self.verbs[name] ?? name
        paths = file.map { [$0] } ?? Self.paths(of: name, call, in: process)
        let places = paths.map { path in
            // What is prepared is empty still: what matters is where.
            let end = verb == "prepare" ? path.lastIndex(of: "/") : nil
            return CallPlace.of(path[..<(end ?? path.endIndex)], below: root)
        }
        kind = "\(verb) \(places.isEmpty ? "everything" : places.joined(separator: " to "))"
    }

    /// What calls do, where several do the same as far as a crash goes.
    private static let verbs: [String: String] = {
        let verbs = [
            "write": writes, "sync": syncs, "move": moves, "make": ["openat", "open"],
            "remove": ["unlinkat", "unlink", "rmdir"],
            "prepare": ["mkdirat", "mkdir", "fchmod", "fchmodat", "chmod", "fchown", "fchownat", "chown"],
        ]
        return Dictionary(uniqueKeysWithValues: verbs.flatMap { verb, names in names.map { ($0, verb) } })
    }()

    /// The paths that a call names, in their order: of what it changes, and of what it makes of that.
    private static func paths(of name: String, _ call: counterfoil_call, in process: pid_t) -> [String] {
        let words = call.arguments
        switch name {
        case "openat", "unlinkat", "mkdirat", "fchmodat", "fchownat":
            return [path(named: words.1, in: words.0, of: process)].compactMap { $0 }
        case "renameat", "renameat2", "linkat":
            let both = [(words.1, words.0), (words.3, words.2)]
            return both.compactMap { path(named: $0, in: $1, of: process) }
        case "open", "unlink", "mkdir", "rmdir", "chmod", "chown":
            return [text(at: words.0, of: process)].compactMap { $0 }
        case "rename", "link": return [words.0, words.1].compactMap { text(at: $0, of: process) }
        default: return []
        }
    }

    /// The path of a name in an open folder; nil where the kernel does not let us see.
    private static func path(named name: UInt, in folder: UInt, of process: pid_t) -> String? {
        guard let text = text(at: name, of: process) else { return nil }
        if text.hasPrefix("/") { return text }
        return path(of: folder, in: process).map { "\($0)/\(text)" }
    }

    private static func path(of descriptor: UInt, in process: pid_t) -> String? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = readlink("/proc/\(process)/fd/\(descriptor)", &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : nil
    }

    /// The text in the memory of a process, up to its zero.
    private static func text(at address: UInt, of process: pid_t) -> String? {
        var buffer = [UInt8](repeating: 0, count: 1024)
        let count = read(&buffer, at: address, of: process)
        guard count > 0, let end = buffer[..<count].firstIndex(of: 0) else { return nil }
        return String(decoding: buffer[..<end], as: UTF8.self)
    }

    /// Fills bytes from the memory of a process; how many there were.
    private static func read(_ bytes: inout [UInt8], at address: UInt, of process: pid_t) -> Int {
        let memory = open("/proc/\(process)/mem", O_RDONLY | O_CLOEXEC)
        guard memory >= 0 else { return -1 }
        defer { close(memory) }
        return pread(memory, &bytes, bytes.count, Int(bitPattern: address))
    }
}

extension ChangingCall: CustomStringConvertible {
    var description: String { "call \(number), \(kind)" }
}
