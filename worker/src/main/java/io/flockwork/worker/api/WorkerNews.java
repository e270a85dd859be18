package io.flockwork.worker.api;

import io.flockwork.sdk.model.NodeId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which workers have changed since the last look, in words. For one thread. */
final class WorkerNews {
    private static final int MOST_CHANGED = 500;
    private static final String ALL = "{\"reload\":true}";

    private final WorkerRoutes workers;
    private Map<NodeId, Seen> seen = new HashMap<>();
    private boolean hasLooked;

    /** What of a worker is told at once when it changes. */
    private record Seen(String name, String standing, String activity, int slots) {
        static Seen of(WorkerView view) {
            return new Seen(
                    view.worker().name(),
                    view.standing(),
                    view.activity(),
                    view.worker().slots());
        }
    }

    WorkerNews(WorkerRoutes workers) {
        this.workers = workers;
    }

    /** Nobody listens. */
    void forget() {
        seen = new HashMap<>();
        hasLooked = false;
    }

    /**
     * The news as JSON; none when nothing has changed. At the first look that all is to be asked for: whoever has asked before it may
     * have heard of a worker that has gone meanwhile.
     */
    Optional<String> next() {
        Map<NodeId, Seen> now = new HashMap<>();
        List<WorkerView> different = new ArrayList<>();
        for (WorkerView view : workers.views()) {
            NodeId id = view.worker().id();
            Seen is = Seen.of(view);
            now.put(id, is);
            if (!is.equals(seen.get(id))) {
                different.add(view);
            }
        }
        List<String> gone = seen.keySet().stream()
                .filter(id -> !now.containsKey(id))
                .map(NodeId::value)
                .toList();
        boolean isFirst = !hasLooked;
        hasLooked = true;
        seen = now;
        if (isFirst) {
            return Optional.of(ALL);
        }
        return different.isEmpty() && gone.isEmpty() ? Optional.empty() : Optional.of(text(different, gone));
    }

    private static String text(List<WorkerView> different, List<String> gone) {
        return different.size() + gone.size() > MOST_CHANGED
                ? ALL
                : new JsonObject()
                        .put(
                                "changed",
                                new JsonArray(
                                        different.stream().map(WorkerView::json).collect(Collectors.toList())))
                        .put("gone", new JsonArray(gone))
                        .encode();
    }
}
