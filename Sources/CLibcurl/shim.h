// libcurl as Fetch sees it: the variadic calls and the one flexible structure, made callable from Swift.
#pragma once
#include <curl/curl.h>

typedef size_t (*counterfoil_curl_bytes)(char *bytes, size_t size, size_t count, void *context);
typedef curl_socket_t (*counterfoil_curl_socket)(
    void *context, curlsocktype purpose, struct curl_sockaddr *address);

static inline CURLcode counterfoil_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode counterfoil_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

/// libcurl copies the text; a null pointer takes the option back.
static inline CURLcode counterfoil_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

/// For contexts, buffers and lists, which libcurl does not copy: the caller keeps them alive.
static inline CURLcode counterfoil_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode counterfoil_curl_set_bytes_callback(
    CURL *handle, CURLoption option, counterfoil_curl_bytes callback) {
    return curl_easy_setopt(handle, option, callback);
}

static inline CURLcode counterfoil_curl_set_socket_callback(CURL *handle, counterfoil_curl_socket callback) {
    return curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, callback);
}

static inline CURLcode counterfoil_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode counterfoil_curl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(handle, info, value);
}

/// The text belongs to the handle and lives until its next transfer.
static inline CURLcode counterfoil_curl_get_text(CURL *handle, CURLINFO info, const char **value) {
    return curl_easy_getinfo(handle, info, value);
}

/// The handle and the outcome of a finished transfer: the message's union, read for CURLMSG_DONE.
static inline CURL *counterfoil_curl_message_handle(const CURLMsg *message) { return message->easy_handle; }
static inline CURLcode counterfoil_curl_message_result(const CURLMsg *message) { return message->data.result; }

/// The socket address, which reaches beyond the structure's declared end (`addrlen` bytes).
static inline const void *counterfoil_curl_address(const struct curl_sockaddr *address) { return &address->addr; }
