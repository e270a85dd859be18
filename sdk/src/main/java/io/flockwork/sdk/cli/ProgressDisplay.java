package io.flockwork.sdk.cli;

import io.flockwork.sdk.model.JobProgress;
import java.time.Clock;

/** Shows how far a job is. Called by one thread at a time; closing twice does nothing. */
public interface ProgressDisplay extends AutoCloseable {
    /** How far the job is now. */
    void show(JobProgress progress);

    @Override
    void close();

    /** A bar on a terminal, plain lines elsewhere. */
    static ProgressDisplay forPeople(Console console) {
        return console.terminal()
                ? new ProgressBarDisplay(console.err())
                : new PlainProgress(console.err(), Clock.systemUTC());
    }
}
