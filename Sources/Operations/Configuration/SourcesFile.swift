/// What `refresh` keeps ahead of time: the file `sources.yaml`.
///
/// Sources learned from verified software statements are kept besides these.
package struct SourcesFile: Equatable, Sendable {
    /// An organisation whose key set is kept, with the software statements whose sets are kept too.
    package struct Organisation: Equatable, Sendable {
        /// Its id in the directory, as text: `0015800001` is not a number.
        package var id = ""
        /// Ids of its software statements.
        package var software: [String] = []

        static let settings: [Setting<Organisation>] = [
            Setting("id", \.id, .identifier(limit: 35), "The organisation's id in the directory."),
            Setting(
                "software",
                \.software,
                .list(of: .identifier(limit: 36)),
                "Software statements whose key sets are kept too."
            ),
        ]
    }

    /// Key sets of the directory itself, besides the configured one.
    package var directory: [String] = []
    /// Organisations kept ahead of their first request.
    package var organisations: [Organisation] = []
    /// Revocation lists.
    package var crls: [String] = []

    /// Nothing to keep ahead of time.
    package init() {}

    static let settings: [Setting<SourcesFile>] = [
        Setting(
            "directory",
            \.directory,
            .list(of: .httpsURL()),
            "Key sets of the directory, besides the one in counterfoil.yaml."
        ),
        Setting("organisations", \.organisations, .organisations, "Organisations kept ahead of their first request."),
        Setting(
            "crls",
            \.crls,
            .list(of: .httpsURL(schemes: ["https", "http"])),
            "Revocation lists; http is fine, they are signed."
        ),
    ]

    /// The sources in the file at `path`.
    package static func load(path: String) throws(ConfigurationFaults) -> SourcesFile {
        try read(
            text: TextFile.text(
                TextFile.bytes(path, limit: 16 << 20),
                file: path,
                limit: 16 << 20
            ),
            file: path
        )
    }

    /// The sources in `text`; `file` is what faults call it.
    package static func read(text: String, file: String) throws(ConfigurationFaults) -> SourcesFile {
        let document = YAMLDocument(text, file: file)
        var reading = SettingReading(file: file)
        reading.faults = document.faults
        var sources = SourcesFile()
        if let root = document.root {
            settings.read(root, into: &sources, named: nil, &reading)
        }
        guard reading.faults.isEmpty else { throw ConfigurationFaults(reading.faults) }
        return sources
    }
}

extension SettingForm where Value == [SourcesFile.Organisation] {
    /// A list of `{id, software}`.
    static var organisations: SettingForm {
        SettingForm(allowed: "a list of {id, software}") { node, reading in
            guard case .sequence(let items) = node.content else {
                return reading.wrong(node, "a list of {id, software}")
            }
            var organisations: [SourcesFile.Organisation] = []
            var seen: [String: Int] = [:]
            for item in items {
                var organisation = SourcesFile.Organisation()
                let before = reading.faults.count
                SourcesFile.Organisation.settings.read(item, into: &organisation, named: "organisations", &reading)
                guard reading.faults.count == before else { continue }
                if organisation.id.isEmpty {
                    reading.fault(item, .noValue, "an organisation needs an id")
                } else if let first = seen[organisation.id] {
                    reading.fault(
                        item,
                        .duplicateKey,
                        "organisation \"\(organisation.id)\" is listed twice, on lines \(first) and \(item.line); keep one"
                    )
                } else {
                    seen[organisation.id] = item.line
                    organisations.append(organisation)
                }
            }
            return organisations
        } write: { organisations in
            .list(
                organisations.map { organisation in
                    .map([
                        .init(key: "id", value: .text(organisation.id)),
                        .init(key: "software", value: .list(organisation.software.map(SettingText.text))),
                    ])
                }
            )
        }
    }
}
