package import Crypto
package import Encoding

/// The manifest beside a batch: what the sender says it holds (docs/FORMATS.md, "Manifest").
package struct BatchManifest {
    /// The sender's name for the batch, 1 to 128 bytes; nil where it gives none.
    package var batchID: String?
    /// How its records are judged; ordinary where it says nothing.
    package var mode: JudgingMode

    /// What a batch turned out to be, which its manifest must agree with.
    package struct File {
        package var sha256: SHA256Digest
        package var lines: Int
        /// The hash total of its lines, 16 hexadecimal digits.
        package var hashTotal: String
        /// The latest time at which the manifest may say it was made: now, and what clocks may differ.
        package var latest: UnixTime

        package init(sha256: SHA256Digest, lines: Int, hashTotal: String, latest: UnixTime) {
            (self.sha256, self.lines, self.hashTotal, self.latest) = (sha256, lines, hashTotal, latest)
        }
    }

    /// Reads the form of a manifest; the error says why the batch is refused as a whole.
    package static func read(_ text: ByteSlice) -> Result<BatchManifest, ManifestFault> {
        let document = JSONDocument(limits: .record)
        if let fault = parse(text, document) { return .failure(fault) }
        return read(document.root)
    }

    /// Reads a manifest and compares it with the file.
    package static func check(_ text: ByteSlice, _ file: File) -> Result<BatchManifest, ManifestFault> {
        let document = JSONDocument(limits: .record)
        if let fault = parse(text, document) { return .failure(fault) }
        let root = document.root
        if let records = root["records"]?.integer, records != file.lines {
            return .failure("the manifest says \(records) records, the file has \(file.lines)")
        }
        if let value = root["sha256"], value.text?.equals(file.sha256.hex) != true {
            return .failure("the manifest's sha256 is not that of the file")
        }
        if let total = root["hash_total"]?.text, !total.equals(file.hashTotal) {
            return .failure(
                "the manifest's hash_total is \(Printable.text(total, limit: 32)), that of the file is \(file.hashTotal)"
            )
        }
        if let made = root["created_at"]?.text.flatMap({ Timestamp.parse($0.string) }), made > file.latest {
            return .failure("the manifest's created_at is in the future")
        }
        return read(root)
    }

    private static func parse(_ text: ByteSlice, _ document: JSONDocument) -> ManifestFault? {
        do throws(JSONError) {
            try document.parse(text)
        } catch {
            return "the manifest is not strict JSON: \(error)"
        }
        return document.root.kind == .object ? nil : "the manifest is not a JSON object"
    }

    private static func read(_ root: JSONValue) -> Result<BatchManifest, ManifestFault> {
        var manifest = BatchManifest(batchID: nil, mode: .ordinary)
        if let value = root["v"], value.integer != 1 { return .failure("the manifest's v must be 1") }
        if let value = root["records"], value.integer == nil {
            return .failure("the manifest's records is not a whole number")
        }
        if let value = root["batch_id"] {
            guard let id = value.text, !id.isEmpty, id.count <= 128 else {
                return .failure("the manifest's batch_id is not a string of 1 to 128 bytes")
            }
            manifest.batchID = id.string
        }
        if let value = root["hash_total"], value.text.map({ isTotal($0) }) != true {
            return .failure("the manifest's hash_total is not a string of 16 digits 0-9 a-f")
        }
        if let value = root["created_at"], value.text.flatMap({ Timestamp.parse($0.string) }) == nil {
            return .failure("the manifest's created_at is not a time as RFC 3339 writes it")
        }
        guard let value = root["mode"] else { return .success(manifest) }
        guard let mode = value.text.flatMap({ JudgingMode(rawValue: $0.string) }) else {
            return .failure("the manifest's mode must be migration or ordinary")
        }
        manifest.mode = mode
        // What relaxes rules must say for which bytes, and once.
        if mode == .migration, root["sha256"] == nil || manifest.batchID == nil {
            return .failure("the manifest of a migration must give sha256 and batch_id")
        }
        return .success(manifest)
    }
}

extension BatchManifest {
    /// The `batch_id` of a manifest, also of one that refuses its batch; nil where there is none that can be read.
    package static func batchID(of text: ByteSlice) -> String? {
        let document = JSONDocument(limits: .record)
        guard parse(text, document) == nil, let id = document.root["batch_id"]?.text, (1...128).contains(id.count)
        else {
            return nil
        }
        return id.string
    }

    private static func isTotal(_ text: ByteSlice) -> Bool {
        text.count == 16 && text.bytes.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}

/// Why a manifest refuses its batch, in one sentence.
package struct ManifestFault: Error, ExpressibleByStringInterpolation, CustomStringConvertible {
    package let description: String

    package init(stringLiteral text: String) { description = text }
}
