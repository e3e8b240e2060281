// The calls of Linux that the Swift Glibc module leaves out, because glibc shows them to GNU sources only.
// It declares them itself and includes as little as it can: a header that Glibc has too would give its types two homes.
#ifndef COUNTERFOIL_CLINUX_SHIM_H
#define COUNTERFOIL_CLINUX_SHIM_H

#include <errno.h>
#include <sys/vfs.h>

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned int flags);
int renameat(int from_folder, const char *from, int to_folder, const char *to);
int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags);
int unlinkat(int folder, const char *name, int flags);
int syncfs(int descriptor);
int prctl(int operation, ...);

/// Constants of <fcntl.h> for GNU sources; the same on every architecture Swift runs on.
enum {
    counterfoil_o_path = 010000000,
    counterfoil_ofd_getlk = 36,
    counterfoil_ofd_setlk = 37,
};

/// Renames without ever replacing a file. Where the file system lacks the flag: link, then unlink, which cannot replace either.
/// A folder cannot be linked; renaming one replaces an empty folder at most, and the slash makes sure that it is a folder.
static inline int counterfoil_rename_new(int from_folder, const char *from, int to_folder, const char *to) {
    if (renameat2(from_folder, from, to_folder, to, 1 /* RENAME_NOREPLACE */) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    if (linkat(from_folder, from, to_folder, to, 0) == 0)
        return unlinkat(from_folder, from, 0);
    unsigned long length = __builtin_strlen(from);
    char folder[257];
    if (errno != EPERM || length > 255)
        return -1;
    __builtin_memcpy(folder, from, length);
    __builtin_memcpy(folder + length, "/", 2);
    if (renameat(from_folder, folder, to_folder, to) == 0)
        return 0;
    if (errno == ENOTEMPTY)
        errno = EEXIST;
    else if (errno == ENOTDIR)
        errno = EPERM;
    return -1;
}

/// Denies other processes of the same user this one's memory, and the disk its core dumps (PR_SET_DUMPABLE).
static inline int counterfoil_set_undumpable(void) {
    return prctl(4 /* PR_SET_DUMPABLE */, 0UL, 0UL, 0UL, 0UL);
}

/// The kind of file system (statfs f_type) that holds a descriptor, or -1.
static inline long counterfoil_file_system_magic(int descriptor) {
    struct statfs system;
    return fstatfs(descriptor, &system) == 0 ? (long)system.f_type : -1;
}

#endif
