package import Encoding

/// Signed bundles that were dropped into `bundles/`, and where they go once they were looked at.
extension Spool {
    /// The names of those that wait, in order: complete once they are there, as everywhere in a spool; at most 100.
    package func waitingBundles() throws(SpoolError) -> [String] {
        var names: [String] = []
        let listing = try Listing(folders.bundles)
        while names.count < 100, let entry = try unsafe listing.next({ unsafe ($0.text, $0.isSurelySpecial) }) {
            let (name, isSpecial) = entry
            if !isSpecial, name.hasSuffix(".tar"), SpoolLayout.isOurs(name) { names.append(name) }
        }
        return names.sorted()
    }

    /// The path of one that waits.
    package func path(ofBundle name: String) -> String { folders.bundles.path(name) }

    /// Moves one to `bundles/imported/`, or to `bundles/rejected/` with a notice beside it; nothing is replaced.
    ///
    /// The notice is on disk before the file moves; a stop between leaves the file to be looked at again.
    package func settle(bundle name: String, rejected notice: ByteSlice?) throws(SpoolError) {
        guard SpoolLayout.isOurs(name) else { throw .badName(name) }
        let folder = try bundleFolders[notice == nil ? "imported" : "rejected"]
        var attempt = 1
        while true {
            let newName = attempt == 1 ? name : "\(name)~\(attempt)"
            attempt += 1
            guard try folder.status(newName) == nil else { continue }
            if let notice {
                let noticeName = "\(newName)\(SpoolLayout.reasonEnding)"
                try folder.remove(noticeName)
                guard let file = try folder.newFile(noticeName, mode: 0o600) else { continue }
                try file.write(notice)
                try file.synchronize()
            }
            guard try folders.bundles.move(name, to: folder, as: newName) != .nameTaken else { continue }
            try folder.synchronize()
            try folders.bundles.synchronize()
            return
        }
    }
}
