package io.flockwork.sdk.monitor;

import com.fasterxml.jackson.jr.ob.JSON;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node's numbers: those of its JVM, and those that its parts add to the {@link #registry}. */
public final class Meters implements Monitor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Meters.class);
    private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";
    private static final int PATIENCE_SECONDS = 5;
    private static final int MOST_WAITING = 16;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final ExecutorService thread = new ThreadPoolExecutor(
            0, 1, PATIENCE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), Meters::daemon);
    private final List<Runnable> before = new CopyOnWriteArrayList<>();
    private final Probe probe;

    /** Looks how the node is. May be called by any thread; must not block. */
    @FunctionalInterface
    public interface Probe {
        /**
         * Why the node does not do what it is there for, in one sentence; empty when it does. That it fails, or does not
         * complete in {@value Meters#PATIENCE_SECONDS} seconds, means that the node is not alive.
         */
        CompletionStage<Optional<String>> complaint();
    }

    /** @param role of the node in its grid, in one word */
    public Meters(String role, Probe probe) {
        this.probe = probe;
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
        Gauge.builder("flockwork.node", () -> 1)
                .description("1, with what this node is as labels")
                .tag("role", role)
                .register(registry);
    }

    private static Thread daemon(Runnable task) {
        Thread made = new Thread(task, "monitor");
        made.setDaemon(true);
        return made;
    }

    /** Where parts add their numbers, which are read on a thread of the monitor's. Safe for use by many threads. */
    public MeterRegistry registry() {
        return registry;
    }

    /** To be done each time before numbers are read, on the thread that reads them. */
    public void before(Runnable reading) {
        before.add(reading);
    }

    @Override
    public CompletionStage<Answer> answer(Page page) {
        CompletableFuture<Optional<String>> looked = look();
        return switch (page) {
            case HEALTH -> looked.handle((complaint, dead) -> dead == null ? alive() : dead(dead));
            case READY -> looked.handle((complaint, dead) -> dead == null ? readiness(complaint) : dead(dead));
            case METRICS -> metrics(looked);
        };
    }

    private CompletableFuture<Optional<String>> look() {
        try {
            return probe.complaint().toCompletableFuture().copy().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (RuntimeException broken) {
            return CompletableFuture.failedFuture(broken);
        }
    }

    private static Answer alive() {
        return Answer.json(200, object(Map.of("alive", true)));
    }

    private static Answer dead(Throwable why) {
        Throwable cause = why instanceof CompletionException && why.getCause() != null ? why.getCause() : why;
        LOG.warn("this node does not say how it is: {}", cause.toString());
        return Answer.json(503, object(Map.of("alive", false)));
    }

    private static Answer readiness(Optional<String> complaint) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("ready", complaint.isEmpty());
        complaint.ifPresent(why -> said.put("why", why));
        return Answer.json(complaint.isEmpty() ? 200 : 503, object(said));
    }

    private static String object(Map<String, Object> said) {
        try {
            return JSON.std.asString(said);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Also of a node that is not alive: its JVM's numbers may tell why. */
    private CompletionStage<Answer> metrics(CompletableFuture<Optional<String>> looked) {
        return looked.handle((complaint, dead) -> dead == null).thenCompose(alive -> {
            try {
                return CompletableFuture.supplyAsync(this::scrape, thread);
            } catch (RejectedExecutionException busy) {
                return CompletableFuture.completedFuture(
                        Answer.refusal(503, "too many ask for this at once; wait a moment"));
            }
        });
    }

    private Answer scrape() {
        before.forEach(Runnable::run);
        return new Answer(200, FORMAT, registry.scrape());
    }

    @Override
    public void close() {
        thread.shutdownNow();
        gc.close();
        registry.close();
    }
}
