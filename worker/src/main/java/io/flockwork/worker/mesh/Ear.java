package io.flockwork.worker.mesh;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryMergedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Hears each new value of a map of the mesh, on a thread of the hearer's. */
record Ear<V>(Executor thread, Consumer<V> consumer)
        implements EntryAddedListener<String, V>, EntryUpdatedListener<String, V>, EntryMergedListener<String, V> {
    static <V> void listen(IMap<String, V> map, Executor thread, Consumer<V> consumer) {
        map.addEntryListener(new Ear<>(thread, consumer), true);
    }

    private void hear(V value) {
        thread.execute(() -> consumer.accept(value));
    }

    @Override
    public void entryAdded(EntryEvent<String, V> event) {
        hear(event.getValue());
    }

    @Override
    public void entryUpdated(EntryEvent<String, V> event) {
        hear(event.getValue());
    }

    @Override
    public void entryMerged(EntryEvent<String, V> event) {
        hear(event.getValue());
    }
}
