import ArgumentParser
import Operations

/// Limits of `status --check` that stand in for the configuration's.
struct AlertOptions: ParsableArguments {
    @Option(
        name: [.customShort("w"), .customLong("warning")],
        help: ArgumentHelp("Warn at this limit, such as deferred=50; may be given again.", valueName: "figure=limit")
    )
    var warnings: [Limit] = []

    @Option(
        name: .customLong("critical"),
        help: ArgumentHelp(
            "Call it critical at this limit, such as oldest_deferred=4h; may be given again.",
            valueName: "figure=limit"
        )
    )
    var criticals: [Limit] = []

    /// Whether any was given.
    var areGiven: Bool { !(warnings + criticals).isEmpty }

    /// `figure=limit`.
    struct Limit: ExpressibleByArgument {
        let name: String
        let value: String

        init?(argument: String) {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
            (name, value) = (String(parts[0]), String(parts[1]))
        }
    }

    /// The configuration's limits with those given in their place.
    func applied(to alerts: AlertSettings) throws(Failure) -> AlertSettings {
        var alerts = alerts
        var names: [String] = []
        for limit in warnings + criticals where !names.contains(limit.name) { names.append(limit.name) }
        for name in names {
            let fault = alerts.replace(
                name,
                warning: warnings.last { $0.name == name }?.value,
                critical: criticals.last { $0.name == name }?.value
            )
            guard let fault else { continue }
            let remedy = "give both limits where one alone contradicts the configuration's other"
            throw Failure(UserMessage("status", fault, remedy: remedy), name: "alert_limit", .usage)
        }
        return alerts
    }
}
