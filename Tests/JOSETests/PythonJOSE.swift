import Foundation

/// Somebody else's JOSE: jwcrypto or joserfc, whichever a Python of this machine has.
struct PythonJOSE: Sendable {
    let python: String
    let library: String

    static func found() -> PythonJOSE? {
        for library in ["jwcrypto", "joserfc"] {
            for python in ["/usr/bin/python3", "/usr/local/bin/python3", "/usr/bin/env"]
            where FileManager.default.isExecutableFile(atPath: python) {
                let candidate = PythonJOSE(python: python, library: library)
                if (try? candidate.run("import \(library); print('here')", [])) == "here" { return candidate }
            }
        }
        return nil
    }

    /// Opens argv[2] with the key in argv[1].
    static let open = """
        if LIBRARY == 'jwcrypto':
            from jwcrypto import jwk, jwe
            token = jwe.JWE()
            token.deserialize(sys.argv[2], jwk.JWK.from_pem(sys.argv[1].encode()))
            sys.stdout.write(token.payload.decode())
        else:
            from joserfc import jwe, jwk
            data = sys.argv[1].encode()
            key = jwk.RSAKey.import_key(data) if 'RSA' in ALG(sys.argv[2]) else jwk.ECKey.import_key(data)
            names = ['RSA-OAEP-256', 'ECDH-ES+A256KW', 'A256GCM']
            sys.stdout.write(jwe.decrypt_compact(sys.argv[2], key, algorithms=names).plaintext.decode())
        """

    /// Seals argv[2] to the key in argv[1] by the algorithm argv[3].
    static let seal = """
        if LIBRARY == 'jwcrypto':
            from jwcrypto import jwk, jwe
            token = jwe.JWE(sys.argv[2].encode(), json.dumps({'alg': sys.argv[3], 'enc': 'A256GCM'}))
            token.add_recipient(jwk.JWK.from_pem(sys.argv[1].encode()))
            sys.stdout.write(token.serialize(compact=True))
        else:
            from joserfc import jwe, jwk
            data = sys.argv[1].encode()
            key = jwk.RSAKey.import_key(data) if 'RSA' in sys.argv[3] else jwk.ECKey.import_key(data)
            header = {'alg': sys.argv[3], 'enc': 'A256GCM'}
            names = ['RSA-OAEP-256', 'ECDH-ES+A256KW', 'A256GCM']
            sys.stdout.write(jwe.encrypt_compact(header, sys.argv[2].encode(), key, algorithms=names))
        """

    private static let head = """
        import base64, json, sys
        def ALG(jwe):
            return json.loads(base64.urlsafe_b64decode(jwe.split('.')[0] + '==='))['alg']

        """

    func run(_ script: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        let name = python.hasSuffix("env") ? ["python3"] : []
        process.arguments = name + ["-c", "LIBRARY = '\(library)'\n\(Self.head)\(script)"] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        struct Failed: Error { let status: Int32 }
        guard process.terminationStatus == 0 else { throw Failed(status: process.terminationStatus) }
        return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines)
    }
}
