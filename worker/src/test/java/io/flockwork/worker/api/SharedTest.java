package io.flockwork.worker.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** However many look, a master is asked once a second. */
class SharedTest {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final List<Promise<String>> asked = new ArrayList<>();
    private long now;
    private final Shared<String, String> shared = new Shared<>(1_000, 2, () -> now);

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private Future<String> ask(String question) {
        return shared.of(question, context, () -> {
            asked.add(Promise.promise());
            return asked.get(asked.size() - 1).future();
        });
    }

    private static String answer(Future<String> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void whoAsksMeanwhileOrAMomentLaterHasTheSameAnswer() throws Exception {
        Future<String> first = ask("map");
        Future<String> second = ask("map");
        now = 5_000;
        Future<String> third = ask("map");
        assertEquals(1, asked.size(), "however long it takes");
        asked.get(0).complete("a");
        assertEquals(List.of("a", "a", "a"), List.of(answer(first), answer(second), answer(third)));
        ask("map");
        assertEquals(2, asked.size(), "it was asked five seconds ago");
        asked.get(1).complete("b");
        now += 999;
        assertEquals("b", answer(ask("map")));
        now += 1;
        ask("map");
        assertEquals(3, asked.size());
    }

    @Test
    void anotherQuestionHasAnotherAnswer() throws Exception {
        Future<String> map = ask("map");
        Future<String> units = ask("units");
        asked.get(0).complete("a");
        asked.get(1).complete("b");
        assertEquals("a", answer(map));
        assertEquals("b", answer(units));
    }

    @Test
    void aFailureIsNotRemembered() throws Exception {
        Future<String> first = ask("map");
        asked.get(0).fail("nobody leads");
        assertTrue(first.toCompletionStage()
                .toCompletableFuture()
                .handle((found, failure) -> failure != null)
                .get(10, TimeUnit.SECONDS));
        Future<String> second = ask("map");
        assertFalse(second.isComplete());
        asked.get(1).complete("a");
        assertEquals("a", answer(second));
    }

    @Test
    void whatIsKeptIsBounded() throws Exception {
        ask("1");
        ask("2");
        Future<String> third = ask("3");
        ask("3");
        assertEquals(4, asked.size(), "beyond the bound nothing is shared, and all are answered");
        asked.get(2).complete("a");
        assertEquals("a", answer(third));
    }
}
