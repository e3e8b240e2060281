/// Why a file was set aside in `failed/<reason>/` without a verdict.
package enum FailureReason: String, CaseIterable, Sendable {
    /// The name is not one we read.
    case name
    /// Not a regular file, or one with a second name (hard link).
    case type
    /// The owner or the mode lets somebody we do not know change it, or keeps us from reading it.
    case owner
    /// Larger than the limit of its kind.
    case toolarge
    /// Empty, or shorter than it says.
    case incomplete
    /// The manifest and the batch do not agree.
    case manifest
    /// The file stopped the process more than once.
    case poison
    /// No input but a committed result: a file with other bytes has its name in `results/`.
    case conflict

    /// What the submitter or the operator can do about it, in one sentence.
    package var remedy: String {
        switch self {
        case .name:
            "Name it with letters, digits, '.', '_' and '-' only, at most 128 characters, ending .jwt, .jws, .jose, "
                + ".json, .ndjson or .jsonl, and submit it again."
        case .type: "Submit a plain file with one name: no folder, link, pipe, socket or device."
        case .owner:
            "Submit it as a user the configuration allows, with mode 0640, for instance by 'counterfoil submit'."
        case .toolarge: "Split the file, or raise the limit for its kind in the configuration."
        case .incomplete:
            "Write to a name ending .tmp and rename it when complete, for instance by 'counterfoil submit'."
        case .manifest: "Compare the manifest with the batch file, correct the wrong one and submit both again."
        case .poison: "Report a defect with this file attached; it stopped the process and is not tried again."
        case .conflict:
            "This may be the only copy of a credential. Compare it with the file that has its name; if that one is "
                + "wrong, move it away and run 'counterfoil spool retry' with conflict/ and the name of this file."
        }
    }
}
