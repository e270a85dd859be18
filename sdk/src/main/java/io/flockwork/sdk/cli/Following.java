package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.client.JobResult;
import java.io.IOException;
import java.util.concurrent.CompletionException;

/** Stays with a job until it has ended. */
final class Following {
    private Following() {}

    /** What is to be done while the job goes on, and takes until it has ended. */
    @FunctionalInterface
    interface Meanwhile {
        void run() throws IOException;
    }

    /** Shows the job's progress; on Ctrl-C says that the job goes on, and how to find it again. */
    static JobResult toEnd(JobHandle job, ProgressDisplay display, Console console) throws IOException {
        return toEnd(job, display, console, "flockwork watch " + job.id(), () -> {});
    }

    /** @param again the command that finds it again */
    static JobResult toEnd(JobHandle job, ProgressDisplay display, Console console, String again, Meanwhile meanwhile)
            throws IOException {
        Runnable farewell = () -> {
            display.close();
            console.err().println("job " + job.id() + " goes on; " + again + " finds it again");
            console.err().flush();
        };
        OnInterrupt hook = new OnInterrupt(farewell);
        try (display) {
            return ended(job, display, meanwhile);
        } finally {
            hook.close();
        }
    }

    /** Shows the job's progress until it has ended. */
    static JobResult ended(JobHandle job, ProgressDisplay display) throws IOException {
        return ended(job, display, () -> {});
    }

    private static JobResult ended(JobHandle job, ProgressDisplay display, Meanwhile meanwhile) throws IOException {
        JobResult result;
        AutoCloseable watching = job.onProgress(display::show);
        try {
            meanwhile.run();
            result = resultOf(job);
        } finally {
            stop(watching);
        }
        // The result may overtake the last progress.
        job.status().progress().ifPresent(display::show);
        return result;
    }

    /** Waits for the job's end; what goes wrong comes as it was thrown. */
    static JobResult resultOf(JobHandle job) {
        try {
            return job.result().join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private static void stop(AutoCloseable watching) {
        try {
            watching.close();
        } catch (Exception broken) {
            throw new IllegalStateException("could not stop watching: " + broken.getMessage(), broken);
        }
    }
}
