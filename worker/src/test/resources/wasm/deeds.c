// One module for the runner's tests: its first argument says what to do.
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

__attribute__((import_module("wasi_snapshot_preview1"), import_name("sock_accept")))
int sock_accept(int socket, int flags, int *accepted);

__attribute__((import_module("wasi_snapshot_preview1"), import_name("random_get")))
int random_get(void *buffer, size_t length);

static void copy(FILE *in) {
    static char buffer[65536];
    for (size_t got; (got = fread(buffer, 1, sizeof buffer, in)) > 0;) {
        fwrite(buffer, 1, got, stdout);
    }
}

volatile int bottom = 0;

__attribute__((noinline)) static int recurse(int depth) {
    return depth == bottom ? 0 : recurse(depth + 1) * 3 + depth;
}

static int eat(void) {
    for (void **last = NULL;;) {
        void **bytes = malloc(1 << 20);
        if (!bytes) {
            return last ? 4 : 9;
        }
        *bytes = last;
        last = bytes;
    }
}

static int files(const char *name) {
    FILE *input = fopen(name, "r");
    if (!input) {
        return 5;
    }
    copy(input);
    fclose(input);
    FILE *note = fopen("/note", "w+");
    fputs("kept for a while\n", note);
    rewind(note);
    copy(note);
    return fclose(note);
}

static int fill_disk(void) {
    FILE *file = fopen("/big", "w");
    static char block[65536];
    memset(block, 'x', sizeof block);
    for (long blocks = 0;; blocks++) {
        if (fwrite(block, 1, sizeof block, file) < sizeof block) {
            return blocks > 0 ? 6 : 7;
        }
    }
}

static void clocks(void) {
    struct timespec wall, steady;
    clock_gettime(CLOCK_REALTIME, &wall);
    clock_gettime(CLOCK_MONOTONIC, &steady);
    sleep(3600);
    time_t hour_later = time(NULL);
    printf("%lld.%09ld %lld.%09ld %lld\n", (long long)wall.tv_sec, wall.tv_nsec, (long long)steady.tv_sec,
           steady.tv_nsec, (long long)(hour_later - wall.tv_sec));
    while (time(NULL) < hour_later + 2) {
    }
}

int main(int argc, char **argv) {
    const char *deed = argc > 1 ? argv[1] : "copy";
    if (!strcmp(deed, "copy")) {
        copy(stdin);
    } else if (!strcmp(deed, "arguments")) {
        for (int i = 0; i < argc; i++) {
            puts(argv[i]);
        }
    } else if (!strcmp(deed, "exit")) {
        fputs("going now", stderr);
        return 3;
    } else if (!strcmp(deed, "trap")) {
        __builtin_trap();
    } else if (!strcmp(deed, "wild")) {
        *(volatile int *)0x7ffffff0 = 1;
    } else if (!strcmp(deed, "loop")) {
        for (volatile int i = 0;; i++) {
        }
    } else if (!strcmp(deed, "recurse")) {
        return recurse(1);
    } else if (!strcmp(deed, "eat")) {
        return eat();
    } else if (!strcmp(deed, "print")) {
        for (;;) {
            puts("and another line, and another one, and yet another one after that");
        }
    } else if (!strcmp(deed, "passwd")) {
        FILE *file = fopen("/etc/passwd", "r");
        if (!file) {
            fprintf(stderr, "%s", strerror(errno));
            return 8;
        }
        copy(file);
    } else if (!strcmp(deed, "socket")) {
        int accepted;
        return sock_accept(3, 0, &accepted);
    } else if (!strcmp(deed, "gulp")) {
        static char mouth[16];
        return read(0, mouth, 2000000000) < 0 ? errno : 0;
    } else if (!strcmp(deed, "random")) {
        uint64_t numbers[2];
        random_get(numbers, sizeof numbers);
        printf("%016llx%016llx\n", (unsigned long long)numbers[0], (unsigned long long)numbers[1]);
    } else if (!strcmp(deed, "clocks")) {
        clocks();
    } else if (!strcmp(deed, "files")) {
        return files(argv[2]);
    } else if (!strcmp(deed, "fill")) {
        return fill_disk();
    } else if (!strcmp(deed, "complain")) {
        for (int i = 0; i < 10000; i++) {
            fputs("0123456789", stderr);
        }
    }
    return 0;
}
