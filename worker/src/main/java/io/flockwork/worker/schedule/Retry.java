package io.flockwork.worker.schedule;

/** What becomes of a unit after a failed try. */
public enum Retry {
    /** It is wanted again, by other workers first. */
    TRY_AGAIN,
    /** It failed all its tries; the caller ends it with {@link Schedule#settled}. */
    GIVEN_UP,
    /** The worker did not have this unit; nothing changed. */
    IGNORED
}
