import Encoding
import JOSE
import Operations

/// The file `results.seal_to` names: who responses are sealed to.
enum RecipientFile {
    /// The recipient; nil where the configuration seals nothing.
    static func load(_ path: String) throws(Failure) -> JWERecipient? {
        guard !path.isEmpty else { return nil }
        let bytes: [UInt8]
        do throws(FileBytes.Fault) {
            bytes = try FileBytes.read(path, limit: JWERecipient.byteLimit)
        } catch {
            throw failure(path, "cannot be read: \(error.words)")
        }
        do throws(JWEKeyFault) {
            return try JWERecipient.decode(bytes)
        } catch {
            throw failure(path, "is no key to seal results to: \(error)")
        }
    }

    private static func failure(_ path: String, _ what: String) -> Failure {
        let remedy = "make it of the recipient's key: counterfoil results recipient KEY, and name it in results.seal_to"
        return Failure(UserMessage(path, what, remedy: remedy), name: "configuration.seal_to", .configuration)
    }
}
