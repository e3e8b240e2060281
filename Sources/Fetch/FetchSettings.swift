/// Every bound and choice of a fetch.
///
/// The defaults are those of the configuration file.
package struct FetchSettings: Sendable, Equatable {
    package var hosts: [HostRule]
    /// From start to last byte, name resolution included.
    package var timeoutMilliseconds: Int
    package var connectTimeoutMilliseconds: Int
    /// A transfer slower than this for `slowSeconds` ends.
    package var slowBytesPerSecond: Int
    package var slowSeconds: Int
    /// Decoded bytes, per class.
    package var keySetByteLimit: Int
    package var revocationListByteLimit: Int
    package var headerByteLimit: Int
    /// Transfers at a time, 1…16 in all and 1…4 per host.
    package var parallel: Int
    package var parallelPerHost: Int
    /// Transfers begun in any second at one host, at least 1.
    package var ratePerHost: Int
    package var userAgent: String
    /// The proxy, such as `http://proxy.bank:3128`, or empty for none.
    ///
    /// The environment's proxy variables are never read. A proxy resolves names and decides on addresses itself, so
    /// `HostRule.reach` cannot be checked through one.
    package var proxy: String

    package init(
        hosts: [HostRule] = [],
        timeoutMilliseconds: Int = 10_000,
        connectTimeoutMilliseconds: Int = 3_000,
        slowBytesPerSecond: Int = 100,
        slowSeconds: Int = 5,
        keySetByteLimit: Int = 1 << 20,
        revocationListByteLimit: Int = 64 << 20,
        headerByteLimit: Int = 32 << 10,
        parallel: Int = 8,
        parallelPerHost: Int = 4,
        ratePerHost: Int = 10,
        userAgent: String = "counterfoil",
        proxy: String = ""
    ) {
        self.hosts = hosts
        self.timeoutMilliseconds = max(1, timeoutMilliseconds)
        self.connectTimeoutMilliseconds = max(1, connectTimeoutMilliseconds)
        self.slowBytesPerSecond = max(0, slowBytesPerSecond)
        self.slowSeconds = max(1, slowSeconds)
        self.keySetByteLimit = keySetByteLimit
        self.revocationListByteLimit = revocationListByteLimit
        self.headerByteLimit = headerByteLimit
        self.parallel = min(max(1, parallel), 16)
        self.parallelPerHost = min(max(1, parallelPerHost), 4)
        self.ratePerHost = max(1, ratePerHost)
        self.userAgent = userAgent
        self.proxy = proxy
    }

    /// The most decoded bytes a body of `class` may have.
    package func byteLimit(of class: FetchClass) -> Int {
        switch `class` {
        case .keySet: keySetByteLimit
        case .revocationList: revocationListByteLimit
        }
    }
}
