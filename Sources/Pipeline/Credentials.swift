import Crypto
import Encoding
import OpenBanking

/// Makes client ids and secrets from the system's random numbers, drawn for many requests at a time (rules ).
final class Credentials {
    private let pool = ByteBuffer(capacity: 8192)
    private let text = ByteBuffer(capacity: 128)
    private var taken = 0
    private let refill = 8000

    /// Makes new credentials; the slices are valid until the next call.
    func issue(method: AuthenticationMethod?, at now: UnixTime) throws(PipelineError) -> IssuedCredentials {
        text.removeAll()
        Identifier.uuidV4(from: try draw(Identifier.uuidByteCount), into: text)
        let idCount = text.count
        guard method?.hasSecret == true else {
            return IssuedCredentials(clientID: text[0..<idCount], secret: nil, issuedAt: now)
        }
        Identifier.secret32(from: try draw(Identifier.secretByteCount), into: text)
        return IssuedCredentials(clientID: text[0..<idCount], secret: text[idCount..<text.count], issuedAt: now)
    }

    private func draw(_ count: Int) throws(PipelineError) -> ByteSlice {
        if taken + count > pool.count {
            pool.removeAll()
            taken = 0
            do throws(CryptoError) {
                try SecureRandom.fill(pool, refill)
            } catch {
                throw .random
            }
        }
        defer { taken += count }
        return pool[taken..<(taken + count)]
    }
}
