package io.flockwork.sdk.proof;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.NodeId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The votes on one unit, by digest. Nearly all units have one digest with one or two votes, and there are many units. */
final class UnitVotes {
    final FinalUnit unit;
    private Set<NodeId> agreeing = Set.of();
    private Map<BlobId, Set<NodeId>> others = Map.of();

    UnitVotes(FinalUnit unit) {
        this.unit = unit;
    }

    void add(NodeId worker, BlobId digest) {
        if (unit.result().isPresent() && unit.result().get().digest().equals(digest)) {
            agreeing = with(agreeing, worker);
        } else {
            others = others.isEmpty() ? new LinkedHashMap<>() : others;
            others.merge(digest, Set.of(worker), (known, one) -> with(known, worker));
        }
    }

    private static Set<NodeId> with(Set<NodeId> workers, NodeId worker) {
        if (workers.isEmpty()) {
            return Set.of(worker);
        }
        Set<NodeId> more = new HashSet<>(workers);
        more.add(worker);
        return Set.copyOf(more);
    }

    boolean accepted() {
        return unit.result().isPresent();
    }

    /** True when the unit has a result and somebody gave another one. */
    boolean disputed() {
        return accepted() && !others.isEmpty();
    }

    /** Who gave the result. */
    Set<NodeId> agreeing() {
        return agreeing;
    }

    /** Who gave another one. */
    List<NodeId> losers() {
        return others.values().stream().flatMap(Set::stream).distinct().sorted().toList();
    }

    /** True when, without these workers, more voters gave the result than any other one; {@code voter} says as whose a worker's vote counts. */
    boolean prevails(Set<NodeId> without, Function<NodeId, String> voter) {
        long most = others.values().stream()
                .mapToLong(workers -> voters(workers, without, voter))
                .max()
                .orElse(0);
        return voters(agreeing, without, voter) > most;
    }

    /** Voters for the result. */
    long support(Function<NodeId, String> voter) {
        return voters(agreeing, Set.of(), voter);
    }

    private static long voters(Set<NodeId> workers, Set<NodeId> without, Function<NodeId, String> voter) {
        return workers.stream()
                .filter(worker -> !without.contains(worker))
                .map(voter)
                .distinct()
                .count();
    }
}
