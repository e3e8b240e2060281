/// The claim names one kind of object may carry: an enum of strings with at most 256 cases.
package protocol ClaimName: RawRepresentable<String>, CaseIterable, Sendable {}
