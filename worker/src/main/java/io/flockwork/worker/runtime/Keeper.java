package io.flockwork.worker.runtime;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a runner process alive: starts it, takes its answers, and when it ends asks the desk who is to blame and starts
 * the next. One thread reads, one writes ({@link Feeder}), one watches for signs of life.
 */
final class Keeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    /** A runner has a low priority, and so may take long to start on a busy machine. */
    private static final long START_NANOS = TimeUnit.MINUTES.toNanos(5);

    private static final int MOST_FAILED_STARTS = 3;
    private static final String RESTS = "nothing to do";
    private static final long RETRY_MILLIS = 2000;
    private static final long CLOSE_MILLIS = 5000;

    private final RunnerSettings settings;
    private final CompletableFuture<Sandbox> sandbox;
    private final Desk desk;
    private final long silenceNanos;
    private final Optional<Duration> restsAfter;
    private final Thread thread = daemon(this::keep, "runner-keeper");
    private final ScheduledExecutorService watch = new ScheduledThreadPoolExecutor(
            1, task -> daemon(task, "runner-watch"), new ThreadPoolExecutor.DiscardPolicy());

    private volatile RunnerProcess process;
    private volatile long deadlineNanos;
    private volatile boolean closed;
    private int failedStarts;
    private volatile long deaths;
    /** When there was last something to do, as far as was seen. */
    private volatile long busyNanos;

    /**
     * @param desk guarded by its own monitor, which is notified when there is something to feed
     * @param silenceNanos how long a runner may say nothing
     * @param restsAfter how long a runner without work is kept; absent: for ever, and one is there before there is work
     */
    Keeper(
            RunnerSettings settings,
            CompletableFuture<Sandbox> sandbox,
            Desk desk,
            long silenceNanos,
            Optional<Duration> restsAfter) {
        this.settings = settings;
        this.sandbox = sandbox;
        this.desk = desk;
        this.silenceNanos = silenceNanos;
        this.restsAfter = restsAfter;
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        thread.start();
        watch.scheduleWithFixedDelay(this::checkPulse, 1, 1, TimeUnit.SECONDS);
    }

    /** Delivers on a thread of the keeper's. */
    void deliver(List<Ticket.Answered> answered) {
        watch.execute(() -> Delivery.deliver(answered));
    }

    boolean isClosed() {
        return closed;
    }

    long pid() {
        RunnerProcess now = process;
        return now == null ? -1 : now.pid();
    }

    /** Processes that ended before their time, or did not start. */
    long deaths() {
        return deaths;
    }

    private void checkPulse() {
        RunnerProcess now = process;
        if (now != null && System.nanoTime() - deadlineNanos > 0) {
            now.kill("no sign of life");
        } else if (now != null && restsAfter.isPresent()) {
            restIfIdle(now, restsAfter.get().toNanos());
        }
    }

    private void restIfIdle(RunnerProcess now, long patienceNanos) {
        synchronized (desk) {
            if (!desk.isIdle()) {
                busyNanos = System.nanoTime();
            } else if (System.nanoTime() - busyNanos > patienceNanos) {
                now.kill(RESTS);
            }
        }
    }

    private void keep() {
        try {
            while (!closed) {
                awaitWork();
                keepOne();
            }
        } catch (InterruptedException closing) {
            LOG.debug("The runner's keeper was interrupted", closing);
        }
    }

    /** A process that is kept warm does not wait for that. */
    private void awaitWork() throws InterruptedException {
        synchronized (desk) {
            while (restsAfter.isPresent() && desk.isIdle() && !closed) {
                desk.wait();
            }
        }
    }

    private void keepOne() throws InterruptedException {
        if (closed) {
            return;
        }
        busyNanos = System.nanoTime();
        deadlineNanos = busyNanos + START_NANOS;
        try {
            RunnerProcess started = RunnerProcess.start(settings, sandbox.join());
            process = started;
            if (closed) {
                started.kill("closed");
            }
            serve(started);
        } catch (IOException cannotStart) {
            startFailed(Wording.cause(cannotStart));
        }
    }

    private void serve(RunnerProcess served) throws InterruptedException, IOException {
        Feeder feeder = new Feeder(desk, served.out());
        Thread feeding = daemon(feeder, "runner-feeder");
        feeding.start();
        End end = listen(served);
        String how;
        try {
            how = served.awaitEnd();
        } finally {
            feeder.end();
            feeding.join();
        }
        if (closed) {
            return;
        }
        if (end == End.NEVER_SPOKE) {
            startFailed(how + ": " + served.lastWords());
        } else {
            failedStarts = 0;
            bury(served, how, end == End.SUDDEN);
        }
    }

    /** How a process's answers came to their end. */
    private enum End {
        NEVER_SPOKE,
        SAID_BYE,
        SUDDEN
    }

    private End listen(RunnerProcess served) {
        DataInputStream in = served.in();
        End end = End.NEVER_SPOKE;
        try {
            while (true) {
                Message message = Message.read(Frames.read(in));
                deadlineNanos = System.nanoTime() + silenceNanos;
                if (message instanceof Message.Outcomes outcomes) {
                    take(outcomes.answers());
                }
                end = message instanceof Message.Bye ? End.SAID_BYE : End.SUDDEN;
            }
        } catch (EOFException gone) {
            return end;
        } catch (IOException damaged) {
            if (!served.wasKilled()) {
                LOG.warn("The runner's answers make no sense: {}", damaged.getMessage());
                served.kill("it spoke nonsense");
            }
            return end;
        }
    }

    private void take(List<Message.Answer> answers) {
        List<Ticket.Answered> answered = new ArrayList<>(answers.size());
        synchronized (desk) {
            for (Message.Answer answer : answers) {
                desk.answer(answer.id(), answer.outcome()).ifPresent(answered::add);
            }
            desk.notifyAll();
        }
        Delivery.deliver(answered);
    }

    private void bury(RunnerProcess dead, String how, boolean blame) throws IOException {
        if (!how.equals(RESTS)) {
            deaths++; // by one thread only
        }
        LOG.info(
                "The runner ended ({}), another one follows{}",
                how,
                restsAfter.isPresent() ? " when there is work" : "");
        Set<Integer> running = dead.running();
        List<Ticket> guilty;
        synchronized (desk) {
            guilty = desk.lost(running, blame);
        }
        fail(guilty, "runner died (" + how + ")");
    }

    private void startFailed(String how) throws InterruptedException {
        LOG.error("The runner does not start: {}", how);
        failedStarts++;
        deaths++;
        List<Ticket> hopeless = List.of();
        synchronized (desk) {
            desk.lost(Set.of(), false);
            if (failedStarts >= MOST_FAILED_STARTS) {
                hopeless = desk.removeAll();
            }
        }
        fail(hopeless, "runner does not start (" + how + ")");
        synchronized (desk) {
            if (!closed) {
                desk.wait(RETRY_MILLIS);
            }
        }
    }

    private static void fail(List<Ticket> tickets, String cause) {
        Delivery.deliver(tickets.stream().map(ticket -> ticket.failed(cause)).toList());
    }

    /** Ends the process and all threads; who waits for an inspection is told so, units are forgotten. */
    @Override
    public void close() {
        closed = true;
        RunnerProcess last = process;
        if (last != null) {
            last.kill("closed");
        }
        List<Ticket> left;
        synchronized (desk) {
            left = desk.removeAll();
            desk.notifyAll();
        }
        fail(left.stream().filter(ticket -> ticket instanceof Ticket.Inspection).toList(), "the worker closes");
        watch.shutdown();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
