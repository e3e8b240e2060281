// Base64 by table, four characters to three bytes; strict but for padding, which callers strip.
#pragma once
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

class Alphabet {
public:
    constexpr explicit Alphabet(char c62, char c63) : shifted_{} {
        for (auto &table : shifted_) for (auto &entry : table) entry = bad;
        for (uint32_t value = 0; value < 64; value++) {
            const char letter = value < 26 ? char('A' + value) : value < 52 ? char('a' + value - 26)
                : value < 62 ? char('0' + value - 52) : value == 62 ? c62 : c63;
            for (int place = 0; place < 4; place++) shifted_[place][uint8_t(letter)] = value << (18 - 6 * place);
        }
    }

    // Writes the bytes, and up to one more, to `out`; returns how many there are, or -1.
    long decode(std::string_view text, uint8_t *out) const {
        const auto *in = reinterpret_cast<const uint8_t *>(text.data());
        const uint8_t *const start = out;
        uint32_t seen = 0;
        size_t left = text.size();
        for (; left >= 4; left -= 4, in += 4, out += 3) {
            const uint32_t group = shifted_[0][in[0]] | shifted_[1][in[1]] | shifted_[2][in[2]] | shifted_[3][in[3]];
            seen |= group;
            const uint32_t ordered = __builtin_bswap32(group << 8);
            std::memcpy(out, &ordered, 4);
        }
        if (left == 1) return -1;
        if (left > 1) {
            const uint32_t group = shifted_[0][in[0]] | shifted_[1][in[1]] | (left == 3 ? shifted_[2][in[2]] : 0);
            seen |= group;
            if (group & (left == 3 ? 0xffu : 0xffffu)) return -1;  // bits that stand for nothing
            *out++ = uint8_t(group >> 16);
            if (left == 3) *out++ = uint8_t(group >> 8);
        }
        return seen & bad ? -1 : out - start;
    }

private:
    static constexpr uint32_t bad = 0xff000000;
    std::array<std::array<uint32_t, 256>, 4> shifted_;
};

inline constexpr Alphabet base64{'+', '/'}, base64url{'-', '_'};

inline std::string_view without_padding(std::string_view text) {
    while (!text.empty() && text.back() == '=') text.remove_suffix(1);
    return text;
}
