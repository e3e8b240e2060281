package import Crypto
package import Encoding

/// The manifest beside a batch: what the sender says it holds (docs/FORMATS.md, "Manifest").
package struct BatchManifest {
    /// The sender's name for the batch, 1 to 128 bytes; nil where it gives none.
    package let batchID: String?

    /// Reads a manifest and compares it with the file; the second value says why the batch is refused as a whole.
    package static func check(_ text: ByteSlice?, sha256: SHA256Digest, lines: Int) -> (BatchManifest?, String?) {
        guard let text else { return (nil, nil) }
        let document = JSONDocument(limits: .record)
        do throws(JSONError) {
            try document.parse(text)
        } catch {
            return (nil, "the manifest is not strict JSON: \(error)")
        }
        let root = document.root
        guard root.kind == .object else { return (nil, "the manifest is not a JSON object") }
        if let value = root["v"], value.integer != 1 { return (nil, "the manifest's v must be 1") }
        if let value = root["mode"], value.text?.equals("migration") == true {
            return (nil, "mode migration is not supported by this version")
        }
        if let value = root["records"] {
            guard let records = value.integer else { return (nil, "the manifest's records is not a whole number") }
            guard records == lines else { return (nil, "the manifest says \(records) records, the file has \(lines)") }
        }
        if let value = root["sha256"] {
            guard value.text?.equals(sha256.hex) == true else {
                return (nil, "the manifest's sha256 is not that of the file")
            }
        }
        if let value = root["batch_id"] {
            guard let id = value.text, !id.isEmpty, id.count <= 128 else {
                return (nil, "the manifest's batch_id is not a string of 1 to 128 bytes")
            }
            return (BatchManifest(batchID: id.string), nil)
        }
        return (BatchManifest(batchID: nil), nil)
    }
}
