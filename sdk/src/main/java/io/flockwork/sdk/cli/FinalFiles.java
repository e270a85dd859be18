package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.Grid;
import io.flockwork.sdk.client.JobHandle;
import io.flockwork.sdk.client.UnitResult;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes a job's results as they become final, a file for each unit, until the job has ended. Files are numbered by the unit's
 * first index, counted from the job's first one, so that their order is the units'.
 */
final class FinalFiles {
    private final ResultFolder folder;
    private final Console console;
    private final boolean json;

    /** @param json print a line for each unit */
    FinalFiles(ResultFolder folder, Console console, boolean json) {
        this.folder = folder;
        this.console = console;
        this.json = json;
    }

    /** Returns when the job has ended and all its results are written. */
    void write(JobHandle job) throws IOException {
        job.status(); // there is no folder for a job that is none
        Files.createDirectories(folder.folder());
        Space space = null;
        try (Stream<UnitResult> results = job.finals()) {
            for (Iterator<UnitResult> each = results.iterator(); each.hasNext(); ) {
                UnitResult unit = each.next();
                // Not before: nobody knows how many units there are until the job has a master.
                space = space == null ? Space.of(job.status()) : space;
                write(unit, space);
            }
        }
    }

    private void write(UnitResult unit, Space space) throws IOException {
        long place = unit.span().from() - space.first();
        Path file = folder.folder().resolve(ResultFolder.fileName(place, unit, space.digits()));
        if (unit.output().isPresent()) {
            WholeFile.write(file, out -> Destination.copy(unit, out));
        }
        if (json) {
            console.out().println(Json.line(line(unit, file)));
            console.flushOut();
        }
    }

    private static Map<String, Object> line(UnitResult unit, Path file) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("from", unit.span().from());
        line.put("to", unit.span().to());
        line.put("inputName", unit.inputName());
        line.put("file", unit.output().isPresent() ? file.toString() : null);
        line.put("verified", unit.verified());
        line.put("failure", unit.failure());
        return line;
    }

    /** The job's indices. */
    private record Space(long first, long size) {
        static Space of(Grid.JobStatus job) {
            return job.record().spec().recipe() instanceof Recipe.Range range
                    ? new Space(range.from(), range.to() - range.from())
                    : new Space(0, job.progress().map(JobProgress::indicesTotal).orElse(1L));
        }

        /** The width that every number gets. */
        int digits() {
            return String.valueOf(Math.max(0, size - 1)).length();
        }
    }
}
