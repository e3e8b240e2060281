#include "CVector.h"

#if defined(__x86_64__)
#include <immintrin.h>

/// The bytes from `first` to `last`, both ASCII, as all ones; others as zeros. The comparison is signed: bytes beyond
/// ASCII are below any of it.
__attribute__((target("avx2"), always_inline)) static inline __m256i within(__m256i bytes, char first, char last) {
    return _mm256_and_si256(_mm256_cmpgt_epi8(bytes, _mm256_set1_epi8((char)(first - 1))),
                            _mm256_cmpgt_epi8(_mm256_set1_epi8((char)(last + 1)), bytes));
}

__attribute__((target("avx2"))) static unsigned long base64_blocks(const unsigned char *input, unsigned long count,
                                                                   unsigned char *output, char last_but_one,
                                                                   char last) {
    const __m256i order = _mm256_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1, 2, 1, 0, 6, 5, 4, 10,
                                           9, 8, 14, 13, 12, -1, -1, -1, -1);
    const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 4, 5, 6, 3, 7);
    unsigned long taken = 0;
    for (; count - taken >= 32; taken += 32) {
        __m256i text = _mm256_loadu_si256((const __m256i *)(input + taken));
        __m256i upper = within(text, 'A', 'Z'), lower = within(text, 'a', 'z'), digit = within(text, '0', '9');
        __m256i other = _mm256_cmpeq_epi8(text, _mm256_set1_epi8(last_but_one));
        __m256i final = _mm256_cmpeq_epi8(text, _mm256_set1_epi8(last));
        __m256i known = _mm256_or_si256(_mm256_or_si256(upper, lower),
                                        _mm256_or_si256(digit, _mm256_or_si256(other, final)));
        if (_mm256_movemask_epi8(known) != -1) break;
        // What leads from each character to its value; exactly one of the five applies.
        __m256i step = _mm256_or_si256(_mm256_and_si256(upper, _mm256_set1_epi8(-'A')),
                                       _mm256_and_si256(lower, _mm256_set1_epi8(26 - 'a')));
        step = _mm256_or_si256(step, _mm256_and_si256(digit, _mm256_set1_epi8(52 - '0')));
        step = _mm256_or_si256(step, _mm256_and_si256(other, _mm256_set1_epi8((char)(62 - last_but_one))));
        step = _mm256_or_si256(step, _mm256_and_si256(final, _mm256_set1_epi8((char)(63 - last))));
        __m256i values = _mm256_add_epi8(text, step);
        // Two values to twelve bits, two of those to twenty-four, whose bytes are then put in order without gaps.
        __m256i pairs = _mm256_maddubs_epi16(values, _mm256_set1_epi32(0x01400140));
        __m256i fours = _mm256_madd_epi16(pairs, _mm256_set1_epi32(0x00011000));
        __m256i bytes = _mm256_permutevar8x32_epi32(_mm256_shuffle_epi8(fours, order), lanes);
        _mm256_storeu_si256((__m256i *)(output + taken / 4 * 3), bytes);
    }
    return taken;
}

#define WIDE "avx512f,avx512bw,avx512vbmi"

/// The same, 64 at a time and in the end what is left of whole groups: each character is looked up in a table of 128.
__attribute__((target(WIDE))) static unsigned long wide_blocks(const unsigned char *input, unsigned long count,
                                                               unsigned char *output, unsigned char last_but_one,
                                                               unsigned char last) {
    // Byte n of the two tables is the value of character n and of 64 + n; the top bit marks what is none.
    static const unsigned char low[64] = {
        128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
        128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
        128, 128, 128, 128, 52,  53,  54,  55,  56,  57,  58,  59,  60,  61,  128, 128, 128, 128, 128, 128};
    static const unsigned char high[64] = {
        128, 0,   1,   2,   3,   4,   5,   6,   7,   8,   9,   10, 11, 12, 13, 14, 15, 16, 17,  18,  19,  20,
        21,  22,  23,  24,  25,  128, 128, 128, 128, 128, 128, 26, 27, 28, 29, 30, 31, 32, 33,  34,  35,  36,
        37,  38,  39,  40,  41,  42,  43,  44,  45,  46,  47,  48, 49, 50, 51, 128, 128, 128, 128, 128};
    // Of each four bytes of a group the three that are filled, the highest first.
    static const unsigned char order[64] = {2,  1,  0,  6,  5,  4,  10, 9,  8,  14, 13, 12, 18, 17, 16, 22,
                                            21, 20, 26, 25, 24, 30, 29, 28, 34, 33, 32, 38, 37, 36, 42, 41,
                                            40, 46, 45, 44, 50, 49, 48, 54, 53, 52, 58, 57, 56, 62, 61, 60};
    __m512i values_low = _mm512_loadu_si512(low), values_high = _mm512_loadu_si512(high);
    const unsigned char others[2] = {last_but_one, last};
    for (int which = 0; which < 2; which++) {
        __mmask64 place = 1ULL << (others[which] & 63);
        __m512i value = _mm512_set1_epi8((char)(62 + which));
        if (others[which] < 64) values_low = _mm512_mask_mov_epi8(values_low, place, value);
        else values_high = _mm512_mask_mov_epi8(values_high, place, value);
    }
    const __m512i places = _mm512_loadu_si512(order);
    const unsigned long whole = count & ~3UL;
    unsigned long taken = 0;
    while (taken < whole) {
        unsigned long length = whole - taken < 64 ? whole - taken : 64;
        __mmask64 here = ~0ULL >> (64 - length);
        __m512i text = _mm512_maskz_loadu_epi8(here, input + taken);
        __m512i values = _mm512_permutex2var_epi8(values_low, text, values_high);
        if (_mm512_movepi8_mask(_mm512_or_si512(values, text)) & here) break;
        // Two values to twelve bits, two of those to twenty-four, whose bytes are then put in order without gaps.
        __m512i pairs = _mm512_maddubs_epi16(values, _mm512_set1_epi32(0x01400140));
        __m512i fours = _mm512_madd_epi16(pairs, _mm512_set1_epi32(0x00011000));
        _mm512_mask_storeu_epi8(output + taken / 4 * 3, ~0ULL >> (64 - length / 4 * 3),
                                _mm512_permutexvar_epi8(places, fours));
        taken += length;
    }
    return taken;
}

unsigned long counterfoil_base64_blocks_of_32(const unsigned char *input, unsigned long count, unsigned char *output,
                                              unsigned char last_but_one, unsigned char last) {
    return __builtin_cpu_supports("avx2") ? base64_blocks(input, count, output, (char)last_but_one, (char)last) : 0;
}

unsigned long counterfoil_base64_blocks(const unsigned char *input, unsigned long count, unsigned char *output,
                                        unsigned char last_but_one, unsigned char last) {
    if (last_but_one < 128 && last < 128 && __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512bw"))
        return wide_blocks(input, count, output, last_but_one, last);
    return counterfoil_base64_blocks_of_32(input, count, output, last_but_one, last);
}

#else

unsigned long counterfoil_base64_blocks_of_32(const unsigned char *input, unsigned long count, unsigned char *output,
                                              unsigned char last_but_one, unsigned char last) {
    (void)input, (void)count, (void)output, (void)last_but_one, (void)last;
    return 0;
}

unsigned long counterfoil_base64_blocks(const unsigned char *input, unsigned long count, unsigned char *output,
                                        unsigned char last_but_one, unsigned char last) {
    (void)input, (void)count, (void)output, (void)last_but_one, (void)last;
    return 0;
}

#endif
