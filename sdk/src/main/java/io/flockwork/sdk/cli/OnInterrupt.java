package io.flockwork.sdk.cli;

/** Does something when the process is told to end before this is closed. */
public final class OnInterrupt implements AutoCloseable {
    private final Thread hook;

    /** @param action runs on a thread of its own while the process ends */
    public OnInterrupt(Runnable action) {
        hook = new Thread(action, "on-interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The process was told to end just now: the hook runs already, as it should.
            return;
        }
    }
}
