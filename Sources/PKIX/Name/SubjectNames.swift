/// The parts of a subject that rules compare, each only where there is exactly one.
package struct SubjectNames: Equatable, Sendable {
    package let commonName: String?
    package let organisationalUnit: String?
    package let organisation: String?
    package let country: String?
    /// The organizationIdentifier (2.5.4.97).
    package let organisationIdentifier: String?

    init(_ subject: DistinguishedName) {
        commonName = subject.commonName
        organisationalUnit = subject.organisationalUnit
        organisation = subject.organisation
        country = subject.country
        organisationIdentifier = subject.organisationIdentifier
    }
}
