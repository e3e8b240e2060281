import Operations
import Spool

/// Too little room, as an operator reads it.
extension FreeSpace.Shortage {
    /// How much is free and how much must be.
    var words: String {
        switch self {
        case .bytes(let free, let need): "only \(Figure.bytes(free)) of \(Figure.bytes(need)) are free"
        case .inodes(let free, let need):
            "only \(Figure.count(Int(free))) of \(Figure.count(Int(need))) inodes are free"
        }
    }

    /// What to do.
    var remedy: String {
        switch self {
        case .bytes: "make room on the spool's file system, or lower spool.min_free"
        case .inodes: "remove files from the spool's file system, or give it more inodes"
        }
    }
}
