/* A disk that knows less than ours: loaded before the C library, it refuses what the environment names, with an error's number.
 *
 * NO_FOLDER_SYNC: a folder is synced.  NO_LOCKS: a file is locked.
 * UNREADABLE: a file with UNREADABLE_NAME in its path is opened to be read; ONCE: the first time alone.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static int refuses(const char *what) {
    const char *number = getenv(what);
    if (!number) return 0;
    errno = atoi(number);
    return 1;
}

int fsync(int handle) {
    static int (*real)(int);
    struct stat told;
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    if (!fstat(handle, &told) && S_ISDIR(told.st_mode) && refuses("NO_FOLDER_SYNC")) return -1;
    return real(handle);
}

int flock(int handle, int how) {
    static int (*real)(int, int);
    if (!real) real = (int (*)(int, int))dlsym(RTLD_NEXT, "flock");
    if (refuses("NO_LOCKS")) return -1;
    return real(handle, how);
}

static int is_refused(const char *path, int flags) {
    static int times;
    const char *name = getenv("UNREADABLE_NAME");
    if (!name || !strstr(path, name) || (flags & O_ACCMODE) != O_RDONLY) return 0;
    if (getenv("ONCE") && times++) return 0;
    return refuses("UNREADABLE");
}

#define OPENS(call)                                                                     \
    int call(const char *path, int flags, ...) {                                        \
        static int (*real)(const char *, int, mode_t);                                  \
        va_list rest;                                                                   \
        mode_t mode;                                                                    \
        va_start(rest, flags);                                                          \
        mode = va_arg(rest, mode_t);                                                    \
        va_end(rest);                                                                   \
        if (!real) real = (int (*)(const char *, int, mode_t))dlsym(RTLD_NEXT, #call);  \
        if (is_refused(path, flags)) return -1;                                         \
        return real(path, flags, mode);                                                 \
    }

OPENS(open)
OPENS(open64)
