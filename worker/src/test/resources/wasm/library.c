// Has no _start.
__attribute__((export_name("twice"))) int twice(int number) { return 2 * number; }
