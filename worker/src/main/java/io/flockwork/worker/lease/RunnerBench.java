package io.flockwork.worker.lease;

import io.flockwork.sdk.blob.Manifest;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.UnitOutcome;
import io.flockwork.sdk.wasm.Metering;
import io.flockwork.sdk.wire.BlobClient;
import io.flockwork.sdk.wire.Outgoing;
import io.flockwork.sdk.wire.WorkerMessage.Answer;
import io.flockwork.sdk.wire.WorkerMessage.JobNotice;
import io.flockwork.sdk.wire.WorkerMessage.LeasedUnit;
import io.flockwork.worker.runtime.OutcomeListener.Ended;
import io.flockwork.worker.runtime.Runner;
import io.flockwork.worker.runtime.UnitCode;
import io.flockwork.worker.runtime.UnitTask;
import io.flockwork.worker.swarm.Swarm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has units run in this worker's {@link Runner}, with inputs and long results carried by the {@link Swarm}. */
final class RunnerBench implements Workbench {
    private static final Logger LOG = LoggerFactory.getLogger(RunnerBench.class);

    private final Runner runner;
    private final Swarm swarm;
    private final BlobClient blobs;
    private final InputBudget budget;
    private final ExecutorService carriers;
    private final Executor agent;
    private final UnitListener listener;
    private final Honesty honesty;
    private final Waiting waiting = new Waiting();
    private final Set<Deliveries> loading = ConcurrentHashMap.newKeySet();

    /**
     * @param carriers threads that may block on the network and the disk
     * @param agent the agent's thread
     * @param listener hears of each unit's outcome
     * @param honesty what becomes of an outcome before it is reported; a saboteur's lie goes in here
     */
    RunnerBench(
            Runner runner,
            Swarm swarm,
            BlobClient blobs,
            InputBudget budget,
            ExecutorService carriers,
            Executor agent,
            UnitListener listener,
            Honesty honesty) {
        this.runner = runner;
        this.swarm = swarm;
        this.blobs = blobs;
        this.budget = budget;
        this.carriers = carriers;
        this.agent = agent;
        this.listener = listener;
        this.honesty = honesty;
    }

    @Override
    public void run(JobNotice notice, List<LeasedUnit> units, Consumer<List<Ended>> ended) {
        UnitCode code =
                new UnitCode(notice.job(), notice.code(), notice.limits(), notice.range(), () -> module(notice.code()));
        Deliveries deliveries = new Deliveries(code, ended);
        if (notice.range()) {
            List<UnitTask> tasks = units.stream()
                    .map(unit -> new UnitTask(unit.unit(), new byte[0], ""))
                    .toList();
            runner.run(code, tasks, deliveries::ended);
        } else {
            loading.add(deliveries);
            carriers.execute(() -> load(deliveries, units));
        }
    }

    private void load(Deliveries deliveries, List<LeasedUnit> units) {
        try {
            new InputLoader(swarm, budget, deliveries).load(units);
        } catch (InterruptedException closing) {
            LOG.debug("inputs are no longer waited for: this worker closes");
        } finally {
            loading.remove(deliveries);
        }
    }

    private byte[] module(Code code) {
        BlobId module = ((Code.Wasm) code).module();
        try {
            return swarm.bytes(module, Metering.MOST_BYTES);
        } catch (IOException missing) {
            throw new UncheckedIOException("the module cannot be fetched: " + missing.getMessage(), missing);
        }
    }

    @Override
    public void store(UnitOutcome.Done done, Consumer<Answer> answered) {
        carriers.execute(() -> {
            Answer answer;
            try {
                Manifest manifest = swarm.store().add(done.output());
                answer = new Answer.Uploaded(manifest.id(), manifest.size(), done.stderr(), done.micros(), done.fuel());
            } catch (IOException diskTrouble) {
                answer = failure("its result could not be stored: " + diskTrouble.getMessage(), done.micros());
            }
            tell(answered, answer);
        });
    }

    @Override
    public void upload(Address core, Answer.Uploaded stored, Consumer<Answer> answered) {
        carriers.execute(() -> {
            Answer answer = stored;
            try {
                send(core, swarm.manifest(stored.blob()));
            } catch (IOException lost) {
                answer = failure("its result was lost before it was safe: " + lost.getMessage(), stored.micros());
            }
            tell(answered, answer);
        });
    }

    private static Answer failure(String why, long micros) {
        LOG.warn("a unit fails, {}", why);
        return new Answer.Failed(new UnitOutcome.Failed(why, new byte[0], micros));
    }

    private void tell(Consumer<Answer> answered, Answer answer) {
        agent.execute(() -> answered.accept(answer));
    }

    private void send(Address core, Manifest manifest) {
        try {
            blobs.upload(core, List.of(Outgoing.from(swarm.store(), manifest))).join();
        } catch (RuntimeException unreachable) {
            LOG.debug("core {} did not take result {}: {}", core, manifest.id(), unreachable.toString());
        }
    }

    @Override
    public void drop(JobId job, Collection<Span> units) {
        runner.drop(job, units);
        waiting.free(job, units);
    }

    @Override
    public void close(JobId job) {
        loading.stream().filter(deliveries -> deliveries.code.job().equals(job)).forEach(Deliveries::end);
        runner.drop(job);
        waiting.freeAll(job);
    }

    /** The way of one batch from its inputs through the runner back to the agent. */
    private final class Deliveries implements InputLoader.Sink {
        private final UnitCode code;
        private final Consumer<List<Ended>> told;
        private boolean over;

        Deliveries(UnitCode code, Consumer<List<Ended>> told) {
            this.code = code;
            this.told = told;
        }

        /** What is still on its way will not be run. */
        synchronized void end() {
            over = true;
        }

        @Override
        public synchronized boolean isOver() {
            return over;
        }

        @Override
        public synchronized void ready(List<UnitTask> tasks, InputBudget.Share share) {
            if (over) {
                tasks.forEach(task -> share.freeOne());
                return;
            }
            waiting.add(code.job(), tasks.stream().map(UnitTask::span).toList(), share);
            runner.run(code, tasks, (job, units) -> {
                waiting.free(job, units.stream().map(Ended::unit).toList());
                ended(job, units);
            });
        }

        @Override
        public void unreadable(Span unit, String why) {
            ended(code.job(), List.of(new Ended(unit, new UnitOutcome.Failed(why, new byte[0], 0))));
        }

        private void ended(JobId job, List<Ended> units) {
            units.forEach(unit -> listener.ended(unit.outcome()));
            List<Ended> said = units.stream()
                    .map(unit -> new Ended(unit.unit(), honesty.of(unit.unit(), unit.outcome())))
                    .toList();
            agent.execute(() -> told.accept(said));
        }
    }
}
