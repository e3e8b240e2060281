import Crypto
import JOSE
import Operations

/// A file with the private key of a recipient; what is in it never shows in a message.
enum RecipientKeyFile {
    static func load(_ path: String) throws(Failure) -> PrivateKey {
        let bytes: [UInt8]
        do throws(FileBytes.Fault) {
            bytes = try FileBytes.read(path, limit: JWERecipient.byteLimit)
        } catch {
            let remedy = "name the file with the recipient's private key"
            throw Failure(UserMessage(path, "cannot be read: \(error.words)", remedy: remedy), name: "key", .usage)
        }
        do throws(JWEKeyFault) {
            return try RecipientPrivateKey.decode(bytes)
        } catch {
            let remedy = "name a private key, PEM without a passphrase or a JWK; RSA of 2048 bits or more, or EC"
            throw Failure(UserMessage(path, "cannot be used: \(error)", remedy: remedy), name: error.code, .usage)
        }
    }
}
