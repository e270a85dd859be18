package io.flockwork.coordinator;

import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.monitor.Answer;
import io.flockwork.sdk.monitor.Meters;
import io.flockwork.sdk.monitor.Monitor;
import io.flockwork.sdk.monitor.Page;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the coordinator counts. The only class here that knows Micrometer; safe for use by many threads. */
final class CoordinatorMeters implements Monitor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorMeters.class);

    private final Meters meters;
    private final Counter joined;
    private final Counter refused;
    private final Map<Integer, Counter> requests = new ConcurrentHashMap<>();
    private volatile State last = new State(0, Optional.empty());
    private volatile Map<Role, Long> members = new EnumMap<>(Role.class);

    /**
     * How the coordinator is at one moment.
     *
     * @param cores that are up
     * @param complaint why it is of no use, in one sentence
     */
    record State(int cores, Optional<String> complaint) {}

    /** @param look how it is now; fails or does not complete when its event loop does not live */
    CoordinatorMeters(Supplier<CompletionStage<State>> look) {
        meters = new Meters(Role.COORDINATOR.word(), () -> look.get().thenApply(this::heard));
        joined = enrolments("joined");
        refused = enrolments("refused");
        requests.put(200, requestsAnsweredWith(200));
        gauge(
                "flockwork.ready",
                "1 when this node does what it is there for",
                () -> last.complaint().isEmpty() ? 1 : 0);
        gauge("flockwork.cores.up", "Core workers that the coordinator hears of", () -> last.cores());
    }

    private Optional<String> heard(State state) {
        last = state;
        return state.complaint();
    }

    private Counter enrolments(String outcome) {
        return Counter.builder("flockwork.enrolments")
                .description("Requests to join the grid, by what came of them")
                .tag("outcome", outcome)
                .register(meters.registry());
    }

    private void gauge(String name, String description, IntSupplier number) {
        Gauge.builder(name, number::getAsInt).description(description).register(meters.registry());
    }

    /** Also tells of who was ever enrolled, which is in the coordinator's folder. */
    void add(Registry registry, IntSupplier revoked) {
        meters.before(() -> count(registry));
        gauge("flockwork.revoked.nodes", "Nodes that are members no more", revoked);
        for (Role role : Role.values()) {
            Gauge.builder("flockwork.members", () -> members.getOrDefault(role, 0L))
                    .description("Nodes that were ever enrolled, by role")
                    .tag("role", role.word())
                    .register(meters.registry());
        }
    }

    private void count(Registry registry) {
        try {
            members = registry.members();
        } catch (IOException unreadable) {
            LOG.warn("the members cannot be counted: {}", unreadable.getMessage());
        }
    }

    /** Somebody has asked to join. */
    void enrolled(boolean success) {
        (success ? joined : refused).increment();
    }

    /** A request was answered with this status. */
    void answered(int status) {
        requests.computeIfAbsent(status, this::requestsAnsweredWith).increment();
    }

    private Counter requestsAnsweredWith(int status) {
        return Counter.builder("flockwork.coordinator.requests")
                .description("HTTP requests that the coordinator has answered")
                .tag("status", Integer.toString(status))
                .register(meters.registry());
    }

    @Override
    public CompletionStage<Answer> answer(Page page) {
        return meters.answer(page);
    }

    @Override
    public void close() {
        meters.close();
    }
}
