package io.flockwork.worker.master;

import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backs the ledger and the signed votes up a few times a second, and acknowledges reports only once a second core has them. Confined to the
 * master's loop.
 */
final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final long GAP_NANOS = Duration.ofMillis(200).toNanos();
    private static final long GAP_AFTER_FAILURE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Ledger ledger;
    private final EvidenceLog votes;
    private final Loop loop;
    private final Function<Map<Integer, byte[]>, CompletionStage<Void>> backup;
    private final BiConsumer<NodeId, List<Span>> acknowledge;
    private final Supplier<Runnable> toTell;
    private Map<NodeId, List<Span>> unacknowledged = new LinkedHashMap<>();
    private boolean underWay;
    private long nextStart;

    /**
     * @param backup stores segments by number; completes when they are safe
     * @param acknowledge tells a worker which of its reports are
     * @param toTell gives what else is to be done when what has changed until now is safe
     */
    Keeper(
            Ledger ledger,
            EvidenceLog votes,
            Loop loop,
            Function<Map<Integer, byte[]>, CompletionStage<Void>> backup,
            BiConsumer<NodeId, List<Span>> acknowledge,
            Supplier<Runnable> toTell) {
        this.ledger = ledger;
        this.votes = votes;
        this.loop = loop;
        this.backup = backup;
        this.acknowledge = acknowledge;
        this.toTell = toTell;
        this.nextStart = loop.nanoTime();
    }

    /** The worker's report of this unit is in the ledger, or needs not be. */
    void acknowledge(NodeId worker, Span unit) {
        unacknowledged.computeIfAbsent(worker, id -> new ArrayList<>()).add(unit);
    }

    /** Starts a backup unless one is under way, nothing has changed, or the last one was a moment ago. */
    void keepSoon() {
        boolean idle = !ledger.hasChanges() && !votes.hasChanges() && unacknowledged.isEmpty();
        if (underWay || idle || loop.nanoTime() - nextStart < 0) {
            return;
        }
        underWay = true;
        nextStart = loop.nanoTime() + GAP_NANOS;
        Map<Integer, byte[]> segments = new LinkedHashMap<>(ledger.takeChanges());
        segments.putAll(votes.takeChanges());
        Map<NodeId, List<Span>> covered = unacknowledged;
        unacknowledged = new LinkedHashMap<>();
        Runnable tell = toTell.get();
        backup.apply(segments)
                .whenComplete((done, failure) -> loop.execute(() -> kept(segments, covered, tell, failure)));
    }

    private void kept(
            Map<Integer, byte[]> segments, Map<NodeId, List<Span>> covered, Runnable tell, Throwable failure) {
        underWay = false;
        if (failure == null) {
            covered.forEach(acknowledge);
            tell.run();
        } else {
            LOG.warn("progress could not be backed up, it will be tried again: {}", failure.toString());
            nextStart = loop.nanoTime() + GAP_AFTER_FAILURE_NANOS;
            ledger.changedAgain(segments.keySet());
            votes.changedAgain(segments.keySet());
            covered.forEach((worker, units) -> units.forEach(unit -> acknowledge(worker, unit)));
        }
        keepSoon();
    }
}
