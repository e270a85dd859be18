package io.flockwork.coordinator;

import io.flockwork.sdk.model.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is there, and who founds the mesh when nobody is. At most one joining core is the founder at a time, until it is up
 * or has fallen silent; whoever announces while others are up joins those. Not thread-safe; time comes from the caller.
 */
final class Roll {
    /** A core not heard of for so long is no longer listed. */
    static final long SILENCE_MILLIS = 5_000;

    /** After a start, cores that were up before get this long to say so before anyone may found another mesh. */
    static final long GRACE_MILLIS = 2_000;

    /** Most cores listed at once. */
    static final int MOST_CORES = 1_000;

    private static final int MOST_REMEMBERED = 64;

    private final long startMillis;
    private final Map<NodeId, Entry> present = new LinkedHashMap<>();
    private final Map<NodeId, Core> remembered = new LinkedHashMap<>();
    private Optional<NodeId> founder = Optional.empty();

    private record Entry(Core core, boolean up, long heardMillis) {}

    /** @param earlier cores that were up before this start */
    Roll(Collection<Core> earlier, long nowMillis) {
        startMillis = nowMillis;
        earlier.forEach(this::remember);
    }

    /** @return what to tell the core, or empty when the list is full */
    Optional<Answer> announce(Core core, boolean up, long nowMillis) {
        forgetSilent(nowMillis);
        if (present.size() >= MOST_CORES && !present.containsKey(core.id())) {
            return Optional.empty();
        }
        present.put(core.id(), new Entry(core, up, nowMillis));
        if (up) {
            remember(core);
            founder = founder.filter(id -> !id.equals(core.id()));
            return Optional.of(new Answer(Answer.Advice.JOIN, listed(true)));
        }
        return Optional.of(tellJoining(core, nowMillis));
    }

    private Answer tellJoining(Core core, long nowMillis) {
        if (anyUp()) {
            return new Answer(Answer.Advice.JOIN, listed(true));
        }
        boolean earlierMayCome = !remembered.isEmpty() && nowMillis - startMillis < GRACE_MILLIS;
        if (earlierMayCome || founder.isPresent() && !founder.get().equals(core.id())) {
            return new Answer(Answer.Advice.WAIT, listed(false));
        }
        founder = Optional.of(core.id());
        return new Answer(Answer.Advice.FOUND, listed(false));
    }

    /** The cores that are up. */
    List<Core> up(long nowMillis) {
        forgetSilent(nowMillis);
        return present.values().stream().filter(Entry::up).map(Entry::core).toList();
    }

    /** The cores that were up last, the latest to come last. */
    List<Core> remembered() {
        return List.copyOf(remembered.values());
    }

    private boolean anyUp() {
        return present.values().stream().anyMatch(Entry::up);
    }

    private List<Answer.Listed> listed(boolean onlyUp) {
        List<Answer.Listed> cores = new ArrayList<>();
        for (Entry entry : present.values()) {
            if (entry.up() || !onlyUp) {
                cores.add(new Answer.Listed(entry.core(), entry.up() ? Answer.State.UP : Answer.State.JOINING));
            }
        }
        for (Core core : remembered.values()) {
            if (!onlyUp && !present.containsKey(core.id())) {
                cores.add(new Answer.Listed(core, Answer.State.REMEMBERED));
            }
        }
        return cores;
    }

    private void forgetSilent(long nowMillis) {
        present.values().removeIf(entry -> nowMillis - entry.heardMillis() > SILENCE_MILLIS);
        founder = founder.filter(present::containsKey);
    }

    private void remember(Core core) {
        if (core.equals(remembered.get(core.id()))) {
            return;
        }
        // A core that listens where another did has replaced it.
        remembered.values().removeIf(other -> other.mesh().equals(core.mesh()));
        remembered.remove(core.id());
        remembered.put(core.id(), core);
        if (remembered.size() > MOST_REMEMBERED) {
            remembered.remove(remembered.keySet().iterator().next());
        }
    }
}
