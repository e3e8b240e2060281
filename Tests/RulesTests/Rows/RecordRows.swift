import Encoding
import OpenBanking

@testable import Rules
@testable import Simulator

/// Records: their members, and updates, deletes and reads.
let recordRows: [Row] =
    wrongMembers.map { (name, value) -> Row in
        Row(.readableRecord, "\(name) is \(value)", .malformed) {
            $0.request.record.list.removeAll { $0.name == name }
            $0.request.record.append(name, value)
            if name == "transport_certificate" { $0.request.certificate = nil }
        }
    } + [
        Row(.readableRecord, "request is an object", .malformed) { $0.deliver([("request", .object([:]))]) },
        Row(.readableRecord, "a manual record without a statement", .malformed) { $0.deliver([("channel", "mcr")]) },
        Row(.readableRecord, "a manual record whose statement is no string", .malformed) {
            $0.deliver([("channel", "mcr"), ("software_statement", 5)])
        },
        Row(.readableRecord, "a delete without client_id", .malformed) { $0.deliver([("operation", "delete")]) },
        Row(.readableRecord, "a read without client_id", .malformed) { $0.deliver([("operation", "read")]) },
        Row(good: "a record of version 1 with a reference and members nobody knows") {
            $0.request.record.append("v", 1)
            $0.request.record.append("note", "x")
        },
        Row(good: "optional members of null") {
            $0.request.record["ref"] = .null
            $0.request.record.append("client_id", .null)
        },
        Row(good: "an update that names its client") {
            $0.request.record["operation"] = "update"
            $0.request.record.append("client_id", "c-1")
        },
        Row(.updateComplete, "an update without client_id") { $0.request.record["operation"] = "update" },
        Row(.updateComplete, "an update with an empty client_id") {
            $0.request.record["operation"] = "update"
            $0.request.record.append("client_id", "")
        },
        Row(.readableRecord, "an update without its request", .malformed) {
            $0.deliver([("operation", "update"), ("client_id", "c-1")])
        },
        Row(.requestSignature, "an update whose signature is wrong") {
            $0.request.record["operation"] = "update"
            $0.request.record.append("client_id", "c-1")
            $0.request.token.damage = .flippedSignature
        },
        Row(good: "a delete") { $0.deliver([("operation", "delete"), ("client_id", "c-1")]) },
        Row(good: "a read") { $0.deliver([("operation", "read"), ("client_id", "c-1")]) },
        Row(.certificateReadable, "a delete without a certificate") {
            $0.deliver([("operation", "delete"), ("client_id", "c-1")], certificate: false)
        },
        Row(.certificateChain, "a delete with a stranger's certificate") {
            try $0.present(rogue: true)
            $0.deliver([("operation", "delete"), ("client_id", "c-1")])
        },
        Row(
            .certificateRevocationList,
            "a delete, no revocation list in the cache",
            and: [.issuingAuthority],
            .deferred
        ) {
            try $0.lists([])
            $0.deliver([("operation", "delete"), ("client_id", "c-1")])
        },
        Row(.operationEnabled, "a delete, which the bank switched off") {
            $0.policy.operations = [.register]
            $0.deliver([("operation", "delete"), ("client_id", "c-1")])
        },
        Row(.operationEnabled, "a registration, which the bank switched off") { $0.policy.operations = [.read] },
    ]

private let wrongMembers: [(String, DraftValue)] = [
    ("v", 2), ("v", "1"), ("ref", 5), ("operation", "create"), ("operation", .null), ("channel", "post"),
    ("received_at", "yesterday"), ("received_at", 5), ("tls_possession", "yes"), ("tls_possession", true),
    ("transport_certificate", 5), ("client_id", 5), ("nonce", 5), ("nonce", ["x"]),
]
