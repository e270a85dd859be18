package io.flockwork.grid;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.wire.Codec;
import io.flockwork.sdk.wire.Message;
import io.flockwork.sdk.wire.WorkerMessage.Acknowledged;
import io.flockwork.sdk.wire.WorkerMessage.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An edge worker that is killed and started again has forgotten no report that it owes. */
class EdgeRestartIT {
    private static final Pattern SENT_AGAIN =
            Pattern.compile("(\\d+) reports of an earlier run of this worker are sent");

    @RegisterExtension
    static final TestGrid GRID = TestGrid.ofWorkers(2).withEdge("edge-1").withEdge("edge-2");

    /** The only master that could have heard of them dies with its mouth shut: its successor must take the reports. */
    @Test
    void itsReportsOutliveAnEdgeWorkerAndTheMasterThatHadNotAcknowledgedThem() throws Exception {
        EdgeJob job = EdgeJob.inTheMiddle(GRID);
        GridProcess master = GRID.masterOf(job.handle());
        GridProcess edge = GRID.worker("edge-1");
        master.freeze();
        await("a report that nobody acknowledges").atMost(TestGrid.PATIENCE).until(() -> !owedBy("edge-1")
                .isEmpty());

        edge.kill();
        Set<Span> owed = owedBy("edge-1");
        master.kill();
        edge.start();

        await("the reports to be sent again").atMost(TestGrid.PATIENCE).until(() -> sentAgain(edge)
                .isPresent());
        assertEquals(owed.size(), sentAgain(edge).orElseThrow());
        await("the reports to be acknowledged").atMost(TestGrid.PATIENCE).until(() -> owedBy("edge-1").stream()
                .noneMatch(owed::contains));
        job.assertExact();
    }

    private static Optional<Integer> sentAgain(GridProcess worker) {
        return SENT_AGAIN.matcher(worker.log()).results().findFirst().map(match -> Integer.parseInt(match.group(1)));
    }

    /** The units of which a worker has a report on disk that nobody has acknowledged. */
    private static Set<Span> owedBy(String worker) {
        Path file = GRID.folderOf(worker).resolve("reports");
        Set<Span> owed = new LinkedHashSet<>();
        ByteBuffer left = ByteBuffer.wrap(bytes(file));
        while (left.remaining() >= 8) {
            byte[] frame = new byte[left.getInt()];
            left.getInt(); // its check sum
            if (left.remaining() < frame.length) {
                break; // it is being written
            }
            left.get(frame);
            Message message = new Codec().decode(frame);
            if (message instanceof Report report) {
                report.units().forEach(unit -> owed.add(unit.unit()));
            } else if (message instanceof Acknowledged acknowledged) {
                acknowledged.units().forEach(owed::remove);
            }
        }
        return owed;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
