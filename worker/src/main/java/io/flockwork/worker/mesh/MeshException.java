package io.flockwork.worker.mesh;

/** The mesh cannot be joined, or no longer answers; the message is one sentence for a person. */
public final class MeshException extends IllegalStateException {
    MeshException(String message) {
        super(message);
    }

    MeshException(String message, Throwable cause) {
        super(message, cause);
    }
}
