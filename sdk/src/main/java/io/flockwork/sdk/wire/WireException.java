package io.flockwork.sdk.wire;

/** Bytes that are no message of this protocol; the message is one sentence. */
public final class WireException extends RuntimeException {
    public WireException(String message) {
        super(message);
    }

    WireException(String message, Throwable cause) {
        super(message, cause);
    }
}
