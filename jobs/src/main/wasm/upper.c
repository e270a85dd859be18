/* Copies standard input to standard output with the letters a to z made capital; other bytes stay as they are. */
#include <stdio.h>

int main(void) {
    for (int c = getchar(); c != EOF; c = getchar()) {
        putchar(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    }
    return ferror(stdin) || fflush(stdout) != 0 ? 1 : 0;
}
