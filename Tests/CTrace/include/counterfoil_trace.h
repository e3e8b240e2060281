// Starts a program so that the thread that started it is told before every call of the program that can change a file,
// and can let it happen, answer in its place, or end the program there. For tests only; Linux on x86-64 and arm64.
// It includes nothing: a header that Glibc has too would give its types two homes.
#ifndef COUNTERFOIL_TRACE_H
#define COUNTERFOIL_TRACE_H

/// A call that is about to be made.
struct counterfoil_call {
    long number;
    unsigned long arguments[6];
};

enum {
    counterfoil_o_creat = 0100,
    /// _IOR('X', 125, __u32): ends all writing to a file system at once (EXT4_IOC_SHUTDOWN).
    counterfoil_shutdown_request = 0x8004587d,
    /// Without writing the journal: what a power cut leaves.
    counterfoil_shutdown_no_log_flush = 2,
    counterfoil_loop_size = 0x4c07,
};

/// What a call of this number is called, or null for one that is not watched.
const char *counterfoil_call_name_of(long number);

/// Starts a program in a folder, its messages going to a file; it waits, and is ended should this process end.
/// Returns its process id, or -1. Only the calling thread may trace it.
int counterfoil_trace_start(
    const char *folder, char *const arguments[], char *const environment[], const char *errors
);

/// Lets a stopped thread go on, with a signal if not 0.
void counterfoil_trace_go(int thread, int signal);

/// Waits for any thread this thread traces; its id, or -1 when there is none any more.
int counterfoil_trace_wait(int *status);

/// True for a stop before a watched call.
int counterfoil_is_call(int status);

/// Reads the call a thread is about to make; 0 where that can be told.
int counterfoil_trace_call(int thread, struct counterfoil_call *call);

/// Keeps the call from being made: the thread sees it return `value`, a negative errno for a failure.
int counterfoil_trace_answer(int thread, long value);

/// Lets a call that writes write only `count` bytes, which it returns; of one that writes pieces those at `bytes`.
int counterfoil_trace_shorten(int thread, const struct counterfoil_call *call, unsigned long bytes, unsigned long count);

#endif
