package io.flockwork.worker.api;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Answers that many ask for at a time are worked out once, and are good for a moment. So what viewers cost does not grow with their
 * number. Safe for use by many threads.
 *
 * @param <K> what is asked; equal questions have one answer
 */
final class Shared<K, A> {
    private record Known<A>(Future<A> answer, long since) {
        /** A failure is told to those who wait for it, and to nobody else. */
        boolean isGood(long now, long goodNanos) {
            return !answer.isComplete() || answer.succeeded() && now - since < goodNanos;
        }
    }

    private final long goodNanos;
    private final int most;
    private final LongSupplier nanos;
    private final Map<K, Known<A>> known = new HashMap<>();

    /**
     * @param goodNanos from the question on
     * @param most answers to keep; beyond them nothing is shared
     */
    Shared(long goodNanos, int most, LongSupplier nanos) {
        this.goodNanos = goodNanos;
        this.most = most;
        this.nanos = nanos;
    }

    /** The answer to {@code question}, asked for if there is no good one; completes on {@code context}. */
    Future<A> of(K question, Context context, Supplier<Future<A>> asked) {
        Promise<A> mine = Promise.promise();
        answer(question, asked).onComplete(answer -> context.runOnContext(now -> mine.handle(answer)));
        return mine.future();
    }

    private synchronized Future<A> answer(K question, Supplier<Future<A>> asked) {
        long now = nanos.getAsLong();
        known.values().removeIf(each -> !each.isGood(now, goodNanos));
        Known<A> good = known.get(question);
        if (good == null) {
            good = new Known<>(asked.get(), now);
            if (known.size() < most) {
                known.put(question, good);
            }
        }
        return good.answer();
    }
}
