import Encoding

/// What the notice beside a file that was set aside says of it, as far as it can be read.
struct FailureRecord: Sendable {
    /// The name it came with, hostile bytes repaired.
    let name: String
    let detail: String
    /// What lay beside it.
    let companion: String?

    /// The notice of a file in `failed/<reason>/`; nil when there is none that can be read.
    static func read(_ name: String, in folder: Folder) throws(SpoolError) -> FailureRecord? {
        guard let text = try folder.contents(of: name + SpoolLayout.reasonEnding, into: ByteBuffer()) else {
            return nil
        }
        let document = JSONDocument(limits: .record)
        do throws(JSONError) {
            try document.parse(text)
        } catch {
            return nil
        }
        return FailureRecord(
            name: document.root["name"]?.text?.string ?? name,
            detail: document.root["detail"]?.text?.string ?? "",
            companion: document.root["companion"]?.text?.string
        )
    }
}
