// Does what the first word of its standard input says; copies an input that asks for nothing special.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__attribute__((import_module("wasi_snapshot_preview1"), import_name("sock_accept")))
int sock_accept(int socket, int flags, int *accepted);

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

int main(void) {
    static char text[1 << 16];
    size_t length = fread(text, 1, sizeof text - 1, stdin);
    if (!strncmp(text, "exit", 4)) {
        fputs("going now", stderr);
        return 3;
    } else if (!strncmp(text, "trap", 4)) {
        __builtin_trap();
    } else if (!strncmp(text, "loop", 4)) {
        for (volatile int i = 0;; i++) {
        }
    } else if (!strncmp(text, "recurse", 7)) {
        return recurse(1);
    } else if (!strncmp(text, "eat", 3)) {
        return eat();
    } else if (!strncmp(text, "print", 5)) {
        for (;;) {
            puts("and another line, and another one, and yet another one after that");
        }
    } else if (!strncmp(text, "passwd", 6)) {
        FILE *file = fopen("/etc/passwd", "r");
        if (!file) {
            return 8;
        }
        length = fread(text, 1, sizeof text, file);
    } else if (!strncmp(text, "socket", 6)) {
        int accepted;
        return sock_accept(3, 0, &accepted);
    }
    fwrite(text, 1, length, stdout);
    return 0;
}
