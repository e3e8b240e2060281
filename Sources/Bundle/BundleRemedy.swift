extension BundleFault {
    /// What to do about it.
    package var remedy: String {
        switch kind {
        case .notFound: "name a file that is there"
        case .unreadable: "check the file, its medium and its owner; then try again, nothing was changed"
        case .archive: "bring the file as bundle export wrote it; it must not be packed anew"
        case .tooLarge: "export fewer sources, or look at who made this file"
        case .truncated: "copy the file again and compare its SHA-256 with the one bundle export printed"
        case .extra: "bring the file as bundle export wrote it, and find out who added to it"
        case .tampered:
            "compare its SHA-256 with the one bundle export printed; where they agree, find out who changed it there"
        case .malformed: "export it anew with this version; where it stays, look at who made this file"
        case .notPinned:
            "get the root's SHA-256 from its key holders by another way, then: counterfoil bundle trust pin SHA256"
        case .pinMismatch:
            "compare the pinned SHA-256 with that of the key holders; a new root of trust is pinned with bundle trust pin --replace"
        case .rootGap: "put every <version>.root.json into the folder of roots and export anew"
        case .wrongSigner:
            "find out who signed it; a new exporter key counts once a root that names it is signed and in the bundle"
        case .threshold: "have it signed by as many key holders as the root asks for: counterfoil bundle sign-root"
        case .rollback: "bring the newest bundle; an older one never replaces what is known"
        case .equivocation:
            "stop carrying bundles and call the key holders: two different bundles bear one number and valid signatures"
        case .mixAndMatch: "bring one bundle whole, as bundle export wrote it"
        case .expired:
            "bring a newer bundle; until then: counterfoil bundle import --accept-expired --until TIME --reason TEXT, seven days at most"
        case .clockBack: "set this machine's clock; nothing is imported by one that is behind"
        case .secondExporter:
            "bundles of one repository only are taken; to change over: counterfoil bundle trust pin SHA256 --replace"
        case .environment: "bring the bundle of this site's environment, or correct environment in the configuration"
        case .missingBody: "bring a full bundle: counterfoil bundle export without --since"
        case .concurrent: "wait for the other import, then run it again"
        case .signing: "check the key file or URI, and that it is the key the root names"
        case .misuse: "correct what was asked for"
        }
    }

    /// Whether the same file may be taken later without a change to it: our clock, our pin or our disk is at fault.
    package var mayPass: Bool {
        switch kind {
        case .notFound, .unreadable, .notPinned, .clockBack, .concurrent: true
        default: false
        }
    }

    /// Whether somebody should be called at once.
    package var isAlarm: Bool {
        switch kind {
        case .equivocation, .wrongSigner, .tampered, .mixAndMatch, .extra, .secondExporter: true
        default: false
        }
    }
}
