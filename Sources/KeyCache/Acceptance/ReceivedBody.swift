import Crypto

/// A body as received, with its digest and validators.
struct ReceivedBody {
    let bytes: [UInt8]
    let digest: [UInt8]
    let validators: Validators

    init(_ bytes: [UInt8], _ validators: Validators) {
        self.bytes = bytes
        self.digest = SHA256Digest.of(bytes).bytes
        self.validators = validators
    }
}
