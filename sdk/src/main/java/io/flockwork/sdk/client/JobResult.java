package io.flockwork.sdk.client;

import io.flockwork.sdk.model.JobRecord;
import java.io.InputStream;
import java.util.Optional;
import java.util.stream.Stream;

/** How a job ended, and what its units gave. Bytes are fetched from the grid as they are read, and checked. */
public interface JobResult {
    /** The job's last record; its outcome is present. */
    JobRecord record();

    /** Every unit in unit order, those that failed included. Close the stream. */
    Stream<UnitResult> units();

    /** The combined result, where the job has a combiner other than {@code concat}. */
    Optional<InputStream> combined();

    /** The signed votes that the results rest on, as a file to audit; absent where nobody has signed any. */
    Optional<InputStream> proof();
}
