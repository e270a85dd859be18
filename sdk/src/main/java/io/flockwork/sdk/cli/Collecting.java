package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.client.JobResult;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.Outcome;
import java.io.IOException;

/** The last part of a job's way: stay with it, write its results, say how it ended. */
public final class Collecting {
    private final Console console;

    /** Writes there what is for people. */
    public Collecting(Console console) {
        this.console = console;
    }

    /** Shows progress until the job has ended, then writes its results; returns the exit code. */
    int untilEnd(JobHandle job, Destination destination) throws IOException {
        return write(Following.toEnd(job, ProgressDisplay.forPeople(console), console), destination);
    }

    /**
     * Shows progress until the job has ended, and writes a file for each unit as soon as its result is final.
     *
     * @param json print a line for each unit
     */
    JobResult asTheyBecomeFinal(JobHandle job, ResultFolder folder, boolean json) throws IOException {
        FinalFiles files = new FinalFiles(folder, console, json);
        ProgressDisplay display = ProgressDisplay.forPeople(console);
        String again = "flockwork fetch " + job.id() + " --follow -o " + folder.folder();
        return Following.toEnd(job, display, console, again, () -> files.write(job));
    }

    /** Writes the results that there are; returns the exit code. */
    public int write(JobResult result, Destination destination) throws IOException {
        // A job that left no results leaves the destination as it is.
        if (result.record().outcome().flatMap(Outcome::results).isPresent()) {
            destination.write(result);
        }
        return verdict(result.record());
    }

    private void warnOfUnverified(JobRecord record) {
        long unverified = record.outcome().map(Outcome::unverified).orElse(0L);
        if (unverified > 0) {
            console.err()
                    .println("unverified: " + unverified + (unverified == 1 ? " result" : " results") + " of job "
                            + record.id() + " had too few other workers to confirm them");
        }
    }

    /** 0, or, with one line why, the exit code of a failed job. */
    int verdict(JobRecord record) {
        if (record.state() == JobState.DONE) {
            warnOfUnverified(record);
            return 0;
        }
        String why = record.outcome().map(Outcome::failure).orElse("");
        String said = record.state() == JobState.CANCELLED ? "job " + record.id() + " was cancelled" : why;
        console.err().println(said.isBlank() ? "job " + record.id() + " failed" : Troubles.oneLine(said));
        return Troubles.JOB_FAILED;
    }
}
