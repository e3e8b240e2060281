import Encoding
import Glibc

extension SpoolError: CustomStringConvertible {
    /// What is wrong, in one clause that makes sense alone.
    package var description: String {
        switch self {
        case .missing(let path): "\(path): there is no such folder"
        case .notFolder(let path): "\(path): is not a folder"
        case .locked(let pid?): "the spool is in use by process \(pid)"
        case .locked(nil): "the spool is in use by another process"
        case .notWritable(let path, let errno): "\(path): cannot be written (\(Self.text(errno)))"
        case .notReadable(let path, let errno): "\(path): cannot be read (\(Self.text(errno)))"
        case .diskFull(let path, let errno): "\(path): no space is left (\(Self.text(errno)))"
        case .networkFileSystem(let path, let kind): "\(path): is on a network file system (\(kind))"
        case .mixedFileSystems(let path, let other): "\(path): is not on the same file system as \(other)"
        case .insecure(let path, let what): "\(path): \(what)"
        case .conflict(let path): "\(path): a file of that name with other bytes is there already"
        case .refused(let name, let reason, let detail): "\(Printable.text(name)): \(detail) (\(reason.rawValue))"
        case .changed(let name): "\(Printable.text(name)): was changed while it was read"
        case .vanished(let path): "\(Printable.text(path)): was removed by somebody else"
        case .badName(let name): "\(Printable.text(name)): is not a name for a file in the spool"
        case .io(let operation, let path, let errno):
            "\(Printable.text(path)): \(operation) failed (\(Self.text(errno)))"
        }
    }

    /// What to do about it, in one sentence.
    package var remedy: String {
        switch self {
        case .missing:
            "Create it, or correct spool.path in the configuration; folders missing in it are made."
        case .notFolder: "Correct spool.path in the configuration, or move what is there out of the way."
        case .locked(let pid?): "Wait for process \(pid) to end or stop it; a lock left by a dead process cannot exist."
        case .locked(nil): "Find the other process with 'fuser' on the spool's .lock file and wait for it or stop it."
        case .notWritable(_, EROFS): "Mount the file system for writing; nothing was lost, run again then."
        case .notWritable, .notReadable:
            "Run as the user that owns the spool, or correct the owner and mode of that path."
        case .diskFull: "Free bytes or inodes on the spool's file system; nothing was lost, run again then."
        case .networkFileSystem: "Put the spool on a local file system (ext4 or xfs)."
        case .mixedFileSystems: "Put all folders of the spool on one file system; mount it at the spool itself."
        case .insecure: "Give the path to the user that runs counterfoil and take the write permission for others away."
        case .conflict: "Compare the two files; results are never replaced, so move the one that is wrong away."
        case .refused(_, let reason, _): reason.remedy
        case .changed: "Submit the file again by writing to a name ending .tmp and renaming it when complete."
        case .vanished: "Let nothing but counterfoil remove files from the spool; consumers take results only."
        case .badName: "Use letters, digits, '.', '_' and '-' only."
        case .io(_, _, EIO): "Check the disk and the kernel log; stop until it is sound, nothing was lost."
        case .io: "Look up the error; nothing was lost, run again when it is put right."
        }
    }

    private static func text(_ errno: Int32) -> String {
        guard let text = unsafe strerror(errno) else { return "error \(errno)" }
        return unsafe String(cString: text)
    }
}
