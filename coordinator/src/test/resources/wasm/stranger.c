// Imports what no unit gets.
__attribute__((import_module("env"), import_name("launch"))) int launch(int missiles);

void _start(void) { launch(1); }
