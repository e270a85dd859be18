// Two square matrices of doubles, multiplied in the order that walks rows: loads and stores.
#include <stdio.h>
#include <stdlib.h>

#define MOST 512

static double a[MOST][MOST], b[MOST][MOST], c[MOST][MOST];

int main(int argc, char **argv) {
    int rounds = argc > 1 ? atoi(argv[1]) : 5;
    for (int i = 0; i < MOST; i++) {
        for (int j = 0; j < MOST; j++) {
            a[i][j] = (i * 31 + j * 17) % 101 / 101.0;
            b[i][j] = (i * 13 + j * 29) % 103 / 103.0;
        }
    }
    for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < MOST; i++) {
            for (int k = 0; k < MOST; k++) {
                double factor = a[i][k];
                for (int j = 0; j < MOST; j++) {
                    c[i][j] += factor * b[k][j];
                }
            }
        }
    }
    double trace = 0;
    for (int i = 0; i < MOST; i++) {
        trace += c[i][i];
    }
    printf("%.6f\n", trace);
    return 0;
}
