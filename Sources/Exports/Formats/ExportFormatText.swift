import Encoding

extension ExportFormat {
    /// How a file of the format begins, divides and ends.
    func frame(isIncremental: Bool, withSecrets: Bool) -> ExportChunk.Frame {
        switch self {
        case .rfc7591, .wso2, .pingam, .glewlwyd: return ExportChunk.Frame()
        case .hydra: return ExportChunk.Frame(opening: "[\n", separator: ",\n", closing: "\n]\n")
        case .keycloak:
            // A first import changes nothing that is there; a later one brings what changed since.
            let policy = isIncremental ? "OVERWRITE" : "SKIP"
            let opening = "{\"ifResourceExists\":\"\(policy)\",\"clients\":[\n"
            return ExportChunk.Frame(opening: opening, separator: ",\n", closing: "\n]}\n")
        case .csv:
            let buffer = ByteBuffer()
            var csv = CSVWriter(buffer)
            CSVExport.writeHead(withSecrets: withSecrets, to: &csv)
            return ExportChunk.Frame(opening: buffer.all.string, separator: "", closing: "")
        }
    }

    /// Writes one client.
    func write(_ client: ExportedClient, withSecrets: Bool, to buffer: ByteBuffer) {
        var json = JSONWriter(buffer)
        switch self {
        case .rfc7591: RFC7591Export.write(client, to: &json)
        case .keycloak: KeycloakExport.write(client, to: &json)
        case .hydra: HydraExport.write(client, to: &json)
        case .wso2: WSO2Export.write(client, to: &json)
        case .pingam: PingAMExport.write(client, to: &json)
        case .glewlwyd: GlewlwydExport.write(client, to: &json)
        case .csv:
            var csv = CSVWriter(buffer)
            CSVExport.write(client, withSecrets: withSecrets, to: &csv)
        }
    }

    /// Why the server could not hold a client; nil where it can.
    func refusal(_ client: ExportedClient) -> WithheldReason? {
        switch self {
        case .hydra: HydraExport.refusal(client)
        case .glewlwyd: GlewlwydExport.refusal(client)
        default: nil
        }
    }
}
