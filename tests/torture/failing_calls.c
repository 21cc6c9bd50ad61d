/* A system whose n-th call of a kind fails: loaded before the C library, and told with `fail_plan` which call and how, or by the
 * environment: FAIL_UNDER, FAIL_KIND, FAIL_NUMBER, FAIL_HOW, FAIL_FOR_EVER.
 *
 * Only what lies in a folder counts, or one file. A call fails with an error's number, or comes short (SHORT), or is the last thing that the process
 * does (KILL). `fail_seen` tells how many calls of a kind there were.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OPEN, READ, WRITE, FSYNC, SYNC_FOLDER, CLOSE, RENAME, LINK, UNLINK, MKDIR, FLOCK, STAT, ACCESS, READDIR, TRUNCATE, KINDS };
enum { SHORT = 1000, KILL = 1001 };

static char under[PATH_MAX];
static int kind_to_fail = -1, how, for_ever;
static long nth, seen[KINDS];

void fail_plan(const char *folder, int kind, long number, int error, int always) {
    snprintf(under, sizeof under, "%s", folder);
    kind_to_fail = kind;
    nth = number;
    how = error;
    for_ever = always;
    memset(seen, 0, sizeof seen);
}

static int number_in(const char *name) {
    const char *found = getenv(name);
    return found ? atoi(found) : 0;
}

__attribute__((constructor)) static void plan_from_environment(void) {
    const char *folder = getenv("FAIL_UNDER");
    if (folder)
        fail_plan(folder, number_in("FAIL_KIND"), number_in("FAIL_NUMBER"), number_in("FAIL_HOW"), number_in("FAIL_FOR_EVER"));
}

long fail_seen(int kind) { return seen[kind]; }

static void *next_of(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (!found) abort();
    return found;
}

static int is_meant(int folder, const char *path) {
    char whole[PATH_MAX * 2 + 2], link[64], here[PATH_MAX];
    ssize_t size;
    static ssize_t (*real)(const char *, char *, size_t);
    if (!under[0]) return 0;
    if (path && path[0] == '/') return !strncmp(path, under, strlen(under));
    if (folder == AT_FDCWD) {
        if (!getcwd(here, sizeof here)) return 0;
    } else {
        if (!real) real = next_of("readlink");
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        size = real(link, here, sizeof here - 1);
        if (size < 0) return 0;
        here[size] = 0;
    }
    snprintf(whole, sizeof whole, "%s/%s", here, path ? path : "");
    return !strncmp(whole, under, strlen(under));
}

/* Tell whether a call fails: 0, or -1 with errno set; SHORT comes back as itself. */
static int fails(int kind, int folder, const char *path) {
    int before = errno, is_the_one;
    if (!under[0] || !is_meant(folder, path)) {
        errno = before;
        return 0;
    }
    seen[kind]++;
    is_the_one = kind == kind_to_fail && (seen[kind] == nth || (for_ever && seen[kind] > nth));
    errno = before;
    if (!is_the_one) return 0;
    if (how == KILL) kill(getpid(), SIGKILL);
    if (how == SHORT) return SHORT;
    errno = how;
    return -1;
}

