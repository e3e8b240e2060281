// All that is ready before the clock starts: keys, and certificates that were vetted once, by fingerprint.
#pragma once
#include "base64.h"

#include <simdjson.h>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#define NEED(condition) \
    do { if (!(condition)) { std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); std::exit(1); } } while (0)

using Fingerprint = std::array<uint8_t, 32>;

struct FingerprintHash {
    size_t operator()(const Fingerprint &print) const { size_t word; std::memcpy(&word, print.data(), sizeof word); return word; }
};

struct Key { std::string kid; EVP_PKEY *pkey; size_t number; };

inline const Key *find(const std::vector<Key> &keys, std::string_view kid) {
    for (const auto &key : keys) if (key.kid == kid) return &key;
    return nullptr;
}

struct Software { std::string organisation, keys_url; std::vector<Key> keys; };

enum Role : unsigned { aisp = 1, pisp = 2, cbpii = 4 };

struct Certificate {
    bool is_legacy = false;
    std::string common_name, unit, identifier;
    int64_t first = 0, last = 0;
    unsigned roles = 0;
    std::set<std::string, std::less<>> listed_by;  // ids of software and organisations
    std::vector<std::string> spellings;            // of its subject
};

class Snapshot {
public:
    int64_t now = 0;
    std::string audience;
    EVP_MD *sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    std::vector<Key> directory;
    std::unordered_map<std::string, Software> software;
    std::unordered_map<Fingerprint, Certificate, FingerprintHash> certificates;
    size_t key_count = 0;

    explicit Snapshot(const std::filesystem::path &folder) {
        simdjson::dom::element about = parser_.load((folder / "workload.json").string());
        now = int64_t(about["as_of"]);
        audience = std::string_view(about["audience"]);
        const std::string host{std::string_view(about["host"])};
        const auto store = folder / "mirror" / host;
        load_anchors(folder / "anchors");
        each_key(store / "keystore/openbanking.jwks", [&](auto jwk) { directory.push_back(make_key(jwk)); });
        for (const auto &organisation : std::filesystem::directory_iterator(store)) {
            if (!organisation.is_directory() || organisation.path().filename() == "keystore") continue;
            for (const auto &file : std::filesystem::directory_iterator(organisation))
                if (file.path().extension() == ".jwks") load_set(host, organisation.path(), file.path());
        }
    }

private:
    simdjson::dom::parser parser_;
    X509_STORE *store_ = X509_STORE_new();
    STACK_OF(X509) *intermediates_ = sk_X509_new_null();

    template <typename Body> void each_key(const std::filesystem::path &file, Body body) {
        if (!std::filesystem::exists(file)) return;
        for (auto jwk : simdjson::dom::array(parser_.load(file.string())["keys"])) body(jwk);
    }

    static X509 *read_certificate(const std::filesystem::path &path) {
        BIO *bio = BIO_new_file(path.c_str(), "r");
        NEED(bio);
        X509 *made = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
        BIO_free(bio);
        NEED(made);
        return made;
    }

    void load_anchors(const std::filesystem::path &folder) {
        X509_STORE_add_cert(store_, read_certificate(folder / "root.pem"));
        sk_X509_push(intermediates_, read_certificate(folder / "issuing.pem"));
    }

