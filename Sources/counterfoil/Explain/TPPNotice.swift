/// What a support desk can send to a TPP: the answer it got, why, where that is written and what to do; nothing of ours.
///
/// Of a client that is unknown or another's there is nothing to send: ids must not be probed.
enum TPPNotice {
    static func lines(code: String, rule: String, message: String, source: String, remedy: String) -> [String] {
        [
            "", "To send to the TPP:", "  Your request is answered with the error \(code).",
            "  Reason: \(message) (\(rule)).", "  Source: \(source).", "  Please: \(remedy)",
        ]
    }
}