#define OPENS(name)                                                     \
    int name(const char *path, int flags, ...) {                        \
        static int (*real)(const char *, int, mode_t);                  \
        va_list rest;                                                   \
        mode_t mode;                                                    \
        va_start(rest, flags);                                          \
        mode = va_arg(rest, mode_t);                                    \
        va_end(rest);                                                   \
        if (!real) real = next_of(#name);                               \
        return fails(OPEN, AT_FDCWD, path) < 0 ? -1 : real(path, flags, mode); \
    }
OPENS(open)
OPENS(open64)

#define OPENS_AT(name)                                                  \
    int name(int folder, const char *path, int flags, ...) {            \
        static int (*real)(int, const char *, int, mode_t);             \
        va_list rest;                                                   \
        mode_t mode;                                                    \
        va_start(rest, flags);                                          \
        mode = va_arg(rest, mode_t);                                    \
        va_end(rest);                                                   \
        if (!real) real = next_of(#name);                               \
        return fails(OPEN, folder, path) < 0 ? -1 : real(folder, path, flags, mode); \
    }
OPENS_AT(openat)
OPENS_AT(openat64)

ssize_t read(int handle, void *data, size_t size) {
    static ssize_t (*real)(int, void *, size_t);
    int failed = fails(READ, handle, NULL);
    if (!real) real = next_of("read");
    return failed < 0 ? -1 : real(handle, data, failed == SHORT && size > 1 ? (size > 64 ? 7 : 1) : size);
}

ssize_t write(int handle, const void *data, size_t size) {
    static ssize_t (*real)(int, const void *, size_t);
    int failed = fails(WRITE, handle, NULL);
    if (!real) real = next_of("write");
    return failed < 0 ? -1 : real(handle, data, failed == SHORT && size > 1 ? size / 2 : size);
}

#define OF_HANDLE(name, kind)                                           \
    int name(int handle) {                                              \
        static int (*real)(int);                                        \
        if (!real) real = next_of(#name);                               \
        return fails(kind, handle, NULL) < 0 ? -1 : real(handle);       \
    }
OF_HANDLE(fdatasync, FSYNC)

int fsync(int handle) {
    static int (*real)(int), (*look)(int, struct stat *);
    struct stat told;
    if (!real) real = next_of("fsync");
    if (!look) look = next_of("fstat");
    return fails(!look(handle, &told) && S_ISDIR(told.st_mode) ? SYNC_FOLDER : FSYNC, handle, NULL) < 0 ? -1 : real(handle);
}

/* A close that fails has closed all the same. */
int close(int handle) {
    static int (*real)(int);
    int failed = fails(CLOSE, handle, NULL), error = errno, left;
    if (!real) real = next_of("close");
    left = real(handle);
    if (failed < 0) errno = error;
    return failed < 0 ? -1 : left;
}

int flock(int handle, int wanted) {
    static int (*real)(int, int);
    if (!real) real = next_of("flock");
    return fails(FLOCK, handle, NULL) < 0 ? -1 : real(handle, wanted);
}

#define OF_PATH(name, kind, parameters, given)                          \
    int name parameters {                                               \
        static int (*real) parameters;                                  \
        if (!real) real = next_of(#name);                               \
        return fails(kind, AT_FDCWD, path) < 0 ? -1 : real given;       \
    }
OF_PATH(rename, RENAME, (const char *path, const char *to), (path, to))
OF_PATH(link, LINK, (const char *path, const char *to), (path, to))
OF_PATH(symlink, LINK, (const char *to, const char *path), (to, path))
OF_PATH(unlink, UNLINK, (const char *path), (path))
OF_PATH(rmdir, UNLINK, (const char *path), (path))
OF_PATH(mkdir, MKDIR, (const char *path, mode_t mode), (path, mode))
OF_PATH(access, ACCESS, (const char *path, int mode), (path, mode))
OF_PATH(stat, STAT, (const char *path, struct stat *told), (path, told))
OF_PATH(lstat, STAT, (const char *path, struct stat *told), (path, told))
OF_PATH(stat64, STAT, (const char *path, struct stat64 *told), (path, told))
OF_PATH(lstat64, STAT, (const char *path, struct stat64 *told), (path, told))
OF_PATH(truncate, TRUNCATE, (const char *path, off_t size), (path, size))
OF_PATH(truncate64, TRUNCATE, (const char *path, off64_t size), (path, size))

ssize_t readlink(const char *path, char *data, size_t size) {
    static ssize_t (*real)(const char *, char *, size_t);
    if (!real) real = next_of("readlink");
    return fails(STAT, AT_FDCWD, path) < 0 ? -1 : real(path, data, size);
}

#define AT_FOLDER(name, kind, parameters, given)                        \
    int name parameters {                                               \
        static int (*real) parameters;                                  \
        if (!real) real = next_of(#name);                               \
        return fails(kind, folder, path) < 0 ? -1 : real given;         \
    }
AT_FOLDER(renameat, RENAME, (int folder, const char *path, int other, const char *to), (folder, path, other, to))
AT_FOLDER(linkat, LINK, (int folder, const char *path, int other, const char *to, int flags), (folder, path, other, to, flags))
AT_FOLDER(unlinkat, UNLINK, (int folder, const char *path, int flags), (folder, path, flags))
AT_FOLDER(mkdirat, MKDIR, (int folder, const char *path, mode_t mode), (folder, path, mode))
AT_FOLDER(faccessat, ACCESS, (int folder, const char *path, int mode, int flags), (folder, path, mode, flags))
AT_FOLDER(fstatat, STAT, (int folder, const char *path, struct stat *told, int flags), (folder, path, told, flags))
AT_FOLDER(fstatat64, STAT, (int folder, const char *path, struct stat64 *told, int flags), (folder, path, told, flags))

#define OF_OPEN(name, kind, parameters, given)                          \
    int name parameters {                                               \
        static int (*real) parameters;                                  \
        if (!real) real = next_of(#name);                               \
        return fails(kind, handle, NULL) < 0 ? -1 : real given;         \
    }
OF_OPEN(fstat, STAT, (int handle, struct stat *told), (handle, told))
OF_OPEN(fstat64, STAT, (int handle, struct stat64 *told), (handle, told))
OF_OPEN(ftruncate, TRUNCATE, (int handle, off_t size), (handle, size))
OF_OPEN(ftruncate64, TRUNCATE, (int handle, off64_t size), (handle, size))

DIR *opendir(const char *path) {
    static DIR *(*real)(const char *);
    if (!real) real = next_of("opendir");
    return fails(READDIR, AT_FDCWD, path) < 0 ? NULL : real(path);
}

#define READS_FOLDER(name, entry)                                       \
    struct entry *name(DIR *folder) {                                   \
        static struct entry *(*real)(DIR *);                            \
        if (!real) real = next_of(#name);                               \
        return fails(READDIR, dirfd(folder), NULL) < 0 ? NULL : real(folder); \
    }
READS_FOLDER(readdir, dirent)
READS_FOLDER(readdir64, dirent64)
