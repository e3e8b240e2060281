import OpenBanking

/// Settings that are right alone and wrong together.
enum ConfigurationConflicts {
    private struct Conflict {
        let path: String
        let isThere: Bool
        let message: String
    }

    static func check(_ configuration: Configuration, _ root: YAMLNode?, _ reading: inout SettingReading) {
        let found = (conflicts(configuration) + freshness(configuration)).filter(\.isThere)
        for conflict in found {
            let line = reading.lines[conflict.path] ?? reading.lines[parent(conflict.path)] ?? 1
            let column = root.flatMap { place(of: conflict.path, in: $0) } ?? 1
            reading.faults.append(
                ConfigurationFault(
                    file: reading.file,
                    line: line,
                    column: column,
                    code: .conflict,
                    message: conflict.message
                )
            )
        }
    }

    private static func conflicts(_ configuration: Configuration) -> [Conflict] {
        let directory = configuration.directory
        let other: DirectoryEnvironment = configuration.environment == .sandbox ? .production : .sandbox
        let host = DirectorySettings.host(of: directory.keystore)
        let idp = [directory.idp.issuer, directory.idp.clientID, directory.idp.jwks]
        return [
            Conflict(
                path: "directory.keystore",
                isThere: host == DirectorySettings.host(of: DirectorySettings.keystore(of: other)),
                message: "keystore is the \(other) directory, environment is \(configuration.environment)"
            ),
            Conflict(
                path: "directory.allow_hosts",
                isThere: !directory.allowHosts.contains(host),
                message: "allow_hosts does not list \(host), the host of keystore"
            ),
            Conflict(
                path: "directory.client_key",
                isThere: (directory.clientCertificate == .none) != (directory.clientKey == .none),
                message: "client_certificate and client_key go together; set both or neither"
            ),
            Conflict(
                path: "directory.pins",
                isThere: !directory.pins.allSatisfy { pin in
                    directory.allowHosts.contains { $0 == pin.host || $0.hasPrefix("\(pin.host):") }
                },
                message: "pins name a host that allow_hosts does not list"
            ),
            Conflict(
                path: "directory.idp",
                isThere: idp.contains("") && idp.contains { !$0.isEmpty },
                message: "idp needs issuer, client_id and jwks; set all or none"
            ),
            Conflict(
                path: "policy.certificate_profiles.qwac",
                isThere: configuration.policy.certificateProfiles.qwac == .allow
                    && configuration.trust.qualifiedAnchors.isEmpty,
                message: "qwac is allowed, but trust.qualified_anchors names no folder of their issuers"
            ),
            Conflict(
                path: "spool.retry_longest",
                isThere: configuration.spool.retryLongest < configuration.spool.retryFirst,
                message: "retry_longest is shorter than retry_first"
            ),
            Conflict(
                path: "metrics.socket",
                isThere: configuration.metrics.socket.utf8.count > 100,
                message: "socket is longer than the 100 bytes the path of a Unix socket may have here"
            ),
            Conflict(
                path: "process.limits.request",
                isThere: configuration.process.limits.request > configuration.process.limits.record,
                message: "request is larger than record, which carries it"
            ),
        ]
    }

    private static func freshness(_ configuration: Configuration) -> [Conflict] {
        let classes = configuration.refresh.classes
        let sets = [
            ("directory", classes.directory), ("organisation", classes.organisation), ("software", classes.software),
            ("revoked", classes.revoked),
        ]
        return sets.flatMap { name, times in
            [
                tooShort("\(name).stale_after", times.staleAfter, than: times.every, "every"),
                tooShort("\(name).unusable_after", times.unusableAfter, than: times.staleAfter, "stale_after"),
            ]
        } + [tooShort("crl.stale_after", classes.crl.staleAfter, than: classes.crl.every, "every")]
    }

    private static func tooShort(_ key: String, _ time: Interval, than other: Interval, _ name: String) -> Conflict {
        Conflict(
            path: "refresh.classes.\(key)",
            isThere: time < other,
            message: "\(key.drop { $0 != "." }.dropFirst()) (\(time)) is shorter than \(name) (\(other))"
        )
    }

    private static func parent(_ path: String) -> String {
        path.lastIndex(of: ".").map { String(path[..<$0]) } ?? path
    }

    /// The column of the key at `path`, or of the nearest section around it that the file has.
    private static func place(of path: String, in root: YAMLNode) -> Int? {
        var column: Int?
        var node = root
        for name in path.split(separator: ".") {
            guard case .mapping(let pairs) = node.content, let pair = pairs.first(where: { $0.key.name == name }) else {
                return column
            }
            column = pair.key.column
            node = pair.value
        }
        return column
    }
}
