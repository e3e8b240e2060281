import Operations
import Spool

/// What is kept in the spool, as the configuration says it.
enum ConfiguredRetention {
    static func rules(_ configuration: Configuration) -> Retention {
        let keep = configuration.spool.keep
        var rules = Retention()
        rules.archive = bounds(keep.archive)
        rules.results = bounds(keep.results)
        rules.failed = bounds(keep.failed)
        rules.unconsumed = keep.unconsumed.seconds > 0 ? keep.unconsumed.seconds : nil
        return rules
    }

    private static func bounds(_ limits: KeepLimits) -> KeepBounds {
        KeepBounds(
            age: limits.age.seconds > 0 ? limits.age.seconds : nil,
            bytes: limits.size.bytes > 0 ? Int64(limits.size.bytes) : nil,
            files: limits.files > 0 ? limits.files : nil
        )
    }
}
