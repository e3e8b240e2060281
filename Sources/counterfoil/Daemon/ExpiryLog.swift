import Encoding
import Operations
import PKIX

/// Warns of authorities that expire soon, once a day.
struct ExpiryLog {
    private let log: Log
    private var told: Int64?

    private static let day: Int64 = 86_400_000

    init(_ log: Log) { self.log = log }

    /// Looks at the anchors of a site, where it is a day ago.
    mutating func tell(_ site: Site) throws(Failure) {
        let milliseconds = site.clock.monotonicMilliseconds()
        guard told.map({ milliseconds - $0 >= Self.day }) ?? true else { return }
        told = milliseconds
        let (anchors, now) = (try site.anchors(), site.clock.now())
        for certificate in anchors.directory + anchors.qualified {
            let left = Interval.seconds(max(0, certificate.notAfter - now))
            guard site.configuration.alerts.certificateExpiry.health(falling: left) != .ok else { continue }
            log(
                .certificateExpiring,
                "An authority expires soon",
                .subject(certificate.subject.rfc4514),
                .time(.notAfter, certificate.notAfter)
            )
        }
    }
}
