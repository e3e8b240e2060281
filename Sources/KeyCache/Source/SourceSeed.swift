/// A source to be known from now on: wanted by the operator, or named by a verified software statement.
package struct SourceSeed: Sendable, Equatable {
    /// The URL, byte for byte as the pipeline will ask for it.
    package var url: String
    package var `class`: SourceClass
    /// The directory environment, like `production`; nil where it does not matter.
    package var environment: String?
    package var organisationID: String?
    package var softwareID: String?
    package var origin: SourceOrigin

    package init(
        url: String,
        class: SourceClass,
        environment: String? = nil,
        organisationID: String? = nil,
        softwareID: String? = nil,
        origin: SourceOrigin
    ) {
        self.url = url
        self.class = `class`
        self.environment = environment
        self.organisationID = organisationID
        self.softwareID = softwareID
        self.origin = origin
    }
}
