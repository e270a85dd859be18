package io.flockwork.worker.runtime;

/** A unit gave no result; the message is the cause, one line for a person. Unchecked, for it passes through an engine. */
final class UnitFailure extends RuntimeException {
    UnitFailure(String cause) {
        super(cause, null, false, false);
    }
}
