/// How old a software statement may be when its request was received.
package struct StatementAges: Equatable, Sendable {
    /// With dynamic registration.
    package var dcr = Interval.hours(24)
    /// With manual registration.
    package var mcr = Interval.days(7)

    /// Everything at its default.
    package init() {}

    static let settings: [Setting<StatementAges>] = [
        Setting("dcr", \.dcr, .interval(from: .seconds(10), to: .days(400)), "With dynamic registration."),
        Setting("mcr", \.mcr, .interval(from: .seconds(10), to: .days(400)), "With manual registration."),
    ]
}
