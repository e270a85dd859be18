package io.flockwork.worker.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private final AtomicLong clock = new AtomicLong(5);
    private final Refusals refusals = new Refusals(clock::get);

    @Test
    void aReasonIsToldOnceAMinuteAndThenHowOftenItWasNot() {
        assertEquals(
                Optional.of("refused /10.0.0.1 in the mesh: it is a stranger"), line("/10.0.0.1", "it is a stranger"));
        assertEquals(Optional.empty(), line("/10.0.0.2", "it is a stranger"));
        assertTrue(line("/10.0.0.3", "it is too slow").isPresent(), "another reason");
        clock.addAndGet(59_999);
        assertEquals(Optional.empty(), line("/10.0.0.2", "it is a stranger"));
        clock.addAndGet(1);
        assertEquals(
                Optional.of("refused /10.0.0.4 in the mesh: it is a stranger (and 2 more since the last such line)"),
                line("/10.0.0.4", "it is a stranger"));
    }

    @Test
    void neitherTheNumberOfReasonsNorTheirTextIsUpToThePeer() {
        long lines = IntStream.range(0, 10_000)
                .mapToObj(i -> line("/10.0.0.1", "reason " + i))
                .flatMap(Optional::stream)
                .count();
        assertTrue(lines <= 65, lines + " lines in one minute");
        clock.addAndGet(60_000);
        String line = line("/10.0.0.1", "two\nlines" + "x".repeat(10_000)).orElseThrow();
        assertFalse(line.contains("\n"));
        assertTrue(line.length() < 300);
    }

    private Optional<String> line(String peer, String reason) {
        return refusals.line(peer, reason);
    }
}
