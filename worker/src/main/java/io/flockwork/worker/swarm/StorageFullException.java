package io.flockwork.worker.swarm;

import java.io.IOException;

/** This node keeps no more for others, at least for now. */
public final class StorageFullException extends IOException {
    private static final long serialVersionUID = 1;

    /** @param message one sentence for a person */
    public StorageFullException(String message) {
        super(message);
    }
}
