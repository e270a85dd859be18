package io.flockwork.worker.master;

import io.flockwork.sdk.model.JobChange;
import io.flockwork.sdk.model.JobProgress;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.worker.mesh.Mesh;
import io.flockwork.worker.mesh.Mesh.Segment;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job that this core leads, from the split to the end: runs its {@link JobMaster} on a loop, tells the mesh how far it
 * is, and ends it. What fails on the way for want of another core is tried again. May be called by any thread.
 */
final class LedJob {
    private static final Logger LOG = LoggerFactory.getLogger(LedJob.class);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final long PROGRESS_NANOS = Duration.ofMillis(500).toNanos();
    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();
    /** A job whose input nobody has had for so long has failed. */
    private static final long UNREADABLE_NANOS = Duration.ofSeconds(60).toNanos();

    private final JobRecord job;
    private final Loop loop;
    private final Mesh mesh;
    private final MasterFactory masters;
    private final long startedAt;
    private final List<Consumer<JobMaster>> early = new ArrayList<>();
    private JobMaster master;
    private JobProgress published;
    private long publishedAt;
    private boolean ending;
    private final List<Runnable> atEnd = new ArrayList<>();
    private Runnable failedStep;
    private long retryAt;

    LedJob(JobRecord job, Loop loop, Mesh mesh, MasterFactory masters) {
        this.job = job;
        this.loop = loop;
        this.mesh = mesh;
        this.masters = masters;
        this.startedAt = loop.nanoTime();
    }

    int epoch() {
        return job.epoch();
    }

    void start() {
        loop.execute(this::split);
        loop.every(TICK, this::tick);
    }

    /** Passes something on to the master; kept until there is one. */
    void tell(Consumer<JobMaster> message) {
        loop.execute(() -> {
            if (ending) {
                LOG.debug("job {} is ending, what a worker says of it comes too late", job.id());
            } else if (master == null) {
                early.add(message);
            } else {
                message.accept(master);
                step();
            }
        });
    }

    /** Asks the master; empty while there is none, or none any more. */
    <T> CompletableFuture<Optional<T>> ask(Function<JobMaster, T> question) {
        CompletableFuture<Optional<T>> answer = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                answer.complete(Optional.ofNullable(master).map(question));
            } catch (RuntimeException bug) {
                answer.completeExceptionally(bug);
            }
        });
        return answer;
    }

    /** The same for a question that may wait: for a master, for its answer, and for the end once it has begun, whose answer is empty. */
    <T> CompletableFuture<Optional<T>> await(Function<JobMaster, CompletionStage<T>> question) {
        CompletableFuture<Optional<T>> answer = new CompletableFuture<>();
        loop.execute(() -> {
            if (ending) {
                atEnd.add(() -> answer.complete(Optional.empty()));
            } else if (master == null) {
                early.add(leader -> pass(leader, question, answer));
            } else {
                pass(master, question, answer);
            }
        });
        return answer;
    }

    private static <T> void pass(
            JobMaster master, Function<JobMaster, CompletionStage<T>> question, CompletableFuture<Optional<T>> answer) {
        try {
            question.apply(master).whenComplete((found, failure) -> {
                if (failure == null) {
                    answer.complete(Optional.of(found));
                } else {
                    answer.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException bug) {
            answer.completeExceptionally(bug);
        }
    }

    /** Who waits for the master's answers has waited long enough. */
    private void closeLoop() {
        if (master != null) {
            master.finals().close();
        }
        atEnd.forEach(Runnable::run);
        loop.close();
    }

    /** Leads no more. What it has not kept is done again by the next master. */
    void stop() {
        loop.execute(() -> {
            ending = true;
            closeLoop();
        });
    }

    /** Leads no more, for the job is over: forgets what it kept as well. */
    void forget() {
        loop.execute(() -> {
            ending = true;
            mesh.dropSegments(job.id());
            closeLoop();
        });
    }

    private void split() {
        try {
            Split split = masters.split(job);
            takeUp(split);
        } catch (IllegalArgumentException cannotBeCut) {
            end(masters.unsplit(job, cannotBeCut.getMessage()));
        } catch (IOException unreadable) {
            if (loop.nanoTime() - startedAt > UNREADABLE_NANOS) {
                end(masters.unsplit(job, unreadable.getMessage()));
            } else {
                tryAgain(this::split, "the input of job {} could not be read: {}", unreadable);
            }
        }
    }

    private void takeUp(Split split) {
        mesh.segments(job.id())
                .whenComplete((segments, failure) -> loop.execute(() -> {
                    if (failure == null) {
                        lead(split, segments);
                    } else {
                        tryAgain(() -> takeUp(split), "what was kept of job {} could not be read: {}", failure);
                    }
                }));
    }

    private void lead(Split split, List<Segment> segments) {
        if (ending) {
            return;
        }
        try {
            master = masters.create(job, split, segments, loop);
        } catch (RuntimeException | OutOfMemoryError broken) {
            giveUp("units could not be taken up", broken);
            return;
        }
        LOG.info("leading job {} as epoch {}: {} indices", job.id(), job.epoch(), master.indices());
        early.forEach(message -> message.accept(master));
        early.clear();
        step();
    }

    private void tryAgain(Runnable step, String complaint, Throwable failure) {
        LOG.warn(complaint + "; trying again", job.id(), failure.toString());
        failedStep = step;
        retryAt = loop.nanoTime() + RETRY_NANOS;
    }

    private void tick() {
        if (failedStep != null) {
            if (loop.nanoTime() - retryAt >= 0) {
                Runnable due = failedStep;
                failedStep = null;
                due.run();
            }
        } else if (master != null && !ending) {
            master.tick();
            step();
        }
    }

    private void step() {
        if (master.finished()) {
            ending = true;
            tellProgress(true);
            conclude();
        } else {
            tellProgress(false);
        }
    }

    private void tellProgress(boolean now) {
        if (now || published == null || loop.nanoTime() - publishedAt >= PROGRESS_NANOS) {
            JobProgress progress = master.progress();
            if (!progress.equals(published)) {
                mesh.publish(progress);
                published = progress;
                publishedAt = loop.nanoTime();
            }
        }
    }

    private void conclude() {
        try {
            end(master.end());
        } catch (IOException notStored) {
            tryAgain(this::conclude, "the results of job {} could not be stored: {}", notStored);
        } catch (RuntimeException | OutOfMemoryError broken) {
            giveUp("results could not be put together", broken);
        }
    }

    /** A job that breaks its master ends, rather than breaking the next one. */
    private void giveUp(String what, Throwable broken) {
        LOG.error("job {} is given up: its {}", job.id(), what, broken);
        end(masters.unsplit(job, "its " + what + ": " + broken));
    }

    private void end(JobEnding.Ended ended) {
        ending = true;
        mesh.change(job.id(), new JobChange.End(job.epoch(), ended.state(), ended.outcome()))
                .whenComplete((changed, failure) -> loop.execute(() -> told(ended, changed, failure)));
    }

    private void told(JobEnding.Ended ended, Optional<JobRecord> changed, Throwable failure) {
        if (failure != null) {
            tryAgain(() -> end(ended), "the end of job {} could not be told: {}", failure);
            return;
        }
        // A refused end: another core leads the job now, and the segments are its own.
        if (changed.isPresent()) {
            LOG.info("job {} is {}", job.id(), ended.state());
            mesh.dropSegments(job.id());
        }
        closeLoop();
    }
}
