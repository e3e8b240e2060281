import CLinux
package import Encoding
import Glibc

/// Drops files into a spool's drop box so that each appears complete, durable and readable by the owner of the spool,
/// or not at all.
///
/// Needs no more rights than a drop box gives: to add a file, not to list the others.
package struct Submission: Sendable {
    private let incoming: Folder
    private let limits: InputLimits

    /// Opens the drop box of the spool at `root`.
    package init(to root: String, limits: InputLimits = InputLimits()) throws(SpoolError) {
        incoming = try Folder.open(path: root, flags: Int32(counterfoil_o_path))
            .folder(SpoolFolder.incoming.rawValue, flags: Int32(counterfoil_o_path))
        self.limits = limits
    }

    /// The order in which to submit files: certificates and manifests before what they belong to, otherwise as given.
    package static func ordered(_ paths: [String]) -> [String] {
        let companions = paths.filter(isCompanion)
        return companions + paths.filter { !isCompanion($0) }
    }

    /// Submits the file at `path` under its own name, or under `name`; the name it has in the drop box.
    ///
    /// Refuses a name that would be left alone or set aside, and a file that is too large; never replaces a file.
    @discardableResult
    package func submit(_ path: String, as name: String? = nil) throws(SpoolError) -> String {
        let name = name ?? Self.lastComponent(path)
        let input = try accept(name)
        let file = try Descriptor.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY, .open)
        let status = try file.status()
        if let fault = InputFault.ofContents(status, limit: limits.bytes(of: input.kind)) {
            throw .refused(name: path, reason: fault.reason, detail: fault.detail)
        }
        try drop(name) { (new) throws(SpoolError) in
            let buffer = ByteBuffer()
            var offset: Int64 = 0
            while offset < status.size {
                buffer.removeAll()
                let count = try file.read(into: buffer, min(1 << 20, Int(status.size - offset)), at: offset)
                guard count > 0 else {
                    throw .refused(name: path, reason: .incomplete, detail: "became shorter while it was read")
                }
                try new.write(buffer.all)
                offset += Int64(count)
            }
        }
        return name
    }

    /// Submits these bytes under `name`.
    package func submit(_ bytes: ByteSlice, as name: String) throws(SpoolError) {
        let input = try accept(name)
        let limit = limits.bytes(of: input.kind)
        guard !bytes.isEmpty else { throw .refused(name: name, reason: .incomplete, detail: "is empty") }
        guard bytes.count <= limit else {
            throw .refused(name: name, reason: .toolarge, detail: "has \(bytes.count) bytes, the limit is \(limit)")
        }
        try drop(name) { (new) throws(SpoolError) in try new.write(bytes) }
    }

    private func accept(_ name: String) throws(SpoolError) -> InputName {
        switch InputName.classify(name) {
        case .input(let input): return input
        case .ignored:
            throw .refused(name: name, reason: .name, detail: "is a name for unfinished files, which are left alone")
        case .refused(let refusal): throw .refused(name: name, reason: .name, detail: refusal.text)
        }
    }

    private func drop(
        _ name: String,
        _ fill: (borrowing Descriptor) throws(SpoolError) -> Void
    ) throws(SpoolError) {
        guard try incoming.status(name) == nil else { throw .conflict(path: incoming.path(name)) }
        var number = 0
        var temporary = SpoolLayout.unfinished(name, process: getpid(), number: number)
        var made = try incoming.newFile(temporary, mode: 0o640)
        while made == nil {
            number += 1
            temporary = SpoolLayout.unfinished(name, process: getpid(), number: number)
            made = try incoming.newFile(temporary, mode: 0o640)
        }
        guard let new = made else { throw .conflict(path: incoming.path(temporary)) }
        do throws(SpoolError) {
            try fill(new)
            try new.synchronize()
            guard try incoming.move(temporary, to: incoming, as: name) == .done else {
                throw .conflict(path: incoming.path(name))
            }
        } catch {
            _ = unsafe unlinkat(incoming.number, temporary, 0)
            throw error
        }
        // Where there is a journal this makes the new name durable too, without the right to open the drop box itself.
        try new.synchronize()
        try synchronizeNames()
    }

    private func synchronizeNames() throws(SpoolError) {
        let readable: Folder
        do throws(SpoolError) {
            readable = try incoming.folder(".")
        } catch .notReadable {
            return
        }
        try readable.synchronize()
    }

    private static func isCompanion(_ path: String) -> Bool {
        guard case .input(let name) = InputName.classify(lastComponent(path)) else { return false }
        return name.kind == .certificate || name.kind == .manifest
    }

    private static func lastComponent(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}
