package io.flockwork.sdk.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flockwork.sdk.credit.CreditHead;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.wire.Dialer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Fetches credit logs from a core, a piece at a time; what it says is still to be checked. Safe for use by many threads. */
public final class CreditNews {
    /** Where a core gives the heads of all logs, one a line; below it, {@code /LOG/FROM}, the entries of one. */
    public static final String PATH = "/credit";

    /** Most entries in one answer. */
    public static final int MOST_LINES = 4_000;

    private static final int MAX_BYTES = 10 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Dialer dialer;

    public CreditNews(Dialer dialer) {
        this.dialer = dialer;
    }

    /** The heads of the logs that this core has. */
    public CompletableFuture<List<CreditHead>> heads(Address core) {
        return lines(core, PATH)
                .thenApply(lines -> lines.stream().map(CreditHead::parse).toList());
    }

    /** Entries of a log from this one on; none where the core has no more. */
    public CompletableFuture<List<String>> entries(Address core, NodeId log, long from) {
        return lines(core, PATH + "/" + log + "/" + from);
    }

    private CompletableFuture<List<String>> lines(Address core, String path) {
        return dialer.get(core, path, MAX_BYTES, PATIENCE).thenApply(answer -> {
            if (answer.status() != 200) {
                throw new UncheckedIOException(new IOException("core " + core + " does not tell its credit logs"));
            }
            return new String(answer.body(), UTF_8).lines().toList();
        });
    }
}
