// One thread's judging of requests: what a registration cannot do without, and nothing else.
#pragma once
#include "snapshot.h"
#include "text.h"

#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <initializer_list>

struct CompactJWS {
    std::string_view whole, header, payload, signature, signed_text;

    bool cut(std::string_view text) {
        const size_t first = text.find('.'), second = first == text.npos ? first : text.find('.', first + 1);
        if (second == text.npos || text.find('.', second + 1) != text.npos) return false;
        whole = text;
        header = text.substr(0, first);
        payload = text.substr(first + 1, second - first - 1);
        signature = text.substr(second + 1);
        signed_text = text.substr(0, second);
        return header.size() <= 1024 && payload.size() <= 65536 && signature.size() <= 700;
    }
};

// A document that is decoded into memory of its own, which is kept.
class Document {
public:
    bool read(std::string_view base64url_text) {
        bytes_.resize(base64url_text.size() + simdjson::SIMDJSON_PADDING);
        const long count = base64url.decode(base64url_text, bytes_.data());
        return count > 0 && !parser_.parse(reinterpret_cast<char *>(bytes_.data()), size_t(count), false).get(root);
    }

    std::string_view text(std::string_view name) const {
        std::string_view value;
        return root[name].get(value) ? std::string_view() : value;
    }

    int64_t number(std::string_view name) const {
        int64_t value;
        return root[name].get(value) ? -1 : value;
    }

    dom::element root;

private:
    dom::parser parser_;
    std::vector<uint8_t> bytes_;
};

class Judge {
public:
    explicit Judge(const Snapshot &snapshot) : snapshot_(snapshot), contexts_(snapshot.key_count) {}

    // Judges one record and appends its result to `out`; returns whether it is accepted.
    bool judge(std::string_view line, size_t number, std::string &out) {
        is_hashed_ = false;
        const size_t start = out.size();
        const char *rule = decide(line, number, out);
        if (!rule) return true;
        out.resize(start);
        if (!is_hashed_) hash(line, digest_.data());
        begin(out, number, "rejected");
        out += ",\"http\":{\"status\":400},\"response\":{\"error\":\"invalid_client_metadata\"},\"findings\":[{\"rule\":\"";
        out += rule;
        out += "\"}]}\n";
        return false;
    }

private:
    const Snapshot &snapshot_;
    std::vector<EVP_PKEY_CTX *> contexts_;
    EVP_MD_CTX *running_ = EVP_MD_CTX_new(), *branch_ = EVP_MD_CTX_new();
    dom::parser record_;
    Document header_, claims_, statement_header_, statement_;
    std::vector<uint8_t> der_;
    std::array<uint8_t, 8192> random_{};
    size_t random_used_ = sizeof random_;
    Fingerprint digest_{};
    bool is_hashed_ = false;

    void hash(std::string_view text, uint8_t *out) {
        EVP_DigestInit_ex2(running_, snapshot_.sha256, nullptr);
        EVP_DigestUpdate(running_, text.data(), text.size());
        EVP_DigestFinal_ex(running_, out, nullptr);
    }

    EVP_PKEY_CTX *context(const Key &key) {
        EVP_PKEY_CTX *&kept = contexts_[key.number];
        if (kept) return kept;
        kept = EVP_PKEY_CTX_new_from_pkey(nullptr, key.pkey, nullptr);
        NEED(EVP_PKEY_verify_init(kept) == 1 && EVP_PKEY_CTX_set_rsa_padding(kept, RSA_PKCS1_PSS_PADDING) == 1
             && EVP_PKEY_CTX_set_signature_md(kept, snapshot_.sha256) == 1
             && EVP_PKEY_CTX_set_rsa_mgf1_md(kept, snapshot_.sha256) == 1
             && EVP_PKEY_CTX_set_rsa_pss_saltlen(kept, 32) == 1);
        return kept;
    }

    // With `whole` the signed part is hashed once, for the signature and for the digest of all of it.
    bool verify(const Key &key, const CompactJWS &jws, uint8_t *whole = nullptr) {
        uint8_t digest[32], signature[600];
        EVP_DigestInit_ex2(running_, snapshot_.sha256, nullptr);
        EVP_DigestUpdate(running_, jws.signed_text.data(), jws.signed_text.size());
        if (whole) {
            EVP_MD_CTX_copy_ex(branch_, running_);
            EVP_DigestUpdate(branch_, jws.whole.data() + jws.signed_text.size(), jws.whole.size() - jws.signed_text.size());
            EVP_DigestFinal_ex(branch_, whole, nullptr);
            is_hashed_ = true;
        }
        EVP_DigestFinal_ex(running_, digest, nullptr);
        const long count = base64url.decode(jws.signature, signature);
        if (count > 0 && EVP_PKEY_verify(context(key), signature, size_t(count), digest, sizeof digest) == 1) return true;
        ERR_clear_error();
        return false;
    }