    Key make_key(simdjson::dom::element jwk) {
        const std::string_view n64 = jwk["n"], e64 = jwk["e"];
        std::vector<uint8_t> n(n64.size() + 4), e(e64.size() + 4);
        const long n_count = base64url.decode(n64, n.data()), e_count = base64url.decode(e64, e.data());
        NEED(n_count > 0 && e_count > 0);
        OSSL_PARAM_BLD *list = OSSL_PARAM_BLD_new();
        BIGNUM *modulus = BN_bin2bn(n.data(), int(n_count), nullptr), *exponent = BN_bin2bn(e.data(), int(e_count), nullptr);
        OSSL_PARAM_BLD_push_BN(list, OSSL_PKEY_PARAM_RSA_N, modulus);
        OSSL_PARAM_BLD_push_BN(list, OSSL_PKEY_PARAM_RSA_E, exponent);
        OSSL_PARAM *values = OSSL_PARAM_BLD_to_param(list);
        EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr);
        EVP_PKEY *pkey = nullptr;
        NEED(EVP_PKEY_fromdata_init(context) == 1 && EVP_PKEY_fromdata(context, &pkey, EVP_PKEY_PUBLIC_KEY, values) == 1);
        EVP_PKEY_CTX_free(context);
        OSSL_PARAM_free(values);
        OSSL_PARAM_BLD_free(list);
        BN_free(modulus);
        BN_free(exponent);
        return {std::string(std::string_view(jwk["kid"])), pkey, key_count++};
    }

    void load_set(const std::string &host, const std::filesystem::path &folder, const std::filesystem::path &file) {
        const std::string organisation = folder.filename(), id = file.stem();
        std::set<std::string> revoked;
        each_key(folder / "revoked" / file.filename(), [&](auto jwk) { revoked.emplace(std::string_view(jwk["kid"])); });
        Software one{organisation, "https://" + host + "/" + organisation + "/" + id + ".jwks", {}};
        each_key(file, [&](auto jwk) {
            if (revoked.count(std::string(std::string_view(jwk["kid"])))) return;
            if (std::string_view(jwk["use"]) == "tls") list_certificate(std::string_view(jwk["x5c"].at(0)), id);
            else if (id != organisation) one.keys.push_back(make_key(jwk));
        });
        if (id != organisation) software.emplace(id, std::move(one));
    }

    void list_certificate(std::string_view text, const std::string &id) {
        std::vector<uint8_t> der(text.size() + 4);
        const long count = base64.decode(without_padding(text), der.data());
        Fingerprint print;
        NEED(count > 0 && EVP_Digest(der.data(), size_t(count), print.data(), nullptr, sha256, nullptr) == 1);
        auto known = certificates.find(print);
        if (known == certificates.end()) {
            Certificate fresh;
            if (!vet(der.data(), count, fresh)) return;
            known = certificates.emplace(print, std::move(fresh)).first;
        }
        known->second.listed_by.insert(id);
    }

    // Path and purpose, names and roles; when it is valid is left for each request to ask.
    bool vet(const uint8_t *der, long count, Certificate &out) {
        X509 *leaf = d2i_X509(nullptr, &der, count);
        if (!leaf) return false;
        X509_STORE_CTX *context = X509_STORE_CTX_new();
        X509_STORE_CTX_init(context, store_, leaf, intermediates_);
        X509_STORE_CTX_set_purpose(context, X509_PURPOSE_SSL_CLIENT);
        X509_STORE_CTX_set_flags(context, X509_V_FLAG_NO_CHECK_TIME);
        const bool good = X509_verify_cert(context) == 1 && describe(leaf, out);
        X509_STORE_CTX_free(context);
        X509_free(leaf);
        return good;
    }

    static std::string attribute(X509_NAME *name, int nid) {
        const int place = X509_NAME_get_index_by_NID(name, nid, -1);
        if (place < 0) return "";
        const ASN1_STRING *value = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, place));
        return {reinterpret_cast<const char *>(ASN1_STRING_get0_data(value)), size_t(ASN1_STRING_length(value))};
    }

    static int64_t seconds(const ASN1_TIME *time) {
        std::tm parts{};
        NEED(ASN1_TIME_to_tm(time, &parts) == 1);
        return timegm(&parts);
    }

    static bool describe(X509 *leaf, Certificate &out) {
        X509_NAME *subject = X509_get_subject_name(leaf);
        out.common_name = attribute(subject, NID_commonName);
        out.unit = attribute(subject, NID_organizationalUnitName);
        out.identifier = attribute(subject, NID_organizationIdentifier);
        out.first = seconds(X509_get0_notBefore(leaf));
        out.last = seconds(X509_get0_notAfter(leaf));
        const std::string ending = ",O=" + attribute(subject, NID_organizationName) + ",C=" + attribute(subject, NID_countryName);
        const int place = X509_get_ext_by_NID(leaf, NID_qcStatements, -1);
        out.is_legacy = place < 0;
        if (out.is_legacy) {
            out.spellings = {"CN=" + out.common_name + ",OU=" + out.unit + ending};
            return !out.unit.empty();
        }
        const ASN1_OCTET_STRING *raw = X509_EXTENSION_get_data(X509_get_ext(leaf, place));
        const std::string_view statements(reinterpret_cast<const char *>(ASN1_STRING_get0_data(raw)), size_t(ASN1_STRING_length(raw)));
        const std::string role("\x06\x07\x04\x00\x81\x98\x27\x01", 8);  // 0.4.0.19495.1, its last arc to follow
        if (statements.find(role + '\3') != statements.npos) out.roles |= aisp;
        if (statements.find(role + '\2') != statements.npos) out.roles |= pisp;
        if (statements.find(role + '\4') != statements.npos) out.roles |= cbpii;
        char digits[3];
        std::string hex = "#13";
        std::snprintf(digits, sizeof digits, "%02X", unsigned(out.identifier.size()) & 0xff);
        hex += digits;
        for (unsigned char byte : out.identifier) { std::snprintf(digits, sizeof digits, "%02X", byte); hex += digits; }
        for (const auto &middle : {"organizationIdentifier=" + out.identifier, "2.5.4.97=" + out.identifier,
                                   "OID.2.5.4.97=" + out.identifier, "2.5.4.97=" + hex})
            out.spellings.push_back("CN=" + out.common_name + "," + middle + ending);
        return !out.identifier.empty();
    }
};
