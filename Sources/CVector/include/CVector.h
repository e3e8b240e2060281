// The loops over texts that Swift cannot write with vector instructions: its compiler takes wide vectors apart. They only
// run ahead of the readers in Encoding: they pass over what is plainly in order, stop at the first doubt, and leave every
// judgement and every error to those. And the one instruction that asks for memory ahead of its use.
#ifndef COUNTERFOIL_CVECTOR_H
#define COUNTERFOIL_CVECTOR_H

/// Decodes base64 in whole groups of four from the first on, as long as a block of 32 or 64 holds letters, digits and the
/// two other characters of the alphabet only. Returns how many characters were taken: a multiple of 4, and 0 where the
/// processor lacks AVX2. With AVX-512 VBMI that is all of them where all are in order, else with AVX2 a multiple of 32.
///
/// Three quarters of them are written to `output`, and up to 8 bytes behind that are scribbled over: it needs room for
/// 3/4 of `count` and 8 more.
unsigned long counterfoil_base64_blocks(const unsigned char *input, unsigned long count, unsigned char *output,
                                        unsigned char last_but_one, unsigned char last);

/// The same in blocks of 32 only, as processors without AVX-512 take them.
unsigned long counterfoil_base64_blocks_of_32(const unsigned char *input, unsigned long count, unsigned char *output,
                                              unsigned char last_but_one, unsigned char last);

/// Which of 16 bytes do not stand for themselves in a JSON string, the first one's bit lowest: the quote, the backslash,
/// controls, what is not ASCII, and the delete character too where `deletes` is not 0.
static inline unsigned int counterfoil_string_marks(const unsigned char *bytes, int deletes) {
#if defined(__x86_64__)
    // Every processor of the architecture has these instructions.
    typedef signed char sixteen __attribute__((vector_size(16)));
    typedef char marks __attribute__((vector_size(16)));
    sixteen text;
    __builtin_memcpy(&text, bytes, 16);
    // Signed: what is not ASCII counts as below the space.
    sixteen found = (sixteen)(text < 0x20) | (sixteen)(text == '"') | (sixteen)(text == '\\');
    if (deletes) found |= (sixteen)(text == 0x7F);
    return (unsigned int)__builtin_ia32_pmovmskb128((marks)found);
#else
    unsigned int found = 0;
    for (int place = 0; place < 16; place++) {
        unsigned char byte = bytes[place];
        int is_special = byte < 0x20 || byte >= 0x80 || byte == '"' || byte == '\\' || (deletes && byte == 0x7F);
        found |= (unsigned int)is_special << place;
    }
    return found;
#endif
}

/// How many of `count` bytes, in whole blocks from the first on, stand for themselves in a JSON string: none of them is
/// marked by `counterfoil_string_marks`. 0 where the processor has no vectors of 32 bytes.
unsigned long counterfoil_plain_run(const unsigned char *bytes, unsigned long count, int deletes);

/// The same in blocks of 32 only.
unsigned long counterfoil_plain_run_of_32(const unsigned char *bytes, unsigned long count, int deletes);

/// Copies `count` bytes, and returns 1 where each of them stands for itself in a JSON string, the delete character not
/// counted among them; where it returns 0, what lies at `to` is of no use.
static inline int counterfoil_copy_plain(const unsigned char *from, unsigned long count, unsigned char *to) {
    if (count >= 16) {
        unsigned long taken = 0;
        if (count >= 256) {
            taken = counterfoil_plain_run(from, count, 1);
            __builtin_memcpy(to, from, taken);
        }
        for (; count - taken >= 16; taken += 16) {
            if (counterfoil_string_marks(from + taken, 1)) return 0;
            __builtin_memcpy(to + taken, from + taken, 16);
        }
        // The last sixteen again, whatever of them was looked at before.
        __builtin_memcpy(to + count - 16, from + count - 16, 16);
        return counterfoil_string_marks(from + count - 16, 1) == 0;
    }
    // Fewer: the first and the last ones side by side, which meet or overlap.
    unsigned char both[16] = "                ";
    if (count >= 8) {
        __builtin_memcpy(both, from, 8);
        __builtin_memcpy(both + 8, from + count - 8, 8);
        __builtin_memcpy(to, both, 8);
        __builtin_memcpy(to + count - 8, both + 8, 8);
    } else if (count >= 4) {
        __builtin_memcpy(both, from, 4);
        __builtin_memcpy(both + 4, from + count - 4, 4);
        __builtin_memcpy(to, both, 4);
        __builtin_memcpy(to + count - 4, both + 4, 4);
    } else if (count > 0) {
        to[0] = both[0] = from[0];
        to[count / 2] = both[1] = from[count / 2];
        to[count - 1] = both[2] = from[count - 1];
    }
    return counterfoil_string_marks(both, 1) == 0;
}

/// Has the processor bring near the 128 bytes from `address` on; of what is no address, nothing comes.
static inline void counterfoil_fetch(const void *address) {
    __builtin_prefetch(address);
    __builtin_prefetch((const char *)address + 64);
}

#endif
