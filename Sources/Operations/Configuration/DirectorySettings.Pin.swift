import Encoding

extension DirectorySettings {
    /// A key a host's TLS certificate may have.
    package struct Pin: Hashable, Sendable {
        /// The host, without its port.
        package let host: String
        /// The SHA-256 of the key's SubjectPublicKeyInfo in base64, as RFC 7469 writes it.
        package let digest: String

        /// Lets `host` have the key of this digest.
        package init(host: String, digest: String) {
            self.host = host
            self.digest = digest
        }
    }
}

extension SettingForm where Value == [DirectorySettings.Pin] {
    /// A map from host to one or more digests.
    static var pins: SettingForm {
        SettingForm(allowed: "host: [SHA-256 of the SPKI in base64, …]") { node, reading in
            guard case .mapping(let pairs) = node.content else {
                return reading.wrong(node, "a map such as {keystore.openbanking.org.uk: [\"base64 SHA-256\"]}")
            }
            var pins: [DirectorySettings.Pin] = []
            for (key, value) in pairs {
                guard case .sequence(let items) = value.content, !items.isEmpty else {
                    reading.fault(
                        value,
                        .wrongType,
                        "pins of \(SafeText.quoted(key.name)) must be a list with an entry"
                    )
                    continue
                }
                for item in items {
                    guard case .scalar(let text, _) = item.content, isDigest(text) else {
                        reading.fault(item, .notAllowed, "a pin must be a SHA-256 in base64, 44 characters")
                        continue
                    }
                    pins.append(DirectorySettings.Pin(host: key.name.lowercased(), digest: text))
                }
            }
            return pins
        } write: { pins in
            var hosts: [String] = []
            for pin in pins where !hosts.contains(pin.host) { hosts.append(pin.host) }
            return .map(
                hosts.map { host in
                    let digests = pins.filter { $0.host == host }.map { SettingText.text($0.digest) }
                    return SettingText.Pair(key: host, value: .list(digests))
                }
            )
        }
    }

    private static func isDigest(_ text: String) -> Bool {
        do throws(Base64Error) { return try Base64.decode(text).count == 32 } catch { return false }
    }
}
