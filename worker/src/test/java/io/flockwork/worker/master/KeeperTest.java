package io.flockwork.worker.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A worker may forget a report only when a second core has it. */
class KeeperTest {
    private static final NodeId WORKER = TestJobs.node(1);

    private final VirtualTime time = new VirtualTime();
    private final Ledger ledger = new Ledger();
    private final List<Map<Integer, byte[]>> backups = new ArrayList<>();
    private final List<CompletableFuture<Void>> answers = new ArrayList<>();
    private final List<Span> acknowledged = new ArrayList<>();
    private final EvidenceLog votes = new EvidenceLog();
    private int told;
    private final Keeper keeper = new Keeper(
            ledger,
            votes,
            time.machine().loop(),
            segments -> {
                backups.add(segments);
                answers.add(new CompletableFuture<>());
                return answers.get(answers.size() - 1);
            },
            (worker, units) -> {
                assertEquals(WORKER, worker);
                acknowledged.addAll(units);
            },
            () -> () -> told++);

    @Test
    void aReportIsAcknowledgedOnlyAfterItsBackupIsDone() {
        report(0);
        time.run(Duration.ofSeconds(10));
        assertEquals(1, backups.size());
        assertEquals(List.of(), acknowledged);
        complete(0);
        assertEquals(List.of(unit(0)), acknowledged);
    }

    @Test
    void nothingIsToldBeforeItIsSafe() {
        report(0);
        assertEquals(0, told);
        answers.get(0).completeExceptionally(new IOException("no second core"));
        time.run(Duration.ofSeconds(2));
        assertEquals(0, told);
        keeper.keepSoon();
        complete(1);
        assertEquals(1, told);
    }

    @Test
    void whatComesDuringABackupWaitsForTheNext() {
        report(0);
        report(1);
        complete(0);
        assertEquals(List.of(unit(0)), acknowledged);
        tick();
        assertEquals(2, backups.size());
        complete(1);
        assertEquals(List.of(unit(0), unit(1)), acknowledged);
    }

    @Test
    void aFailedBackupIsRepeatedWithEverythingAndNotInHaste() {
        report(0);
        answers.get(0).completeExceptionally(new IOException("no second core"));
        time.run(Duration.ofMillis(900));
        keeper.keepSoon();
        assertEquals(1, backups.size(), "a mesh in trouble is not pestered");
        time.run(Duration.ofMillis(200));
        keeper.keepSoon();
        assertEquals(2, backups.size());
        assertEquals(1, SegmentCodec.decode(backups.get(1).get(0)).size());
        assertTrue(acknowledged.isEmpty());
        complete(1);
        assertEquals(List.of(unit(0)), acknowledged);
    }

    @Test
    void aReportThatChangedNothingIsAcknowledgedToo() {
        keeper.acknowledge(WORKER, unit(5));
        keeper.keepSoon();
        complete(0);
        assertEquals(List.of(unit(5)), acknowledged);
    }

    @Test
    void backupsComeAFewTimesASecondAtMost() {
        for (int i = 0; i < 1000; i++) {
            report(i);
            answers.forEach(answer -> answer.complete(null));
            time.run(Duration.ofMillis(1));
        }
        assertTrue(backups.size() <= 20, backups.size() + " backups in a second");
        tick();
        complete(answers.size() - 1);
        assertEquals(1000, acknowledged.size());
    }

    private void report(long index) {
        ledger.changed(ledger.of(unit(index)));
        keeper.acknowledge(WORKER, unit(index));
        keeper.keepSoon();
    }

    private void tick() {
        time.run(Duration.ofMillis(250));
        keeper.keepSoon();
    }

    private void complete(int backup) {
        answers.get(backup).complete(null);
        time.run(Duration.ofMillis(1));
    }

    private static Span unit(long index) {
        return new Span(index, index + 1);
    }
}
