/// Two limits of one figure: from the first on it is a warning, from the second on critical.
package struct Thresholds<Limit: Comparable & Sendable & Hashable>: Hashable, Sendable {
    /// From here on it is a warning.
    package let warning: Limit
    /// From here on it is critical.
    package let critical: Limit

    /// Two limits.
    package init(warning: Limit, critical: Limit) {
        self.warning = warning
        self.critical = critical
    }

    /// The health of a figure that is worse the higher it is.
    package func health(rising value: Limit) -> Health {
        if value >= critical { return .critical }
        return value >= warning ? .warning : .ok
    }

    /// The health of a figure that is worse the lower it is, such as days to an expiry.
    package func health(falling value: Limit) -> Health {
        if value <= critical { return .critical }
        return value <= warning ? .warning : .ok
    }
}
