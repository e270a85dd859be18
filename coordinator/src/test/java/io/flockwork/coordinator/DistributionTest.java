package io.flockwork.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The archive is made once, when somebody wants it; a failure is told, and tried again later. */
@Timeout(30)
class DistributionTest {
    private static final Packed PACKED = new Packed(Path.of("a.tar.gz"), "1", "0".repeat(64), new Platform("a", "b"));

    private final AtomicInteger made = new AtomicInteger();
    private final AtomicLong now = new AtomicLong();
    private final CompletableFuture<Packed> making = new CompletableFuture<>();

    @Test
    void isMadeOnceForAllWhoWant() {
        Distribution distribution = new Distribution(
                () -> {
                    made.incrementAndGet();
                    return making.join();
                },
                now::get);
        CompletableFuture<Packed> first = distribution.packed();
        CompletableFuture<Packed> second = distribution.packed();
        assertFalse(second.isDone());
        making.complete(PACKED);
        assertEquals(PACKED, first.join());
        assertEquals(PACKED, second.join());
        assertEquals(PACKED, distribution.packed().join());
        assertEquals(1, made.get());
    }

    @Test
    void whoGivesUpWaitingSpoilsItForNobody() {
        Distribution distribution = new Distribution(making::join, now::get);
        distribution.packed().cancel(true);
        making.complete(PACKED);
        assertEquals(PACKED, distribution.packed().join());
    }

    @Test
    void aFailureIsTriedAgainAfterAMinute() {
        Distribution distribution = new Distribution(
                () -> {
                    if (made.incrementAndGet() == 1) {
                        throw new IOException("no jlink");
                    }
                    return PACKED;
                },
                now::get);
        for (int i = 0; i < 3; i++) {
            CompletionException failed = assertThrows(
                    CompletionException.class, () -> distribution.packed().join());
            assertEquals("no jlink", failed.getCause().getMessage());
        }
        assertEquals(1, made.get());
        now.set(Duration.ofSeconds(61).toNanos());
        assertEquals(PACKED, distribution.packed().join());
    }
}
