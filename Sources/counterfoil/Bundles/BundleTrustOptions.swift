import ArgumentParser
import Bundle
import Crypto
import Encoding
import KeyCache
import Operations

/// The root trust begins with.
struct BundleTrustOptions: ParsableArguments {
    @Option(help: "The SHA-256 of the root it must begin with; bundle.pin, or what was pinned, where not given.")
    var pin: DigestArgument?

    /// The pin of the command line or the configuration; nil where the cache is asked.
    func digest(_ configuration: Configuration) throws(Failure) -> SHA256Digest? {
        if let pin { return pin.digest }
        return try Self.configured(configuration)
    }

    /// The pin of the configuration.
    static func configured(_ configuration: Configuration) throws(Failure) -> SHA256Digest? {
        let text = configuration.bundle.pin
        guard !text.isEmpty else { return nil }
        guard let digest = DigestArgument(argument: text)?.digest else {
            throw Failure(
                UserMessage("bundle.pin", "is no SHA-256", remedy: "write its 64 hexadecimal digits"),
                name: "configuration.bundle_pin",
                .configuration
            )
        }
        return digest
    }

    /// What is trusted by a site: its cache's word, where there is a cache, and the pin.
    func trust(_ site: Site) throws(Failure) -> TrustedState {
        let pin = try digest(site.configuration)
        guard Folders.exists(site.configuration.refresh.cache) else { return TrustedState([], pin: pin) }
        let store = try site.cacheView()
        do throws(KeyStoreError) { return TrustedState(try store.bundleTrust(), pin: pin) } catch {
            throw Failure(error)
        }
    }
}
