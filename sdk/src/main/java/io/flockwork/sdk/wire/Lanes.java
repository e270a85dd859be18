package io.flockwork.sdk.wire;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** Does one thing to many items, a few at a time. */
final class Lanes {
    private Lanes() {}

    /** What is done to an item; may block. */
    interface Action<T> {
        void to(T item) throws IOException;
    }

    /** Completes when all is done; the first failure skips what has not begun and fails the whole. */
    static <T> CompletableFuture<Void> run(Collection<T> items, int lanes, Executor threads, Action<T> action) {
        Queue<T> waiting = new ConcurrentLinkedQueue<>(items);
        List<CompletableFuture<Void>> running = Stream.generate(
                        () -> CompletableFuture.runAsync(() -> drain(waiting, action), threads))
                .limit(Math.min(lanes, items.size()))
                .toList();
        return CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new));
    }

    private static <T> void drain(Queue<T> waiting, Action<T> action) {
        try {
            for (T item = waiting.poll(); item != null; item = waiting.poll()) {
                action.to(item);
            }
        } catch (IOException failed) {
            waiting.clear();
            throw new CompletionException(failed);
        } catch (RuntimeException failed) {
            waiting.clear();
            throw failed;
        }
    }
}
