/// The largest sizes (bytes) of what we read from the spool.
package struct InputLimits: Equatable, Sendable {
    /// One compact JWS with the software statement inside.
    package var single = 64 << 10
    /// One record, with its certificate and the statements of a manual registration.
    package var record = 256 << 10
    /// A transport certificate chain.
    package var certificate = 64 << 10
    /// A manifest.
    package var manifest = 64 << 10
    /// A batch file, which is streamed.
    package var bulk = 2 << 30
    /// One line of a batch, without its line end.
    package var line = 256 << 10

    /// The limits at their defaults.
    package init() {}

    /// The limit for files of `kind`.
    package func bytes(of kind: InputName.Kind) -> Int {
        switch kind {
        case .single: single
        case .certificate: certificate
        case .record: record
        case .bulk: bulk
        case .manifest: manifest
        }
    }
}
