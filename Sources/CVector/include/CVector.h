// The loops over texts that Swift cannot write with vector instructions: its compiler takes wide vectors apart. They only
// run ahead of the readers in Encoding: they pass over what is plainly in order, stop at the first doubt, and leave every
// judgement and every error to those. And the one instruction that asks for memory ahead of its use.
#ifndef COUNTERFOIL_CVECTOR_H
#define COUNTERFOIL_CVECTOR_H

/// Decodes base64 in blocks of 32 characters from the first on, as long as a block holds letters, digits and the two
/// other characters of the alphabet only. Returns how many characters were taken: a multiple of 32, and 0 where the
/// processor lacks AVX2.
///
/// Three quarters of them are written to `output`, and up to 8 bytes behind that are scribbled over: it needs room for
/// 3/4 of `count` and 8 more.
unsigned long counterfoil_base64_blocks(const unsigned char *input, unsigned long count, unsigned char *output,
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

/// Has the processor bring near the 128 bytes from `address` on; of what is no address, nothing comes.
static inline void counterfoil_fetch(const void *address) {
    __builtin_prefetch(address);
    __builtin_prefetch((const char *)address + 64);
}

#endif