    static bool among(std::string_view value, std::initializer_list<std::string_view> allowed) {
        return std::find(allowed.begin(), allowed.end(), value) != allowed.end();
    }

    static bool all_among(dom::element object, const char *name, std::initializer_list<std::string_view> allowed) {
        dom::array values;
        std::string_view value;
        if (object[name].get(values)) return false;
        for (auto item : values) if (item.get(value) || !among(value, allowed)) return false;
        return true;
    }

    static unsigned roles_of(dom::element statement) {
        dom::array names;
        std::string_view name;
        unsigned roles = 0;
        if (statement["software_roles"].get(names)) return 0;
        for (auto item : names)
            if (!item.get(name)) roles |= name == "AISP" ? unsigned(aisp) : name == "PISP" ? unsigned(pisp) : name == "CBPII" ? unsigned(cbpii) : 0u;
        return roles;
    }

    static bool redirects_listed(dom::element claims, dom::element statement) {
        dom::array asked, listed;
        std::string_view uri, known;
        if (claims["redirect_uris"].get(asked) || statement["software_redirect_uris"].get(listed) || asked.size() == 0) return false;
        for (auto item : asked) {
            bool found = false;
            if (item.get(uri) || uri.substr(0, 8) != "https://") return false;
            for (auto other : listed) found |= !other.get(known) && known == uri;
            if (!found) return false;
        }
        return true;
    }

    static bool scopes_allowed(std::string_view scope, unsigned roles) {
        while (!scope.empty()) {
            const std::string_view token = scope.substr(0, scope.find(' '));
            const unsigned needed = token == "accounts" ? aisp : token == "payments" ? pisp : token == "fundsconfirmations" ? cbpii : 0u;
            if (needed ? !(roles & needed) : token != "openid") return false;
            scope.remove_prefix(std::min(scope.size(), token.size() + 1));
        }
        return true;
    }

    const Certificate *presented(std::string_view pem, Fingerprint &print) {
        static constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----\n", end = "-----END CERTIFICATE-----";
        size_t at = pem.find(begin);
        const size_t stop = pem.find(end);
        if (at == pem.npos || stop == pem.npos) return nullptr;
        der_.resize(pem.size());
        uint8_t *out = der_.data();
        for (at += begin.size(); at < stop;) {
            const size_t feed = std::min(pem.find('\n', at), stop);
            const long count = base64.decode(without_padding(pem.substr(at, feed - at)), out);
            if (count < 0) return nullptr;
            out += count;
            at = feed + 1;
        }
        hash({reinterpret_cast<char *>(der_.data()), size_t(out - der_.data())}, print.data());
        const auto known = snapshot_.certificates.find(print);
        return known == snapshot_.certificates.end() ? nullptr : &known->second;
    }

