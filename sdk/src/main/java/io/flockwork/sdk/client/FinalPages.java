package io.flockwork.sdk.client;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.wire.Dialer;
import io.flockwork.sdk.wire.ResultList.Entry;
import io.flockwork.sdk.wire.ResultPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Asks for final results, through whichever core. Safe for use by many threads. */
final class FinalPages {
    /** What a core may take beyond the wait: to ask the master, and to send the page by a slow line. */
    private static final Duration SLACK = Duration.ofSeconds(30);

    private final FailOver failOver;
    private final Dialer dialer;
    private final Duration patience;

    FinalPages(FailOver failOver, Dialer dialer, Duration patience) {
        this.failOver = failOver;
        this.dialer = dialer;
        this.patience = patience;
    }

    /**
     * Blocks for the next results behind {@code after}, for a while; absent when the job has ended.
     *
     * @throws GridException when the grid stays out of reach, or knows no such job
     */
    Optional<List<Entry>> after(JobId job, long after) {
        String path = ResultPage.path(job, after, ResultPage.MOST_UNITS, ResultPage.LONGEST_WAIT);
        Duration longest = ResultPage.LONGEST_WAIT.plus(SLACK);
        return failOver.ask(patience, core -> dialer.get(core, path, ResultPage.MOST_BYTES, longest)
                .thenApply(answer -> page(job, core, answer)));
    }

    private static Optional<List<Entry>> page(JobId job, Address core, Dialer.Answer answer) {
        return switch (answer.status()) {
            case 200 -> Optional.of(ResultPage.decode(answer.body()));
            case 410 -> Optional.empty();
            case 403, 404 -> throw new GridException(GridException.Kind.NOT_FOUND, "there is no job " + job);
            case 503 -> throw new FailOver.TryAgain(new String(answer.body(), StandardCharsets.UTF_8));
            default -> throw new CompletionException(new IOException(core + " answers " + answer.status()));
        };
    }
}
