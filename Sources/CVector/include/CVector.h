// The two loops over long texts that Swift cannot write with vector instructions: the compiler takes wide vectors apart
// unless the whole program is built for newer processors. Both only run ahead of the readers in Encoding: they take what
// is plainly in order, stop at the first doubt, and leave every judgement and every error to those.
//
// Where the processor lacks AVX2 they take nothing.
#ifndef COUNTERFOIL_CVECTOR_H
#define COUNTERFOIL_CVECTOR_H

/// Decodes base64 in blocks of 32 characters from the first on, as long as a block holds letters, digits and the two
/// other characters of the alphabet only. Returns how many characters were taken: a multiple of 32.
///
/// Three quarters of them are written to `output`, and up to 8 bytes behind that are scribbled over: it needs room for
/// 3/4 of `count` and 8 more.
unsigned long counterfoil_base64_blocks(const unsigned char *input, unsigned long count, unsigned char *output,
                                        unsigned char last_but_one, unsigned char last);

/// How many bytes at the front, looked at in blocks of 32, are printable ASCII other than the quote and the backslash.
/// Where all of the blocks are, the bytes behind the last whole block are not counted.
unsigned long counterfoil_plain_run(const unsigned char *text, unsigned long count);

#endif
