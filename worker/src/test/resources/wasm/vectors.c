// Uses SIMD: adds four numbers at once, and traps unless that is right.
#include <wasm_simd128.h>

int numbers[4] = {1, 2, 3, 4};

void _start(void) {
    v128_t sum = wasm_i32x4_add(wasm_v128_load(numbers), wasm_i32x4_splat(10));
    if (wasm_i32x4_extract_lane(sum, 3) != 14) {
        __builtin_trap();
    }
}
