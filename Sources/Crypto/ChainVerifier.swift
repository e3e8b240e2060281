import CLibcrypto
package import Encoding

/// Builds and validates certificate paths to fixed anchors (RFC 5280 §6), by OpenSSL.
///
/// Strict profile checks, security level 2 (no RSA below 2,048 bits, no SHA-1), no policies, no revocation lists, no
/// network. Time is left out: the answer carries the window in which the authorities above the leaf are valid, and the
/// caller has the time. This costs hundreds of microseconds: it runs when a snapshot is built, not per request.
///
/// `@unchecked Sendable`: the store and the stack are filled at init and only read afterwards; OpenSSL locks the store.
@safe package final class ChainVerifier: @unchecked Sendable {
    /// What the leaf must be good for.
    package enum Purpose: Sendable {
        /// A TLS client: digitalSignature and clientAuth, where the leaf has those extensions.
        case client
        /// Anything: the path alone counts.
        case any
    }

    /// A path that holds.
    package struct Chain: Equatable, Sendable {
        /// Leaf to anchor, each in DER.
        package var certificates: [[UInt8]]
        /// The first second at which all certificates above the leaf are valid.
        package var notBefore: UnixTime
        /// The last one; below `notBefore` when they never are all valid.
        package var notAfter: UnixTime
    }

    /// How far above the leaf an anchor may stand.
    package static let depthLimit = 4
    /// How many certificates may come along with a leaf.
    package static let extraLimit = 16

    private let store: OpaquePointer
    /// Known intermediates, borrowed from `known`.
    private let stack: OpaquePointer
    private let known: [CertificateHandle]
    private let settings: ChainSettings

    /// Makes a verifier with self-signed anchors and with intermediates, which are used but not trusted.
    package init(
        anchors: [[UInt8]],
        intermediates: [[UInt8]],
        settings: ChainSettings = .standard
    ) throws(ChainFault) {
        var handles: [CertificateHandle] = []
        for (position, der) in (anchors + intermediates).enumerated() {
            guard let handle = CertificateHandle(der) else { throw .malformed(position: position) }
            handles.append(handle)
        }
        guard let store = unsafe X509_STORE_new() else { throw .library(ErrorQueue.failure(of: "X509_STORE_new")) }
        guard let stack = unsafe shim_certificates_new() else {
            unsafe X509_STORE_free(store)
            throw .library(ErrorQueue.failure(of: "sk_X509_new_null"))
        }
        known = handles
        self.settings = settings
        unsafe self.store = store
        unsafe self.stack = stack
        let parameters = unsafe X509_STORE_get0_param(store)
        var isReady = unsafe X509_VERIFY_PARAM_set_flags(parameters, shim_chain_flags()) == 1
        unsafe X509_VERIFY_PARAM_set_auth_level(parameters, 2)
        // OpenSSL counts the intermediates only.
        unsafe X509_VERIFY_PARAM_set_depth(parameters, Int32(settings.depthLimit - 1))
        if settings.trustsIssuedAnchors {
            isReady = unsafe isReady && X509_VERIFY_PARAM_set_flags(parameters, UInt(X509_V_FLAG_PARTIAL_CHAIN)) == 1
        }
        if let policies = settings.policies {
            isReady = unsafe isReady && Self.process(policies, parameters)
        }
        for anchor in handles.prefix(anchors.count) {
            isReady = unsafe isReady && X509_STORE_add_cert(store, anchor.pointer) == 1
        }
        for intermediate in handles.dropFirst(anchors.count) {
            isReady = unsafe isReady && shim_certificates_push(stack, intermediate.pointer) > 0
        }
        guard isReady else { throw .library(ErrorQueue.failure(of: "X509_STORE_add_cert")) }
    }

    deinit {
        unsafe shim_certificates_free(stack)
        unsafe X509_STORE_free(store)
    }

    /// Returns the path from `leaf` to an anchor, or the first fault.
    ///
    /// `extra` are certificates that came with the leaf: candidates, never trusted.
    package func verify(leaf: [UInt8], extra: [[UInt8]] = [], purpose: Purpose) -> Result<Chain, ChainFault> {
        do throws(ChainFault) {
            return .success(try chain(leaf, extra, purpose))
        } catch {
            return .failure(error)
        }
    }

    private func chain(_ leaf: [UInt8], _ extra: [[UInt8]], _ purpose: Purpose) throws(ChainFault) -> Chain {
        guard extra.count <= Self.extraLimit else { throw .tooMany(extra.count) }
        guard let subject = CertificateHandle(leaf) else { throw .malformed(position: 0) }
        guard subject.version == 3 else { throw .leafVersion(subject.version) }
        guard !subject.isAuthority || settings.admitsAuthorities else { throw .leafIsAuthority }
        var companions: [CertificateHandle] = []
        for (position, der) in extra.enumerated() {
            guard let handle = CertificateHandle(der) else { throw .malformed(position: position + 1) }
            companions.append(handle)
        }
        return try withExtendedLifetime((subject, companions)) { () throws(ChainFault) in
            try chain(subject, companions, purpose)
        }
    }

    private func chain(
        _ subject: CertificateHandle,
        _ companions: [CertificateHandle],
        _ purpose: Purpose
    ) throws(ChainFault) -> Chain {
        guard let context = unsafe X509_STORE_CTX_new() else {
            throw .library(ErrorQueue.failure(of: "X509_STORE_CTX_new"))
        }
        defer { unsafe X509_STORE_CTX_free(context) }
        let candidates = unsafe shim_certificates_copy(stack)
        defer { unsafe shim_certificates_free(candidates) }
        var isReady = unsafe candidates != nil
        for companion in companions {
            isReady = unsafe isReady && shim_certificates_push(candidates, companion.pointer) > 0
        }
        isReady = unsafe isReady && X509_STORE_CTX_init(context, store, subject.pointer, candidates) == 1
        if isReady, purpose == .client {
            let parameters = unsafe X509_STORE_CTX_get0_param(context)
            isReady = unsafe X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_SSL_CLIENT) == 1
        }
        guard isReady else { throw .library(ErrorQueue.failure(of: "X509_STORE_CTX_init")) }
        unsafe shim_excuse_anchors(context)
        guard unsafe X509_verify_cert(context) == 1 else {
            ErrorQueue.drain()
            throw unsafe Self.fault(of: context)
        }
        return try unsafe Self.chain(found: context)
    }

    private static func process(_ policies: CertificatePolicyInputs, _ parameters: OpaquePointer?) -> Bool {
        var flags = UInt(X509_V_FLAG_POLICY_CHECK)
        if policies.isExplicit { flags |= UInt(X509_V_FLAG_EXPLICIT_POLICY) }
        if policies.inhibitsMapping { flags |= UInt(X509_V_FLAG_INHIBIT_MAP) }
        if policies.inhibitsAny { flags |= UInt(X509_V_FLAG_INHIBIT_ANY) }
        var isReady = unsafe X509_VERIFY_PARAM_set_flags(parameters, flags) == 1
        for policy in policies.acceptable {
            let object = unsafe OBJ_txt2obj(policy, 1)
            isReady = unsafe isReady && object != nil && X509_VERIFY_PARAM_add0_policy(parameters, object) == 1
        }
        return isReady
    }

    private static func fault(of context: OpaquePointer) -> ChainFault {
        let error = unsafe X509_STORE_CTX_get_error(context)
        let depth = unsafe X509_STORE_CTX_get_error_depth(context)
        let text = unsafe X509_verify_cert_error_string(Int(error)).map { unsafe String(cString: $0) }
        return .path(error: Int(error), text: text ?? "no reason given", depth: Int(depth))
    }

    private static func chain(found context: OpaquePointer) throws(ChainFault) -> Chain {
        let found = unsafe X509_STORE_CTX_get0_chain(context)
        var chain = Chain(certificates: [], notBefore: .min, notAfter: .max)
        for position in unsafe 0..<shim_certificates_count(found) {
            guard let certificate = unsafe shim_certificates_at(found, position) else { break }
            unsafe chain.certificates.append(CertificateHandle.der(certificate))
            guard position > 0 else { continue }
            guard let validity = unsafe CertificateHandle.validity(certificate) else {
                throw .malformed(position: Int(position))
            }
            chain.notBefore = max(chain.notBefore, validity.lowerBound)
            chain.notAfter = min(chain.notAfter, validity.upperBound)
        }
        return chain
    }
}
