// Writing the text of results.
#pragma once
#include <simdjson.h>

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace dom = simdjson::dom;

inline void hex(std::string &out, const uint8_t *bytes, size_t count) {
    static constexpr char digits[] = "0123456789abcdef";
    const size_t start = out.size();
    out.resize(start + 2 * count);
    for (size_t i = 0; i < count; i++) { out[start + 2 * i] = digits[bytes[i] >> 4]; out[start + 2 * i + 1] = digits[bytes[i] & 15]; }
}

inline void quote(std::string &out, std::string_view text) {
    out += '"';
    for (unsigned char byte : text) {
        if (byte == '"' || byte == '\\') out += '\\';
        if (byte >= 0x20) { out += char(byte); continue; }
        char escape[8];
        std::snprintf(escape, sizeof escape, "\\u%04x", byte);
        out += escape;
    }
    out += '"';
}

inline void append(std::string &out, dom::element value) {
    std::string_view text;
    dom::array items;
    dom::object members;
    char before = '[';
    if (!value.get(text)) return quote(out, text);
    if (!value.get(items)) {
        for (auto item : items) { out += before; before = ','; append(out, item); }
        out += before == '[' ? "[]" : "]";
    } else if (!value.get(members)) {
        before = '{';
        for (auto member : members) { out += before; before = ','; quote(out, member.key); out += ':'; append(out, member.value); }
        out += before == '{' ? "{}" : "}";
    } else {
        out += simdjson::minify(value);
    }
}
