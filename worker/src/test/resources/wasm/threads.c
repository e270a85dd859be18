// Wants a memory that threads share.
void _start(void) {}
