#pragma once
#include <stdlib.h>
#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/store.h>
#include <openssl/ui.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

// What Swift cannot import from OpenSSL: macros, variadic functions, stacks, and parameter lists that must live on a C
// stack.

static inline EVP_PKEY *shim_public_key(const char *type, OSSL_PARAM *parameters) {
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
    if (context == NULL) return NULL;
    if (EVP_PKEY_fromdata_init(context) != 1
        || EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters) != 1) {
        EVP_PKEY_free(key);
        key = NULL;
    }
    EVP_PKEY_CTX_free(context);
    return key;
}

// Modulus and exponent are little-endian here: the parameter form of a machine on which OpenSSL's native order is that.
static inline EVP_PKEY *shim_rsa_public_key(
    unsigned char *modulus, size_t modulus_count, unsigned char *exponent, size_t exponent_count) {
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_RSA_N, modulus, modulus_count),
        OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_RSA_E, exponent, exponent_count),
        OSSL_PARAM_construct_end(),
    };
    return shim_public_key("RSA", parameters);
}

static inline EVP_PKEY *shim_ec_public_key(const char *curve, unsigned char *point, size_t point_count) {
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, (char *)curve, 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point, point_count),
        OSSL_PARAM_construct_end(),
    };
    return shim_public_key("EC", parameters);
}

static inline EVP_PKEY *shim_generate_rsa(size_t bits) { return EVP_PKEY_Q_keygen(NULL, NULL, "RSA", bits); }
static inline EVP_PKEY *shim_generate_ec(const char *curve) { return EVP_PKEY_Q_keygen(NULL, NULL, "EC", curve); }

// An encrypted key is refused rather than asked about on the terminal.
static inline int shim_no_passphrase(char *buffer, int size, int writing, void *context) { return -1; }

// A BIO of memory reads where the text lies, so it begins and ends within a call: then the text is there all the time.
static inline EVP_PKEY *shim_read_private_key(const void *pem, int count) {
    BIO *bio = BIO_new_mem_buf(pem, count);
    EVP_PKEY *key = bio == NULL ? NULL : PEM_read_bio_PrivateKey(bio, NULL, shim_no_passphrase, NULL);
    BIO_free(bio);
    return key;
}
static inline EVP_PKEY *shim_read_public_key(const void *pem, int count) {
    BIO *bio = BIO_new_mem_buf(pem, count);
    EVP_PKEY *key = bio == NULL ? NULL : PEM_read_bio_PUBKEY(bio, NULL, shim_no_passphrase, NULL);
    BIO_free(bio);
    return key;
}
static inline EVP_PKEY *shim_generate_ed25519(void) { return EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"); }

static inline int shim_set_pss(EVP_PKEY_CTX *context, int salt) {
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
        && EVP_PKEY_CTX_set_rsa_mgf1_md(context, EVP_sha256()) == 1
        && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, salt) == 1;
}

// A token's module takes itself down at exit before OpenSSL says goodbye to it: SoftHSM ends the process so. What is
// registered last is called first, so OpenSSL is cleaned up before what the module has registered until now; twice is
// once.
static inline void shim_clean_up_first(void) { atexit(OPENSSL_cleanup); }

// The first private key a store holds under a URI; whatever the store would ask a person is not asked.
static inline EVP_PKEY *shim_store_private_key(const char *uri) {
    EVP_PKEY *key = NULL;
    OSSL_STORE_CTX *store = OSSL_STORE_open(uri, UI_null(), NULL, NULL, NULL);
    if (store == NULL) return NULL;
    OSSL_STORE_expect(store, OSSL_STORE_INFO_PKEY);
    while (key == NULL && !OSSL_STORE_eof(store)) {
        OSSL_STORE_INFO *info = OSSL_STORE_load(store);
        if (info == NULL) {
            if (OSSL_STORE_error(store)) break;
            continue;
        }
        if (OSSL_STORE_INFO_get_type(info) == OSSL_STORE_INFO_PKEY) key = OSSL_STORE_INFO_get1_PKEY(info);
        OSSL_STORE_INFO_free(info);
    }
    OSSL_STORE_close(store);
    return key;
}

static inline STACK_OF(X509) *shim_certificates_new(void) { return sk_X509_new_null(); }
static inline STACK_OF(X509) *shim_certificates_copy(const STACK_OF(X509) *stack) { return sk_X509_dup(stack); }
static inline int shim_certificates_push(STACK_OF(X509) *stack, X509 *one) { return sk_X509_push(stack, one); }
static inline int shim_certificates_count(const STACK_OF(X509) *stack) { return sk_X509_num(stack); }
static inline X509 *shim_certificates_at(const STACK_OF(X509) *stack, int index) { return sk_X509_value(stack, index); }
// Frees the stack only: the certificates belong to others.
static inline void shim_certificates_free(STACK_OF(X509) *stack) { sk_X509_free(stack); }

// An anchor counts because it is configured: one made before authorities had to state a keyUsage may do without it.
static inline int shim_excuse_anchor(int holds, X509_STORE_CTX *context) {
    if (holds || X509_STORE_CTX_get_error(context) != X509_V_ERR_CA_CERT_MISSING_KEY_USAGE) return holds;
    int anchor = sk_X509_num(X509_STORE_CTX_get0_chain(context)) - 1;
    if (anchor < 1 || X509_STORE_CTX_get_error_depth(context) != anchor) return holds;
    X509_STORE_CTX_set_error(context, X509_V_OK);
    return 1;
}
static inline void shim_excuse_anchors(X509_STORE_CTX *context) {
    X509_STORE_CTX_set_verify_cb(context, shim_excuse_anchor);
}

static inline unsigned long shim_chain_flags(void) { return X509_V_FLAG_X509_STRICT | X509_V_FLAG_NO_CHECK_TIME; }
