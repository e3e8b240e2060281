package import Encoding
import OpenBanking

/// A workload for measuring: registrations of one algorithm (PS256), of which a known share is wrong in known ways, with
/// the directory they came from, as a folder of files.
///
/// ```text
/// anchors/root.pem, issuing.pem    the trust anchors
/// mirror/<host>/<path>             what the key store publishes
/// sources.yaml                     what to take from there
/// batch.ndjson                     the records, one a line
/// requests.ndjson                  the same as {"request_jwt", "transport_cert_pem"}, for other programs
/// expect.ndjson                    {"i", "ref", "ok", "why", "rules", "code"}, line for line
/// workload.json                    as_of, audience, n, host, methods
/// ```
///
/// Names, claims and order follow from the seed; keys, and what is signed with them, are new each time.
package struct BenchmarkWorkload {
    /// The faults that a program which stops at its first check can judge as well; they take turns.
    package static let faults: [ForgedFault] = [
        .requestSignature, .statementSignature, .foreignCertificate, .rogueAuthority, .expiredCertificate,
        .excessiveScope, .foreignRedirect, .expiredRequest, .foreignAudience, .foreignIssuer, .revokedOrganisation,
        .transportKey, .algorithmRS256,
    ]
    /// One of this many is wrong.
    package static let wrongEvery = 20

    private static let manners = RegistrationManner.allCases.filter { $0 != .manual }
    private static let chunk = 1000

    private let directory: SimulatedDirectory
    private let forge: RequestForge

    /// Makes the directory: 20 organisations of ten pieces of software each, two thirds with OBWAC certificates.
    package init(now: UnixTime, seed: UInt64 = 1) throws(SimulatorError) {
        var plan = DirectoryPlan(now: now, environment: .production)
        plan.seed = seed
        plan.organisations = 20
        plan.softwarePerOrganisation = 10
        plan.keyPool = 40
        plan.ellipticEvery = 0
        directory = try SimulatedDirectory(plan)
        forge = RequestForge(directory)
    }

    /// Writes the folder with `count` requests; `progress` hears how many are made.
    package func write(
        to folder: String,
        count: Int,
        progress: (Int) -> Void = { _ in }
    ) throws(SimulatorError) {
        let authority = directory.authority
        try FileWriter.write(PEM.encode(authority.root, label: "CERTIFICATE"), to: "\(folder)/anchors/root.pem")
        try FileWriter.write(PEM.encode(authority.issuing, label: "CERTIFICATE"), to: "\(folder)/anchors/issuing.pem")
        try directory.publish(toMirror: "\(folder)/mirror")
        try FileWriter.write(directory.sourcesYAML(), to: "\(folder)/sources.yaml")
        for first in stride(from: 0, to: count, by: Self.chunk) {
            let end = min(count, first + Self.chunk)
            try writeItems(first..<end, to: folder)
            progress(end)
        }
        try FileWriter.write(about(count), to: "\(folder)/workload.json")
    }

    /// The item at a place: which it is follows from the place alone.
    private func item(_ place: Int) throws(SimulatorError) -> ForgedItem {
        if place % Self.wrongEvery == Self.wrongEvery / 2 {
            let fault = Self.faults[place / Self.wrongEvery % Self.faults.count]
            return try forge.item(fault, number: place)
        }
        let software = directory.software
        let manner = Self.manners[(place + place / Self.manners.count) % Self.manners.count]
        return try forge.item(of: software[place % software.count], manner, number: place)
    }

    private func writeItems(_ places: Range<Int>, to folder: String) throws(SimulatorError) {
        let first = places.lowerBound
        let items = try Parallel.map(places.count) { (at) throws(SimulatorError) in try item(first + at) }
        let (records, requests, expectations) = (ByteBuffer(), ByteBuffer(), ByteBuffer())
        for (at, item) in items.enumerated() {
            records.append(item.line)
            records.append(UInt8(ascii: "\n"))
            Self.write(item, to: requests)
            Self.write(item.expectation, of: item, at: first + at, to: expectations)
        }
        for (name, text) in [("batch", records), ("requests", requests), ("expect", expectations)] {
            try FileWriter.write(text.all.bytes, to: "\(folder)/\(name).ndjson", appending: first > 0)
        }
    }

    private static func write(_ item: ForgedItem, to text: ByteBuffer) {
        var json = JSONWriter(text)
        json.beginObject()
        json.member("request_jwt", item.request ?? "")
        json.member("transport_cert_pem", item.certificate ?? "")
        json.endObject()
        text.append(UInt8(ascii: "\n"))
    }

    private static func write(
        _ expectation: ForgedExpectation,
        of item: ForgedItem,
        at place: Int,
        to text: ByteBuffer
    ) {
        var json = JSONWriter(text)
        json.beginObject()
        json.member("i", place)
        json.member("ref", item.name)
        json.member("ok", expectation.outcome == .accepted)
        json.member("why", item.fault?.rawValue)
        json.member("rules", expectation.rule.map { [$0.name] } ?? [])
        json.member("code", expectation.code?.rawValue)
        json.endObject()
        text.append(UInt8(ascii: "\n"))
    }

    private func about(_ count: Int) -> [UInt8] {
        let text = ByteBuffer()
        var json = JSONWriter(text)
        json.beginObject()
        json.member("as_of", forge.now)
        json.member("audience", forge.audience)
        json.member("n", count)
        json.member("host", directory.host)
        json.member("methods", ["private_key_jwt", "tls_client_auth"])
        json.endObject()
        text.append(UInt8(ascii: "\n"))
        return text.all.bytes
    }
}
