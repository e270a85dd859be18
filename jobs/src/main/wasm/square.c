/* Prints a line "i i*i" for each i of FROM..TO, TO not included: the last two arguments. */
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "square: needs FROM and TO\n");
        return 2;
    }
    long long to = strtoll(argv[argc - 1], NULL, 10);
    for (long long i = strtoll(argv[argc - 2], NULL, 10); i < to; i++) {
        printf("%lld %lld\n", i, i * i);
    }
    return 0;
}