    // The rule a request breaks first, or null; an accepted one's result is in `out` then.
    const char *decide(std::string_view line, size_t number, std::string &out) {
        dom::element record;
        std::string_view text, pem;
        CompactJWS request, inner;
        if (record_.parse(line.data(), line.size(), false).get(record)) return "R-002";
        if (record["request_jwt"].get(text) || record["transport_cert_pem"].get(pem) || !request.cut(text)) return "R-004";
        if (!header_.read(request.header) || !claims_.read(request.payload)) return "R-005";
        if (header_.text("alg") != "PS256") return "R-007";
        const std::string_view statement = claims_.text("software_statement"), kid = header_.text("kid");
        if (!inner.cut(statement) || !statement_header_.read(inner.header)) return "R-055";
        const std::string_view statement_kid = statement_header_.text("kid");
        const Key *signer = find(snapshot_.directory, statement_kid);
        if (!signer || statement_header_.text("alg") != "PS256" || !verify(*signer, inner)) return "R-084";
        if (!statement_.read(inner.payload)) return "R-055";

        const int64_t now = snapshot_.now, stated_at = statement_.number("iat");
        const std::string_view id = statement_.text("software_id"), organisation = statement_.text("org_id");
        if (statement_.text("iss") != "OpenBanking Ltd" || stated_at > now + 60 || now - stated_at > 86400) return "R-060";
        if (statement_.text("org_status") != "Active" || statement_.text("software_environment") != "production") return "R-068";
        std::string_view registration, status;
        dom::element authority;
        if (statement_.root["organisation_competent_authority_claims"].get(authority) || authority["status"].get(status)
            || status != "Active" || authority["registration_id"].get(registration)) return "R-069";

        const auto found = snapshot_.software.find(std::string(id));
        if (found == snapshot_.software.end() || found->second.organisation != organisation
            || found->second.keys_url != statement_.text("software_jwks_endpoint")) return "R-088";
        const Key *key = find(found->second.keys, kid);
        if (!key) return "R-088";
        if (!verify(*key, request, digest_.data())) return "R-093";

        const int64_t issued = claims_.number("iat"), expires = claims_.number("exp");
        if (claims_.text("iss") != id || claims_.text("software_id") != id) return "R-099";
        if (claims_.text("aud") != snapshot_.audience) return "R-097";
        if (expires <= now || issued > now + 60 || issued >= expires) return "R-094";
        if (claims_.text("jti").empty()) return "R-098";
        if (!redirects_listed(claims_.root, statement_.root)) return "R-107";
        const unsigned roles = roles_of(statement_.root);
        if (!scopes_allowed(claims_.text("scope"), roles)) return "R-112";
        const std::string_view method = claims_.text("token_endpoint_auth_method");
        if (!among(method, {"private_key_jwt", "tls_client_auth"})) return "R-029";
        if (!all_among(claims_.root, "grant_types", {"authorization_code", "refresh_token", "client_credentials"})
            || !all_among(claims_.root, "response_types", {"code id_token", "code"})) return "R-025";
        for (auto name : {"id_token_signed_response_alg", "request_object_signing_alg"})
            if (!among(claims_.text(name), {"PS256", "ES256"})) return "R-030";
        if (method == "private_key_jwt" && !among(claims_.text("token_endpoint_auth_signing_alg"), {"PS256", "ES256"})) return "R-031";

        Fingerprint print;
        const Certificate *certificate = presented(pem, print);
        if (!certificate || !(certificate->listed_by.count(id) || certificate->listed_by.count(organisation))) return "R-134";
        if (certificate->first > now || certificate->last < now) return "R-116";
        if (certificate->is_legacy) {
            if (certificate->common_name != id || certificate->unit != organisation) return "R-124";
        } else {
            const std::string_view identifier = certificate->identifier;
            if (certificate->common_name != organisation || identifier.substr(0, 10) != "PSDGB-FCA-" || identifier.substr(10) != registration) return "R-127";
            if (roles & ~certificate->roles) return "R-131";
        }
        const auto &spellings = certificate->spellings;
        if (method == "tls_client_auth"
            && std::find(spellings.begin(), spellings.end(), claims_.text("tls_client_auth_subject_dn")) == spellings.end()) return "R-138";
        accept(out, number, statement);
        evidence(out, statement_kid, kid, print);
        return nullptr;
    }

    void begin(std::string &out, size_t number, std::string_view outcome) {
        out += "{\"v\":1,\"source\":{\"line\":";
        out += std::to_string(number + 1);
        out += "},\"request_sha256\":\"";
        hex(out, digest_.data(), digest_.size());
        out += "\",\"outcome\":\"";
        out += outcome;
        out += '"';
    }

    void members(std::string &out, dom::element object, std::initializer_list<std::string_view> besides) {
        for (auto member : dom::object(object)) {
            if (among(member.key, besides)) continue;
            out += ',';
            quote(out, member.key);
            out += ':';
            append(out, member.value);
        }
    }

    void accept(std::string &out, size_t number, std::string_view statement) {
        if (random_used_ + 16 > random_.size()) { NEED(RAND_bytes(random_.data(), int(random_.size())) == 1); random_used_ = 0; }
        uint8_t *uuid = random_.data() + random_used_;
        random_used_ += 16;
        uuid[6] = uint8_t((uuid[6] & 15) | 0x40);
        uuid[8] = uint8_t((uuid[8] & 63) | 0x80);
        begin(out, number, "accepted");
        out += ",\"http\":{\"status\":201},\"response\":{\"client_id\":\"";
        static constexpr size_t bounds[] = {0, 4, 6, 8, 10, 16};
        for (int part = 0; part < 5; part++) {
            if (part) out += '-';
            hex(out, uuid + bounds[part], bounds[part + 1] - bounds[part]);
        }
        out += "\",\"client_id_issued_at\":";
        out += std::to_string(snapshot_.now);
        members(out, statement_.root, {"iss", "iat", "exp", "jti", "aud"});
        members(out, claims_.root, {"iss", "iat", "exp", "jti", "aud", "software_id", "software_statement"});
        out += ",\"software_statement\":\"";
        out += statement;  // base64url and dots: nothing to escape
        out += "\"}";
    }

    void evidence(std::string &out, std::string_view statement_kid, std::string_view kid, const Fingerprint &print) {
        out += ",\"findings\":[],\"evidence\":{\"directory_kid\":";
        quote(out, statement_kid);
        out += ",\"request_kid\":";
        quote(out, kid);
        out += ",\"certificate_sha256\":\"";
        hex(out, print.data(), print.size());
        out += "\",\"decided_at\":";
        out += std::to_string(snapshot_.now);
        out += "}}\n";
    }
};
