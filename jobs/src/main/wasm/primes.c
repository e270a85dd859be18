/* Counts the primes of FROM..TO, TO not included: the last two arguments. Prints one line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEGMENT = 1 << 16 };

static unsigned char composite[SEGMENT];

static unsigned char *sieve_up_to(unsigned root) {
    unsigned char *crossed = calloc(root + 1, 1);
    if (crossed == NULL) {
        fprintf(stderr, "primes: not enough memory\n");
        exit(1);
    }
    for (unsigned p = 2; (unsigned long long)p * p <= root; p++) {
        if (!crossed[p]) {
            for (unsigned m = p * p; m <= root; m += p) {
                crossed[m] = 1;
            }
        }
    }
    return crossed;
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "primes: needs FROM and TO\n");
        return 2;
    }
    unsigned long long from = strtoull(argv[argc - 2], NULL, 10);
    unsigned long long to = strtoull(argv[argc - 1], NULL, 10);
    if (to > 1000000000000ULL) {
        fprintf(stderr, "primes: TO is beyond 10^12\n");
        return 2;
    }
    unsigned root = 1;
    while ((unsigned long long)(root + 1) * (root + 1) < to) {
        root++;
    }
    unsigned char *crossed = sieve_up_to(root);
    unsigned long long count = 0;
    if (from < 2) {
        from = 2;
    }
    for (unsigned long long low = from; low < to; low += SEGMENT) {
        unsigned length = to - low < SEGMENT ? (unsigned)(to - low) : SEGMENT;
        memset(composite, 0, length);
        for (unsigned p = 2; p <= root; p++) {
            if (crossed[p]) {
                continue;
            }
            unsigned long long first = (low + p - 1) / p * p;
            unsigned long long square = (unsigned long long)p * p;
            for (unsigned long long m = (first > square ? first : square) - low; m < length; m += p) {
                composite[m] = 1;
            }
        }
        for (unsigned i = 0; i < length; i++) {
            count += !composite[i];
        }
    }
    printf("%llu\n", count);
    return 0;
}
