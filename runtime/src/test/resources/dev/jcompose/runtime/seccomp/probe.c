/* Installs the filter in the file argv[1], then makes the calls ABI:NUMBER:ARGUMENT... and prints their results. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct sock_filter filter[4096];

static long call_32(long nr, long a0, long a1, long a2) {
#ifdef __x86_64__
    long result = nr;
    __asm__ volatile("int $0x80" : "+a"(result) : "b"(a0), "c"(a1), "d"(a2) : "memory", "r8", "r9", "r10", "r11");
    return (int)result;
#else
    return -38;
#endif
}

int main(int argc, char **argv) {
    int file = open(argv[1], O_RDONLY);
    ssize_t bytes = read(file, filter, sizeof filter);
    struct sock_fprog program = {.len = bytes / sizeof filter[0], .filter = filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program)) {
        perror("seccomp");
        return 1;
    }
    for (int i = 2; i < argc; i++) {
        long v[5] = {0};
        char *next = argv[i];
        for (int n = 0; n < 5 && next; n++) {
            v[n] = strtoul(next, &next, 0);
            next = *next ? next + 1 : NULL;
        }
        long result = v[0] == 32 ? call_32(v[1], v[2], v[3], v[4]) : syscall(v[1], v[2], v[3], v[4], 0, 0, 0);
        if (v[0] != 32 && result == -1) {
            result = -errno;
        }
        printf("%s %ld\n", argv[i], result < 0 ? result : 0L);
    }
    return 0;
}
