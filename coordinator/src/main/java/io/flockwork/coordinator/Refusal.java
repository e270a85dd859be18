package io.flockwork.coordinator;

/** A request that is answered with an error: a status of HTTP and one sentence for a person. */
final class Refusal extends RuntimeException {
    private final int status;

    Refusal(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
