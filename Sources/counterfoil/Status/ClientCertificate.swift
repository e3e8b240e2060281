import Encoding
import Operations
import PKIX

/// The client certificate a site fetches with, as far as `status` and metrics tell of it.
enum ClientCertificate {
    private static let byteLimit = 1 << 20

    /// Its name and end; nil where none is configured, or the user who asks cannot read it: the fetch tells that.
    static func expiry(_ site: Site) -> KeyFacts.Expiry? {
        let place = site.configuration.directory.clientCertificate
        guard let path = place.path(credentials: Environment["CREDENTIALS_DIRECTORY"]), let leaf = leaf(path)
        else { return nil }
        let name = leaf.subject.commonName ?? leaf.subject.rfc4514
        return KeyFacts.Expiry(name: "The client certificate \(name)", notAfter: leaf.notAfter, role: .client)
    }

    /// The first certificate in a PEM file.
    private static func leaf(_ path: String) -> Certificate? {
        let blocks: [[UInt8]]
        do throws(FileBytes.Fault) {
            let bytes = try FileBytes.read(path, limit: byteLimit)
            do throws(PEMError) { blocks = try PEM.certificates(in: ByteSlice(bytes)) } catch { return nil }
        } catch {
            return nil
        }
        guard let first = blocks.first else { return nil }
        do throws(CertificateFault) { return try .decode(first) } catch { return nil }
    }
}
