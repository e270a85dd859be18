package io.flockwork.worker.master;

import io.flockwork.sdk.wire.ResultList.Body;
import io.flockwork.sdk.wire.ResultList.Entry;
import io.flockwork.sdk.wire.ResultPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** The final results that may be told, and who waits for the next. Confined to the master's loop. */
final class FinalStream {
    private static final int MOST_WAITING = 100;
    private static final long LEAST_WAIT_NANOS = Duration.ofSeconds(1).toNanos();
    /** A page is full with the entry that reaches this; no entry has more than a MiB. */
    private static final int FULL_BYTES = ResultPage.MOST_BYTES / 2;

    private static final int ENTRY_BYTES = 64;

    private record Question(long after, int most, long since, long deadline, CompletableFuture<List<Entry>> answer) {}

    private final Function<UnitRecord, Entry> listed;
    private final LongSupplier nanos;
    private final List<UnitRecord> told = new ArrayList<>();
    private List<Question> waiting = new ArrayList<>();

    /** @param nanos the loop's time */
    FinalStream(Function<UnitRecord, Entry> listed, LongSupplier nanos) {
        this.listed = listed;
        this.nanos = nanos;
    }

    /** These may be told, after those before. */
    void tell(List<UnitRecord> more) {
        told.addAll(more);
        if (!more.isEmpty()) {
            answerThose(any -> true);
        }
    }

    /** The next results behind that number, at most so many; none when there are none for so long. Fails with a {@link RejectedExecutionException} of one sentence when too many wait. */
    CompletableFuture<List<Entry>> after(long sequence, int most, Duration wait) {
        List<Entry> page = page(sequence, most);
        if (!page.isEmpty() || wait.isZero()) {
            return CompletableFuture.completedFuture(page);
        }
        long now = nanos.getAsLong();
        if (waiting.size() >= MOST_WAITING && !makeRoom(now)) {
            return CompletableFuture.failedFuture(
                    new RejectedExecutionException(MOST_WAITING + " others wait for the job's results; try again"));
        }
        CompletableFuture<List<Entry>> answer = new CompletableFuture<>();
        waiting.add(new Question(sequence, most, now, now + wait.toNanos(), answer));
        return answer;
    }

    /** Who has waited longest is told that there is nothing: it may have hung up long ago. */
    private boolean makeRoom(long now) {
        boolean hasWaited = now - waiting.get(0).since >= LEAST_WAIT_NANOS;
        if (hasWaited) {
            waiting.remove(0).answer.complete(List.of());
        }
        return hasWaited;
    }

    /** Time has passed: who has waited long enough is told that there is nothing. */
    void tick() {
        long now = nanos.getAsLong();
        answerThose(question -> now - question.deadline >= 0);
    }

    /** Nobody is told anything more here. */
    void close() {
        answerThose(any -> true);
    }

    private void answerThose(Predicate<Question> such) {
        List<Question> asked = waiting;
        waiting = new ArrayList<>();
        for (Question question : asked) {
            if (such.test(question)) {
                answer(question);
            } else {
                waiting.add(question);
            }
        }
    }

    private void answer(Question question) {
        try {
            question.answer.complete(page(question.after, question.most));
        } catch (RuntimeException bug) {
            question.answer.completeExceptionally(bug);
        }
    }

    private List<Entry> page(long after, int most) {
        List<Entry> page = new ArrayList<>();
        long bytes = 0;
        for (int i = firstBehind(after); i < told.size() && page.size() < most && bytes < FULL_BYTES; i++) {
            Entry entry = listed.apply(told.get(i));
            page.add(entry);
            bytes += size(entry);
        }
        return page;
    }

    private int firstBehind(long after) {
        int low = 0;
        int high = told.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (told.get(middle).sequence() > after) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static long size(Entry entry) {
        int inline = entry.body().orElse(null) instanceof Body.Inline body ? body.bytes().length : 0;
        return ENTRY_BYTES + 3L * entry.inputName().length() + entry.stderr().length + inline;
    }
}
