package io.flockwork.worker.master;

import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.JobChange;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.JobRecord;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.wire.ResultList.Entry;
import io.flockwork.sdk.wire.WorkerMessage;
import io.flockwork.worker.mesh.Mesh;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs that this core leads. A job that nobody leads is taken by the owner of its key and stays where it is until that
 * core is gone. Public methods may be called by any thread and never block.
 */
public final class Masters implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Masters.class);
    private static final Duration LOOK_AROUND = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** What a question may take beyond its wait. */
    private static final Duration FINALS_GRACE = Duration.ofSeconds(1);

    private final Mesh mesh;
    private final MasterFactory factory;
    private final Function<String, Loop> loops;
    private final Loop watch;
    private final Map<JobId, LedJob> led = new ConcurrentHashMap<>();
    private final Set<JobId> claiming = new HashSet<>();

    private Masters(Mesh mesh, MasterFactory factory, Function<String, Loop> loops) {
        this.mesh = mesh;
        this.factory = factory;
        this.loops = loops;
        this.watch = loops.apply("masters");
    }

    /** Starts to lead what falls to this core. */
    public static Masters start(Mesh mesh, MasterFactory factory) {
        return start(mesh, factory, ThreadLoop::new);
    }

    static Masters start(Mesh mesh, MasterFactory factory, Function<String, Loop> loops) {
        Masters masters = new Masters(mesh, factory, loops);
        mesh.listen(new Mesh.Listener() {
            @Override
            public void jobChanged(JobRecord job) {
                masters.watch.execute(() -> masters.heard(job));
            }

            @Override
            public void judged(Conduct conduct) {
                masters.watch.execute(
                        () -> masters.led.values().forEach(leader -> leader.tell(master -> master.learn(conduct))));
            }

            @Override
            public void coresChanged() {
                masters.watch.execute(masters::considerAll);
            }
        });
        masters.watch.execute(masters::considerAll);
        masters.watch.every(LOOK_AROUND, masters::considerAll);
        return masters;
    }

    /** A worker's message about a job goes to the job's master, or comes back as "not led here". */
    public void received(WorkerChannel channel, JobId job, WorkerMessage message) {
        LedJob leader = led.get(job);
        if (leader == null) {
            channel.send(new WorkerMessage.NotLed(job));
            return;
        }
        leader.tell(deliver(channel, message));
    }

    private static Consumer<JobMaster> deliver(WorkerChannel channel, WorkerMessage message) {
        return master -> {
            if (message instanceof WorkerMessage.Ask ask) {
                master.ask(channel, ask);
            } else if (message instanceof WorkerMessage.Report report) {
                master.report(channel, report);
            } else if (message instanceof WorkerMessage.InHand inHand) {
                master.inHand(channel, inHand);
            }
        };
    }

    /** A worker's socket closed. */
    public void gone(WorkerChannel channel) {
        led.values().forEach(leader -> leader.tell(master -> master.gone(channel)));
    }

    /** Where the units of a job that this core leads stand; completes empty where it leads it not, or not yet, and fails after a while. */
    public CompletionStage<Optional<UnitMap>> map(JobId job, int cells) {
        return ask(job, master -> master.unitViews().map(cells));
    }

    /** A part of the units that somebody has tried, in order; otherwise as {@link #map}. */
    public CompletionStage<Optional<UnitView.Part>> units(
            JobId job, Optional<UnitPhase> wanted, int offset, int limit) {
        return ask(job, master -> master.unitViews().units(wanted, offset, limit));
    }

    /**
     * Results of the job that are final, behind this number: at most so many, or none when there are none for so long, for the master
     * may be about to split the job. Completes empty where this core leads the job not, or no more.
     */
    public CompletionStage<Optional<List<Entry>>> finals(JobId job, long after, int most, Duration wait) {
        LedJob leader = led.get(job);
        return leader == null
                ? CompletableFuture.completedFuture(Optional.empty())
                : leader.await(master -> master.finals().after(after, most, wait))
                        .completeOnTimeout(
                                Optional.of(List.of()), wait.plus(FINALS_GRACE).toMillis(), TimeUnit.MILLISECONDS);
    }

    private <T> CompletionStage<Optional<T>> ask(JobId job, Function<JobMaster, T> question) {
        LedJob leader = led.get(job);
        return leader == null
                ? CompletableFuture.completedFuture(Optional.empty())
                : leader.ask(question).orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** True while this core believes that it leads the job. */
    public boolean leads(JobId job) {
        return led.containsKey(job);
    }

    /** Leads nothing more; other cores take over when this one has left the mesh. */
    @Override
    public void close() {
        watch.execute(() -> {
            led.values().forEach(LedJob::stop);
            led.clear();
            watch.close();
        });
    }

    private void considerAll() {
        mesh.jobs().forEach(this::consider);
    }

    private void heard(JobRecord job) {
        // The segments of a job that was cancelled while nobody led it are the key's owner's to drop.
        if (job.state().ended() && !led.containsKey(job.id()) && mesh.owns(job.id()) && !isLed(job)) {
            mesh.dropSegments(job.id());
        }
        consider(job);
    }

    private void consider(JobRecord job) {
        LedJob leader = led.get(job.id());
        if (job.state().ended()) {
            if (leader != null) {
                led.remove(job.id()).forget();
            }
        } else if (leader == null) {
            claim(job);
        } else if (job.epoch() > leader.epoch() || job.epoch() == leader.epoch() && !isMine(job)) {
            led.remove(job.id()).stop();
            claim(job);
        }
    }

    private void claim(JobRecord job) {
        if (isForMe(job) && claiming.add(job.id())) {
            mesh.change(job.id(), new JobChange.Claim(mesh.self(), job.epoch()))
                    .whenComplete((claimed, failure) -> watch.execute(() -> {
                        claiming.remove(job.id());
                        if (failure == null) {
                            claimed.ifPresent(this::lead);
                        } else {
                            LOG.warn("job {} could not be claimed: {}", job.id(), failure.toString());
                        }
                    }));
        }
    }

    /** This core led the job before it was restarted; or it owns the key and nobody leads. */
    private boolean isForMe(JobRecord job) {
        return isMine(job) || mesh.owns(job.id()) && !isLed(job);
    }

    private boolean isMine(JobRecord job) {
        return job.master().filter(mesh.self()::equals).isPresent();
    }

    private boolean isLed(JobRecord job) {
        Set<NodeId> live = mesh.cores().stream().map(core -> core.id()).collect(Collectors.toSet());
        return job.master().filter(live::contains).isPresent();
    }

    private void lead(JobRecord job) {
        LedJob leader = new LedJob(job, loops.apply("master-" + job.id()), mesh, factory);
        led.put(job.id(), leader);
        leader.start();
    }
}
