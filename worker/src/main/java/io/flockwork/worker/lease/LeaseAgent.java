package io.flockwork.worker.lease;

import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.identity.RevocationList;
import io.flockwork.sdk.identity.Revocations;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.WorkerInfo;
import io.flockwork.sdk.proof.VoteChain;
import io.flockwork.sdk.wire.BlobClient;
import io.flockwork.sdk.wire.Codec;
import io.flockwork.sdk.wire.Dialer;
import io.flockwork.sdk.wire.Link;
import io.flockwork.sdk.wire.Message;
import io.flockwork.sdk.wire.RevokedNodes;
import io.flockwork.sdk.wire.WorkerMessage;
import io.flockwork.sdk.wire.WorkerMessage.Directory;
import io.flockwork.sdk.wire.WorkerMessage.JobNotice;
import io.flockwork.worker.runtime.Runner;
import io.flockwork.worker.swarm.Swarm;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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

    private static final int BEATS_TO_ASK_OTHERS = 15;
    private static final int CARRIERS = 4;

    private final WorkerInfo self;
    private final Credentials credentials;
    private final Revocations revocations;
    private final SecureRandom random = new SecureRandom();
    private final ReportLog log;
    private final Leftovers leftovers;
    private final ScheduledThreadPoolExecutor thread;
    private final CoreLinks links;
    private final HomeCore home;
    private final OpenJobs jobs;
    private final ExecutorService carriers = Executors.newFixedThreadPool(CARRIERS, task -> daemon(task, "carrier"));
    private final Paces paces = new Paces();
    private final OwnRecord record;
    private Workbench workbench;
    private boolean paused;
    private long beats;

    private LeaseAgent(LeaseSettings settings, Homes homes, CoreBook book, ReportLog log, CoreLinks.Opener opener) {
        this.self = settings.self();
        this.credentials = settings.credentials();
        this.revocations = settings.revocations();
        SignedJobs signed = new SignedJobs(new MemberCheck(credentials.authority()), revocations);
        this.jobs = new OpenJobs(self.memoryBytes(), signed, this::openDesk);
        this.record = new OwnRecord(self.id());
        this.log = log;
        this.leftovers = new Leftovers(log);
        this.thread = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "lease-agent"));
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.links = new CoreLinks(opener, this::onThread, this::later, this::opened, this::received, this::lost);
        HomeCore.Threads threads = new HomeCore.Threads(this::onThread, this::later, carriers);
        this.home = new HomeCore(homes, book, links, this::arrange, threads);
    }

    /** Starts to work, as soon as a home core answers. */
    public static LeaseAgent start(
            LeaseSettings settings,
            Homes homes,
            CoreBook book,
            ReportLog log,
            Runner runner,
            Swarm swarm,
            Dialer dialer,
            Codec codec,
            BlobClient blobs) {
        LeaseAgent agent = new LeaseAgent(
                settings,
                homes,
                book,
                log,
                (core, listener) -> Link.open(dialer, core, WorkerMessage.PATH, codec, listener));
        agent.workbench = new RunnerBench(
                runner,
                swarm,
                blobs,
                new InputBudget(Math.min(
                                settings.self().memoryBytes(),
                                Runtime.getRuntime().maxMemory())
                        / 4),
                agent.carriers,
                agent::onThread,
                settings.units(),
                settings.dishonesty().rate() > 0
                        ? new Saboteur(settings.dishonesty(), new SplittableRandom())
                        : Honesty.ALWAYS);
        agent.begin();
        return agent;
    }

    private void begin() {
        thread.execute(logged(home::turnTo));
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
            if (paused) {
                jobs.all().forEach(JobDesk::layDown);
                home.leave();
            } else {
                home.comeBack();
            }
        });
    }

    /** Opens every socket anew: somebody has been revoked, and may be at the other end. */
    public void redial() {
        onThread(home::redial);
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
        return new AgentStatus(
                paused,
                home.now(),
                links.reaches(home.now()),
                home.hasSpoken(),
                jobs.status(links::reaches),
                jobs.declined(),
                jobs.unsigned(),
                leftovers.size(),
                jobs.unitsDone(),
                record.known());
    }

    private void opened(Link link) {
        byte[] encoded = credentials.keys().signing().getPublic().getEncoded();
        String key = Base64.getEncoder().encodeToString(encoded);
        link.send(new WorkerMessage.Hello(Message.PROTOCOL, self, key));
        jobs.all().stream().filter(desk -> desk.master().equals(link.core())).forEach(JobDesk::resume);
    }

    private void received(Link link, Message message) {
        if (paused && !(message instanceof WorkerMessage.Acknowledged) && !(message instanceof RevokedNodes)) {
            return; // it was on its way when the pause began
        }
        if (message instanceof Directory directory) {
            home.said(link.core(), directory);
        } else if (message instanceof WorkerMessage.Cores cores) {
            home.said(link.core(), cores);
        } else if (message instanceof WorkerMessage.Leases leases) {
            jobs.at(leases.job(), desk -> desk.leased(leases.units()));
        } else if (message instanceof WorkerMessage.Acknowledged acknowledged) {
            jobs.at(acknowledged.job(), desk -> desk.acknowledged(acknowledged.units()));
        } else if (message instanceof WorkerMessage.Dropped dropped) {
            jobs.at(dropped.job(), desk -> desk.dropped(dropped.units()));
        } else if (message instanceof WorkerMessage.NotLed notLed) {
            jobs.at(notLed.job(), JobDesk::notLed);
        } else if (message instanceof WorkerMessage.Judged judged) {
            record.heard(judged.conduct());
        } else if (message instanceof RevokedNodes news) {
            carriers.execute(() -> learn(link, news));
        } else if (message instanceof WorkerMessage.Refused refused) {
            LOG.warn("core {} refused this worker: {}", link.core(), refused.message());
        } else {
            LOG.warn("core {} sent what a worker does not take: {}", link.core(), message.getClass());
        }
    }

    private void learn(Link link, RevokedNodes news) {
        try {
            revocations.learn(RevocationList.parse(news.list()));
        } catch (IllegalArgumentException nonsense) {
            LOG.warn("core {} sent no list of revoked nodes: {}", link.core(), nonsense.getMessage());
        }
    }

    private void lost(Address core) {
        home.lost(core);
    }

    private void arrange(Directory directory) {
        home.alsoWant(jobs.arrange(directory));
        askAll();
    }

    /** A job of known code starts at the pace that its code had before. */
    private JobDesk openDesk(JobNotice notice) {
        Outbox outbox = new Outbox(notice.job(), new VoteChain(credentials, notice.job(), self.team(), random), log);
        JobDesk desk =
                new JobDesk(notice, self.slots(), paces.of(notice.code()), workbench, links::send, outbox, this::in);
        desk.takeUp(leftovers.of(notice.job()));
        return desk;
    }

    private void askAll() {
        if (!paused) {
            jobs.askAll();
        }
    }

    private void beat() {
        if (!paused) {
            jobs.all().forEach(JobDesk::beat);
        }
        if (home.hears()) {
            leftovers.beat();
        }
        if (++beats % BEATS_TO_ASK_OTHERS == 0) {
            home.hearOthers();
        }
        tidyLog();
    }

    private void tidyLog() {
        boolean nothingKept = leftovers.isEmpty() && jobs.all().stream().allMatch(JobDesk::owesNothing);
        if (log.isUntidy(nothingKept)) {
            List<Message> kept = new ArrayList<>(leftovers.kept());
            jobs.all().forEach(desk -> kept.addAll(desk.kept()));
            log.tidy(kept);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread made = new Thread(task, name);
        made.setDaemon(true);
        return made;
    }

    private void later(Runnable task) {
        in(CoreLinks.RETRY_MILLIS, task);
    }

    private void in(long millis, Runnable task) {
        thread.schedule(logged(task), millis, TimeUnit.MILLISECONDS);
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
