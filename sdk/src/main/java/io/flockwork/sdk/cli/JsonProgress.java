package io.flockwork.sdk.cli;

import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.report.JobReport;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/** Progress as one JSON object a line, for programs. */
record JsonProgress(PrintStream out) implements ProgressDisplay {
    @Override
    public void show(JobProgress progress) {
        try {
            out.println(Json.line(JobReport.of(progress)));
            out.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public void close() {
        out.flush();
    }
}
