/// The claim names one kind of object may carry: an enum of strings with at most 256 cases.
public protocol ClaimName: RawRepresentable<String>, CaseIterable, Sendable {}
