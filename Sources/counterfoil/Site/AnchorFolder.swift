import Encoding
import Glibc
import Operations
import PKIX

/// The folder of trust anchors: every `.pem`, `.crt`, `.cer` and `.der` in it, PEM or DER, in the order of their names.
struct AnchorFolder {
    let path: String
    /// The folder of the authorities a trusted list grants, where there is one.
    var qualified: String?

    private static let endings = [".pem", ".crt", ".cer", ".der"]
    private static let byteLimit = 1 << 20
    private static let remedy =
        "put the directory's root and issuing CA certificates (PEM or DER) there, or correct trust.anchors or trust.qualified_anchors"

    func load() throws(Failure) -> TrustAnchors {
        let files = try files(path)
        let others = try qualified.map { folder throws(Failure) in try self.files(folder) } ?? []
        var bodies: [[UInt8]] = []
        for file in files + others { bodies.append(try body(file)) }
        do throws(TrustFault) {
            return try TrustAnchors.load(
                Array(bodies.prefix(files.count)),
                qualified: Array(bodies.dropFirst(files.count))
            )
        } catch {
            throw failure(error, files + others)
        }
    }

    private func files(_ folder: String) throws(Failure) -> [String] {
        let names = try names(folder)
        guard !names.isEmpty else {
            throw fault(folder, "there is no .pem, .crt, .cer or .der file in this folder of trust anchors")
        }
        return names.map { "\(folder)/\($0)" }
    }

    private func names(_ path: String) throws(Failure) -> [String] {
        guard let folder = unsafe opendir(path) else {
            throw fault(path, "the folder of trust anchors cannot be read: \(ErrorText.of(errno))")
        }
        defer { unsafe closedir(folder) }
        var names: [String] = []
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix("."), Self.endings.contains(where: name.lowercased().hasSuffix) { names.append(name) }
        }
        return names.sorted()
    }

    private func body(_ path: String) throws(Failure) -> [UInt8] {
        do throws(FileBytes.Fault) {
            return try FileBytes.read(path, limit: Self.byteLimit)
        } catch {
            switch error {
            case .system(let number):
                let remedy =
                    number == EACCES ? "let its users read it (chmod 644): certificates are no secret" : Self.remedy
                throw fault(path, "the trust anchor cannot be read: \(ErrorText.of(number))", remedy: remedy)
            case .notFile: throw fault(path, "the trust anchor is not a file")
            case .tooLarge: throw fault(path, "the file is too large for a trust anchor")
            }
        }
    }

    private func failure(_ error: TrustFault, _ files: [String]) -> Failure {
        func file(_ index: Int) -> String { index < files.count ? files[index] : path }
        switch error {
        case .noCertificate(let index): return fault(file(index), "there is no certificate in it", error.code)
        case .pem(let error, let index): return fault(file(index), "it is not PEM: \(error)", "trust_pem")
        case .certificate(let error, let index):
            return fault(file(index), "the certificate cannot be used: \(error)", error.code)
        case .notAuthority(let subject, let index):
            return fault(file(index), "\(Printable.text(subject)) is not a certificate authority", error.code)
        case .unfitAnchor(let reason, let index): return fault(file(index), Printable.text(reason), error.code)
        case .noAnchor:
            return fault(path, "no certificate in it is self-signed, so nothing can be traced to it", error.code)
        case .library(let text): return fault(path, "the certificates were refused: \(text)", error.code)
        }
    }

    private func fault(
        _ thing: String,
        _ what: String,
        _ name: String = "trust_anchors",
        remedy: String = remedy
    ) -> Failure {
        Failure(UserMessage(thing, what, remedy: remedy), name: name, .configuration)
    }
}
