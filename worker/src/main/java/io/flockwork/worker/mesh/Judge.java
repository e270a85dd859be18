package io.flockwork.worker.mesh;

import com.hazelcast.map.EntryProcessor;
import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.Judgement;
import io.flockwork.sdk.model.NodeId;
import java.util.Map;
import java.util.Optional;

/** Runs a {@link Judgement} where the worker's conduct lives. */
record Judge(Judgement judgement) implements EntryProcessor<String, Conduct, Conduct> {
    @Override
    public Conduct process(Map.Entry<String, Conduct> entry) {
        Optional<Conduct> before = Optional.ofNullable(entry.getValue());
        Conduct after = Conduct.after(before, new NodeId(entry.getKey()), judgement);
        if (!before.equals(Optional.of(after))) {
            entry.setValue(after);
        }
        return after;
    }
}
