package import Crypto

/// Why the simulator could not do what it was asked.
package enum SimulatorError: Error, Equatable, Sendable {
    /// OpenSSL gave no key or no signature.
    case crypto(CryptoError)
    /// A certificate or a list could not be made.
    case template(TemplateFault)
    /// No software of this directory can show a fault: a legacy fault in a directory without legacy software, say.
    case unsuited(ForgedFault)
    /// No software has this id.
    case unknownSoftware(String)
    /// A file or folder could not be written.
    case file(path: String, errno: Int32)
    /// A socket or thread could not be had.
    case system(call: String, errno: Int32)
    /// OpenSSL refused the server's certificate or key.
    case tls

    /// A short name that never changes.
    package var code: String {
        switch self {
        case .crypto(let error): error.code
        case .template: "certificate_template"
        case .unsuited: "fault_unsuited"
        case .unknownSoftware: "software_unknown"
        case .file: "simulator_file"
        case .system: "simulator_system"
        case .tls: "simulator_tls"
        }
    }

    /// Runs `body` and gives what Crypto throws the simulator's name.
    static func crypto<Value>(_ body: () throws(CryptoError) -> Value) throws(SimulatorError) -> Value {
        do { return try body() } catch { throw .crypto(error) }
    }

    /// Runs `body` and gives what a template throws the simulator's name.
    static func template<Value>(_ body: () throws(TemplateFault) -> Value) throws(SimulatorError) -> Value {
        do { return try body() } catch { throw .template(error) }
    }
}
