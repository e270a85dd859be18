package io.flockwork.worker.metrics;

import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.JobState;
import io.flockwork.sdk.model.Standing;
import io.flockwork.worker.gateway.RequestListener;
import io.flockwork.worker.master.JobEvents;
import io.flockwork.worker.mesh.Mesh;
import io.flockwork.worker.swarm.Swarm;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/** What a core counts beside: jobs that it leads, and what it knows of the grid. Safe for use by many threads. */
public final class CoreMeters implements JobEvents, RequestListener {
    private final MeterRegistry registry;
    private final Counter accepted;
    private final Counter failed;
    private final Counter withdrawn;
    private final Counter contested;
    private final Counter votes;
    private final Counter checks;
    private final Counter strikes;
    private final Map<Integer, Counter> requests = new ConcurrentHashMap<>();
    private volatile GridView grid = GridView.NOTHING_KNOWN;

    private CoreMeters(MeterRegistry registry) {
        this.registry = registry;
        accepted = settledAs("accepted");
        failed = settledAs("failed");
        withdrawn = counter("flockwork.units.withdrawn", "Accepted units of jobs led here that were opened again");
        contested = counter("flockwork.units.contested", "Units of jobs led here on which answers disagreed");
        votes = counter("flockwork.votes", "Answers that counted in jobs led here");
        checks = counter("flockwork.checks", "Those of them that were not a unit's first");
        strikes = counter("flockwork.strikes", "Answers proven wrong in jobs led here");
        requests.put(200, requestsAnsweredWith(200));
    }

    /** Counts from now on, beside what every node counts. */
    public static CoreMeters of(NodeMeters node, Mesh mesh, Swarm swarm) {
        CoreMeters made = new CoreMeters(node.registry());
        JobGauges jobs = new JobGauges(node.registry());
        node.before(() -> {
            made.grid = GridView.of(mesh);
            jobs.show(made.grid.led());
        });
        made.addGrid();
        FunctionCounter.builder("flockwork.swarm.served", swarm, Swarm::servedBytes)
                .description("Bytes of pieces that others had from this core")
                .baseUnit("bytes")
                .register(node.registry());
        return made;
    }

    private void addGrid() {
        gauge("flockwork.mesh.members", "Core workers in the mesh", GridView::cores);
        gauge("flockwork.edge.workers", "Edge workers that are connected to any core", GridView::edges);
        gauge("flockwork.grid.slots", "Slots of all workers", GridView::slots);
        gauge("flockwork.jobs.led", "Jobs that this core leads now", view -> view.led()
                .size());
        gauge("flockwork.known.strikes", "Wrong answers of all workers since they were pardoned", GridView::strikes);
        for (JobState state : JobState.values()) {
            tagged("flockwork.jobs", "Jobs that the grid remembers", "state", state, view -> view.jobs()
                    .getOrDefault(state, 0L));
        }
        for (Standing standing : Standing.values()) {
            tagged(
                    "flockwork.known.workers",
                    "Workers that were ever judged",
                    "standing",
                    standing,
                    view -> view.known().getOrDefault(standing, 0L));
        }
    }

    private void gauge(String name, String description, ToDoubleFunction<GridView> number) {
        Gauge.builder(name, () -> number.applyAsDouble(grid))
                .description(description)
                .register(registry);
    }

    private void tagged(String name, String description, String tag, Enum<?> value, ToDoubleFunction<GridView> number) {
        Gauge.builder(name, () -> number.applyAsDouble(grid))
                .description(description)
                .tag(tag, value.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private Counter settledAs(String outcome) {
        return Counter.builder("flockwork.units.settled")
                .description("Units of jobs led here that have come to an end")
                .tag("outcome", outcome)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    /** Who is connected to the gateway: how many sockets members in a role have open. */
    public void sockets(ToIntFunction<Role> open) {
        for (Role role : EnumSet.complementOf(EnumSet.of(Role.COORDINATOR))) {
            Gauge.builder("flockwork.gateway.sockets", () -> open.applyAsInt(role))
                    .description("WebSockets open at this core's gateway")
                    .tag("role", role.word())
                    .register(registry);
        }
    }

    @Override
    public void answered(int status) {
        requests.computeIfAbsent(status, this::requestsAnsweredWith).increment();
    }

    private Counter requestsAnsweredWith(int status) {
        return Counter.builder("flockwork.gateway.requests")
                .description("HTTP requests that this core's gateway has answered")
                .tag("status", Integer.toString(status))
                .register(registry);
    }

    @Override
    public void voted(boolean check) {
        votes.increment();
        if (check) {
            checks.increment();
        }
    }

    @Override
    public void settled(boolean asFailed) {
        (asFailed ? failed : accepted).increment();
    }

    @Override
    public void withdrawn() {
        withdrawn.increment();
    }

    @Override
    public void contested() {
        contested.increment();
    }

    @Override
    public void struck() {
        strikes.increment();
    }
}
