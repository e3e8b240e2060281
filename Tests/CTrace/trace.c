#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include "counterfoil_trace.h"

/// What the numbers of calls are called; those of one architecture only are left out where it lacks them.
static const struct {
    int number;
    const char *name;
} call_names[] = {
    {SYS_openat, "openat"}, {SYS_write, "write"}, {SYS_pwrite64, "pwrite64"}, {SYS_writev, "writev"},
    {SYS_pwritev, "pwritev"}, {SYS_renameat2, "renameat2"}, {SYS_renameat, "renameat"}, {SYS_linkat, "linkat"},
    {SYS_unlinkat, "unlinkat"}, {SYS_mkdirat, "mkdirat"}, {SYS_symlinkat, "symlinkat"}, {SYS_ftruncate, "ftruncate"},
    {SYS_fallocate, "fallocate"}, {SYS_fsync, "fsync"}, {SYS_fdatasync, "fdatasync"}, {SYS_syncfs, "syncfs"},
    {SYS_fchmod, "fchmod"}, {SYS_fchmodat, "fchmodat"}, {SYS_fchown, "fchown"}, {SYS_fchownat, "fchownat"},
    {SYS_copy_file_range, "copy_file_range"}, {SYS_sendfile, "sendfile"}, {SYS_io_uring_enter, "io_uring_enter"},
#ifdef SYS_open
    {SYS_open, "open"}, {SYS_rename, "rename"}, {SYS_unlink, "unlink"}, {SYS_mkdir, "mkdir"}, {SYS_rmdir, "rmdir"},
    {SYS_link, "link"}, {SYS_symlink, "symlink"}, {SYS_chmod, "chmod"}, {SYS_chown, "chown"},
#endif
};

enum { call_name_count = sizeof call_names / sizeof call_names[0] };

_Static_assert(counterfoil_o_creat == O_CREAT, "O_CREAT");

/// What a call of this number is called, or null for one that is not watched.
const char *counterfoil_call_name_of(long number) {
    for (int i = 0; i < call_name_count; i++)
        if (call_names[i].number == number)
            return call_names[i].name;
    return 0;
}

/// In the child: every watched call stops for whoever traces us.
static int watch_calls(void) {
    struct sock_filter program[call_name_count + 3];
    int length = 0;
    program[length++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (int i = 0; i < call_name_count; i++) {
        unsigned char left = (unsigned char)(call_name_count - i);
        program[length++] =
            (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)call_names[i].number, left, 0);
    }
    program[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    program[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
    struct sock_fprog filter = {(unsigned short)length, program};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return -1;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
}

/// Starts a program in a folder, its messages going to a file; it waits, and is ended should this process end.
/// Returns its process id, or -1. Only the calling thread may trace it.
int counterfoil_trace_start(
    const char *folder, char *const arguments[], char *const environment[], const char *errors
) {
    pid_t process = fork();
    if (process != 0) {
        int status;
        if (process < 0 || waitpid(process, &status, __WALL) != process || !WIFSTOPPED(status))
            return -1;
        long options = PTRACE_O_TRACESECCOMP | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK
            | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL;
        return ptrace(PTRACE_SETOPTIONS, process, 0, options) == 0 ? process : -1;
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, 0);
    for (int number = 1; number < 32; number++)
        signal(number, SIG_DFL);
    int input = open("/dev/null", O_RDWR);
    int messages = open(errors, O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (input < 0 || messages < 0 || chdir(folder) != 0)
        _exit(126);
    dup2(input, 0);
    dup2(input, 1);
    dup2(messages, 2);
    syscall(SYS_close_range, 3U, ~0U, 0U);
    if (ptrace(PTRACE_TRACEME, 0, 0, 0) != 0)
        _exit(126);
    raise(SIGSTOP);
    if (watch_calls() != 0)
        _exit(126);
    execve(arguments[0], arguments, environment);
    _exit(127);
}

/// Lets a stopped thread go on, with a signal if not 0.
void counterfoil_trace_go(int thread, int signal) { ptrace(PTRACE_CONT, thread, 0, (long)signal); }

/// Waits for any thread this thread traces; its id, or -1 when there is none any more.
int counterfoil_trace_wait(int *status) { return waitpid(-1, status, __WALL | __WNOTHREAD); }

/// True for a stop before a watched call.
int counterfoil_is_call(int status) { return status >> 8 == (SIGTRAP | PTRACE_EVENT_SECCOMP << 8); }

/// Reads the call a thread is about to make; 0 where that can be told.
int counterfoil_trace_call(int thread, struct counterfoil_call *call) {
    struct __ptrace_syscall_info info;
    if (ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) < 0 || info.op != PTRACE_SYSCALL_INFO_SECCOMP)
        return -1;
    call->number = (long)info.seccomp.nr;
    for (int i = 0; i < 6; i++)
        call->arguments[i] = (unsigned long)info.seccomp.args[i];
    return 0;
}

/// Keeps the call from being made: the thread sees it return `value`, a negative errno for a failure.
int counterfoil_trace_answer(int thread, long value) {
#if defined(__x86_64__)
    if (ptrace(PTRACE_POKEUSER, thread, offsetof(struct user, regs.orig_rax), -1L) != 0)
        return -1;
    return (int)ptrace(PTRACE_POKEUSER, thread, offsetof(struct user, regs.rax), value);
#elif defined(__aarch64__)
    int number = -1;
    struct iovec part = {&number, sizeof number};
    if (ptrace(PTRACE_SETREGSET, thread, NT_ARM_SYSTEM_CALL, &part) != 0)
        return -1;
    struct user_regs_struct registers;
    struct iovec all = {&registers, sizeof registers};
    if (ptrace(PTRACE_GETREGSET, thread, NT_PRSTATUS, &all) != 0)
        return -1;
    registers.regs[0] = (unsigned long)value;
    return (int)ptrace(PTRACE_SETREGSET, thread, NT_PRSTATUS, &all);
#else
#error "tests that trace know x86-64 and arm64"
#endif
}

/// Lets a call that writes write only `count` bytes, which it returns; of one that writes pieces those at `bytes`.
int counterfoil_trace_shorten(
    int thread, const struct counterfoil_call *call, unsigned long bytes, unsigned long count
) {
    int is_of_pieces = call->number == SYS_writev;
#if defined(__x86_64__)
    if (is_of_pieces) {
        if (ptrace(PTRACE_POKEUSER, thread, offsetof(struct user, regs.orig_rax), (long)SYS_write) != 0
            || ptrace(PTRACE_POKEUSER, thread, offsetof(struct user, regs.rsi), bytes) != 0)
            return -1;
    }
    return (int)ptrace(PTRACE_POKEUSER, thread, offsetof(struct user, regs.rdx), count);
#elif defined(__aarch64__)
    if (is_of_pieces) {
        int number = SYS_write;
        struct iovec part = {&number, sizeof number};
        if (ptrace(PTRACE_SETREGSET, thread, NT_ARM_SYSTEM_CALL, &part) != 0)
            return -1;
    }
    struct user_regs_struct registers;
    struct iovec all = {&registers, sizeof registers};
    if (ptrace(PTRACE_GETREGSET, thread, NT_PRSTATUS, &all) != 0)
        return -1;
    if (is_of_pieces)
        registers.regs[1] = bytes;
    registers.regs[2] = count;
    return (int)ptrace(PTRACE_SETREGSET, thread, NT_PRSTATUS, &all);
#endif
}
