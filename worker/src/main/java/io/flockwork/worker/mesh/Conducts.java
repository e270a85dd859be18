package io.flockwork.worker.mesh;

import com.hazelcast.map.IMap;
import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.Judgement;
import io.flockwork.sdk.model.NodeId;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** What the grid knows of its workers' conduct: kept in the mesh, and read from what this core has heard. */
final class Conducts {
    private final IMap<String, Conduct> map;
    private final Persistence persistence;
    private final Listeners listeners;
    private final Heard<NodeId, Conduct> heard =
            new Heard<>((heard, known) -> !heard.merged(known).equals(known));

    Conducts(IMap<String, Conduct> map, Persistence persistence, Listeners listeners) {
        this.map = map;
        this.persistence = persistence;
        this.listeners = listeners;
    }

    /** Listens first, on the mesh's thread, and reads after, so that nothing falls between. */
    void hearEverything(Executor mesh) {
        Ear.listen(map, mesh, this::hear);
        map.values().forEach(known -> heard.hear(known.worker(), known));
    }

    private void hear(Conduct conduct) {
        if (heard.hear(conduct.worker(), conduct)) {
            listeners.tell(listener -> listener.judged(conduct));
        }
    }

    CompletionStage<Conduct> judge(NodeId worker, Judgement judgement) {
        return persistence.until(again -> map.submitToKey(worker.value(), new Judge(judgement)));
    }

    Heard<NodeId, Conduct> heard() {
        return heard;
    }
}
