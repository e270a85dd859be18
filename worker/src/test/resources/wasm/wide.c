// Starts with a memory of 2 MiB.
void _start(void) {}
