#include "CVector.h"

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("avx2"))) static unsigned long plain_run(const unsigned char *bytes, unsigned long count,
                                                               int deletes) {
    // Where the delete character is plain, the quote is looked for twice.
    const __m256i last = _mm256_set1_epi8(deletes ? 0x7F : '"');
    unsigned long taken = 0;
    for (; count - taken >= 32; taken += 32) {
        __m256i text = _mm256_loadu_si256((const __m256i *)(bytes + taken));
        // Signed: what is not ASCII counts as below the space.
        __m256i found = _mm256_or_si256(_mm256_cmpgt_epi8(_mm256_set1_epi8(0x20), text), _mm256_cmpeq_epi8(text, last));
        found = _mm256_or_si256(found, _mm256_or_si256(_mm256_cmpeq_epi8(text, _mm256_set1_epi8('"')),
                                                       _mm256_cmpeq_epi8(text, _mm256_set1_epi8('\\'))));
        if (_mm256_movemask_epi8(found)) break;
    }
    return taken;
}

__attribute__((target("avx512f,avx512bw"))) static unsigned long wide_plain_run(const unsigned char *bytes,
                                                                                unsigned long count, int deletes) {
    const __m512i last = _mm512_set1_epi8(deletes ? 0x7F : '"');
    unsigned long taken = 0;
    for (; count - taken >= 64; taken += 64) {
        __m512i text = _mm512_loadu_si512(bytes + taken);
        __mmask64 found = _mm512_cmplt_epi8_mask(text, _mm512_set1_epi8(0x20)) | _mm512_cmpeq_epi8_mask(text, last) |
                          _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8('"')) |
                          _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8('\\'));
        if (found) break;
    }
    return taken;
}

unsigned long counterfoil_plain_run_of_32(const unsigned char *bytes, unsigned long count, int deletes) {
    return __builtin_cpu_supports("avx2") ? plain_run(bytes, count, deletes) : 0;
}

unsigned long counterfoil_plain_run(const unsigned char *bytes, unsigned long count, int deletes) {
    if (__builtin_cpu_supports("avx512bw")) return wide_plain_run(bytes, count, deletes);
    return counterfoil_plain_run_of_32(bytes, count, deletes);
}

#else

unsigned long counterfoil_plain_run_of_32(const unsigned char *bytes, unsigned long count, int deletes) {
    (void)bytes, (void)count, (void)deletes;
    return 0;
}

unsigned long counterfoil_plain_run(const unsigned char *bytes, unsigned long count, int deletes) {
    (void)bytes, (void)count, (void)deletes;
    return 0;
}

#endif
