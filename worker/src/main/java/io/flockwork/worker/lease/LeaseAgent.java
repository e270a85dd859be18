package io.flockwork.worker.lease;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.Code;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.wire.BlobClient;
import io.flockwork.sdk.wire.Codec;
import io.flockwork.sdk.wire.Dialer;
import io.flockwork.sdk.wire.Link;
import io.flockwork.sdk.wire.Message;
import io.flockwork.sdk.wire.WorkerMessage;
import io.flockwork.sdk.wire.WorkerMessage.Directory;
import io.flockwork.sdk.wire.WorkerMessage.JobNotice;
import io.flockwork.worker.runtime.Runner;
import io.flockwork.worker.swarm.Swarm;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works for the grid: hears from its home core which jobs there are, and keeps a {@link JobDesk} for each. Everything
 * happens on one thread of its own; public methods may be called by any.
 */
public final class LeaseAgent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseAgent.class);
    private static final long BEAT_MILLIS = 2_000;
    private static final long ASK_MILLIS = 100;
    private static final int CARRIERS = 4;
    private static final int MOST_PACES = 100;

    private final WorkerInfo self;
    private final Address home;
    private final ScheduledThreadPoolExecutor thread;
    private final CoreLinks links;
    private final Map<JobId, JobDesk> open = new HashMap<>();
    private final ExecutorService carriers = Executors.newFixedThreadPool(CARRIERS, task -> daemon(task, "carrier"));
    private final Map<Code, Pace> paces = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Code, Pace> eldest) {
            return size() > MOST_PACES;
        }
    };
    private Workbench workbench;
    private boolean paused;
    private boolean informed;
    private int declined;
    private long unitsDoneBefore;

    private LeaseAgent(LeaseSettings settings, CoreLinks.Opener opener) {
        this.self = settings.self();
        this.home = settings.home();
        this.thread = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "lease-agent"));
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.links = new CoreLinks(
                opener,
                this::onThread,
                task -> thread.schedule(logged(task), CoreLinks.RETRY_MILLIS, TimeUnit.MILLISECONDS),
                this::opened,
                this::received);
    }

    /** Starts to work, as soon as the home core answers. */
    public static LeaseAgent start(
            LeaseSettings settings, Runner runner, Swarm swarm, Dialer dialer, Codec codec, BlobClient blobs) {
        LeaseAgent agent = new LeaseAgent(
                settings, (core, listener) -> Link.open(dialer, core, WorkerMessage.PATH, codec, listener));
        agent.workbench = new RunnerBench(
                runner,
                swarm,
                blobs,
                new InputBudget(settings.self().memoryBytes() / 4),
                agent.carriers,
                agent::onThread,
                settings.saboteur() > 0
                        ? new Saboteur(settings.saboteur(), new SplittableRandom())
                        : outcome -> outcome);
        agent.begin();
        return agent;
    }

    private void begin() {
        thread.execute(() -> want(Set.of(home)));
        thread.scheduleWithFixedDelay(logged(this::beat), BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
        thread.scheduleWithFixedDelay(logged(this::askAll), ASK_MILLIS, ASK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Paused, it computes nothing and has no socket to any core: to the masters it is a worker that has left, so its units
     * soon go to others. It keeps the reports that are not acknowledged, and sends them again when it goes on.
     */
    public void pause(boolean pause) {
        onThread(() -> {
            if (pause == paused) {
                return;
            }
            paused = pause;
            informed = false;
            declined = 0;
            if (paused) {
                open.values().forEach(JobDesk::layDown);
            }
            want(Set.of(home));
        });
    }

    private void want(Set<Address> cores) {
        links.want(paused ? Set.of() : cores);
    }

    /** What it does now; fails once the agent has closed. */
    public CompletionStage<AgentStatus> status() {
        try {
            return CompletableFuture.supplyAsync(this::look, thread);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.failedStage(closed);
        }
    }

    private AgentStatus look() {
        List<AgentStatus.JobStatus> jobs = open.values().stream()
                .map(desk -> desk.status(links.reaches(desk.master())))
                .sorted(Comparator.comparing(AgentStatus.JobStatus::job))
                .toList();
        long unitsDone = unitsDoneBefore
                + jobs.stream().mapToLong(AgentStatus.JobStatus::unitsDone).sum();
        return new AgentStatus(paused, home, links.reaches(home), informed, jobs, declined, unitsDone);
    }

    private void opened(Link link) {
        link.send(new WorkerMessage.Hello(Message.PROTOCOL, self));
        open.values().stream().filter(desk -> desk.master().equals(link.core())).forEach(JobDesk::resume);
    }

    private void received(Link link, Message message) {
        if (message instanceof Directory directory) {
            if (link.core().equals(home) && !paused) {
                arrange(directory);
            }
        } else if (message instanceof WorkerMessage.Leases leases) {
            at(leases.job(), desk -> desk.leased(leases.units()));
        } else if (message instanceof WorkerMessage.Acknowledged acknowledged) {
            at(acknowledged.job(), desk -> desk.acknowledged(acknowledged.units()));
        } else if (message instanceof WorkerMessage.Dropped dropped) {
            at(dropped.job(), desk -> desk.dropped(dropped.units()));
        } else if (message instanceof WorkerMessage.NotLed notLed) {
            at(notLed.job(), JobDesk::notLed);
        } else if (message instanceof WorkerMessage.Refused refused) {
            LOG.warn("core {} refused this worker: {}", link.core(), refused.message());
        } else {
            LOG.warn("core {} sent what a worker does not take: {}", link.core(), message.getClass());
        }
    }

    private void at(JobId job, Consumer<JobDesk> action) {
        JobDesk desk = open.get(job);
        if (desk != null) {
            action.accept(desk);
        }
    }

    private void arrange(Directory directory) {
        informed = true;
        declined = 0;
        Set<JobId> named = new HashSet<>();
        Set<Address> cores = new HashSet<>(Set.of(home));
        for (JobNotice notice : directory.jobs()) {
            if (notice.limits().memoryBytes() > self.memoryBytes()) {
                declined++;
                continue; // the volunteer's limit: such a job is not asked for
            }
            named.add(notice.job());
            cores.add(notice.master());
            open.computeIfAbsent(notice.job(), id -> openDesk(notice)).follow(notice);
        }
        open.entrySet().removeIf(entry -> {
            boolean over = !named.contains(entry.getKey());
            if (over) {
                unitsDoneBefore += entry.getValue().unitsDone();
                entry.getValue().close();
            }
            return over;
        });
        want(cores);
        askAll();
    }

    /** A job of known code starts at the pace that its code had before. */
    private JobDesk openDesk(JobNotice notice) {
        Pace pace = paces.computeIfAbsent(notice.code(), code -> new Pace());
        return new JobDesk(notice, self.slots(), pace, workbench, links::send);
    }

    private void askAll() {
        if (paused) {
            return;
        }
        int weights = open.values().stream().mapToInt(JobDesk::weight).sum();
        open.values().forEach(desk -> {
            desk.share((double) desk.weight() / weights);
            desk.askIfHungry();
        });
    }

    private void beat() {
        if (!paused) {
            open.values().forEach(JobDesk::beat);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread made = new Thread(task, name);
        made.setDaemon(true);
        return made;
    }

    /** Runs a task on the agent's thread; not at all once the agent has closed. */
    private void onThread(Runnable task) {
        try {
            thread.execute(logged(task));
        } catch (RejectedExecutionException closed) {
            LOG.debug("an answer came after the agent had closed", closed);
        }
    }

    /** A fault in one step ends neither the heartbeats nor unseen. */
    private static Runnable logged(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException bug) {
                LOG.error("a step of the lease agent failed", bug);
            }
        };
    }

    @Override
    public void close() {
        onThread(() -> {
            links.close();
            thread.shutdown();
        });
        carriers.shutdownNow();
    }
}
