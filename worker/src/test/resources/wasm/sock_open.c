__attribute__((import_module("wasi_snapshot_preview1"), import_name("sock_open"))) int sock_open(int, int, int);
int main(void) { return sock_open(1, 2, 3); }
