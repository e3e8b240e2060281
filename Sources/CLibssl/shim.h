#pragma once
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

// What Swift cannot import from libssl: macros, and the few steps in which a macro's result is handed on. The simulated
// key store is the only user: a TLS server over memory BIOs, so that bytes travel by send(2) and a closed peer raises no
// signal.

// A TLS 1.2+ server context with a certificate and key in PEM; NULL when either cannot be used.
static inline SSL_CTX *shim_server_context(const char *certificate, int certificate_count, const char *key, int key_count) {
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    BIO *certificate_bio = BIO_new_mem_buf(certificate, certificate_count);
    BIO *key_bio = BIO_new_mem_buf(key, key_count);
    X509 *leaf = PEM_read_bio_X509(certificate_bio, NULL, NULL, NULL);
    EVP_PKEY *pair = PEM_read_bio_PrivateKey(key_bio, NULL, NULL, NULL);
    int is_ready = context != NULL && leaf != NULL && pair != NULL
        && SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1
        && SSL_CTX_use_certificate(context, leaf) == 1
        && SSL_CTX_use_PrivateKey(context, pair) == 1;
    X509_free(leaf);
    EVP_PKEY_free(pair);
    BIO_free(certificate_bio);
    BIO_free(key_bio);
    if (is_ready) return context;
    ERR_clear_error();
    SSL_CTX_free(context);
    return NULL;
}

// A server's end of one connection, reading from and writing to memory.
static inline SSL *shim_server_session(SSL_CTX *context) {
    SSL *session = SSL_new(context);
    BIO *input = BIO_new(BIO_s_mem());
    BIO *output = BIO_new(BIO_s_mem());
    if (session == NULL || input == NULL || output == NULL) {
        SSL_free(session);
        BIO_free(input);
        BIO_free(output);
        return NULL;
    }
    SSL_set_bio(session, input, output);
    SSL_set_accept_state(session);
    return session;
}

// Bytes that came from the peer.
static inline int shim_session_feed(SSL *session, const void *bytes, int count) {
    return BIO_write(SSL_get_rbio(session), bytes, count);
}

// Bytes that have to go to the peer; 0 when there are none.
static inline int shim_session_drain(SSL *session, void *bytes, int room) {
    int count = BIO_read(SSL_get_wbio(session), bytes, room);
    return count > 0 ? count : 0;
}

// Whether the last call on the session only waits for bytes of the peer; drains the error queue either way.
static inline int shim_session_wants_input(SSL *session, int result) {
    int error = SSL_get_error(session, result);
    ERR_clear_error();
    return error == SSL_ERROR_WANT_READ;
}
