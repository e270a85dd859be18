package io.flockwork.sdk.client;

/** What the grid refused, or why it could not be asked; the message is one sentence for a person. */
public final class GridException extends RuntimeException {
    /** What kind of trouble it is. */
    public enum Kind {
        /** The request itself is wrong; asking again changes nothing. */
        BAD_REQUEST,
        /** There is no such thing. */
        NOT_FOUND,
        /** No core of the grid could be reached, or none answered; asking again may help. */
        UNREACHABLE
    }

    private final Kind kind;

    public GridException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** What kind of trouble it is. */
    public Kind kind() {
        return kind;
    }
}
