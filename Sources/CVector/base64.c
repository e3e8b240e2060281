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

unsigned long counterfoil_base64_blocks(const unsigned char *input, unsigned long count, unsigned char *output,
                                        unsigned char last_but_one, unsigned char last) {
    return __builtin_cpu_supports("avx2") ? base64_blocks(input, count, output, (char)last_but_one, (char)last) : 0;
}

#else

unsigned long counterfoil_base64_blocks(const unsigned char *input, unsigned long count, unsigned char *output,
                                        unsigned char last_but_one, unsigned char last) {
    (void)input, (void)count, (void)output, (void)last_but_one, (void)last;
    return 0;
}

#endif
