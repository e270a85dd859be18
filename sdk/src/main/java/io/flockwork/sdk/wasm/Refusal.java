package io.flockwork.sdk.wasm;

/** The sentences in which a module is refused. */
final class Refusal {
    private Refusal() {}

    static IllegalArgumentException because(String sentence) {
        return new IllegalArgumentException(sentence);
    }

    static IllegalArgumentException damaged(String what) {
        return new IllegalArgumentException("the module is damaged or of an unknown kind: " + what);
    }

    /** For a part of WebAssembly that units do not have. */
    static IllegalArgumentException wants(String what) {
        return new IllegalArgumentException("the module wants " + what + ", which units do not have");
    }

    static IllegalArgumentException moreMemories() {
        return new IllegalArgumentException("the module must have one memory, not more");
    }
}
