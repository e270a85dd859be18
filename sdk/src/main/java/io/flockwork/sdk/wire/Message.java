package io.flockwork.sdk.wire;

/** Anything that crosses a WebSocket, one message a binary frame. */
public sealed interface Message permits ClientMessage, WorkerMessage, RevokedNodes {
    /** Version of the whole family; a core refuses others with a sentence. */
    int PROTOCOL = 6;

    /** Largest message, bytes. A batch of leases or reports is cut to stay below it. */
    int MAX_BYTES = 16 << 20;
}
