package io.flockwork.worker.mesh;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who wants to hear of changes in the mesh. The fault of one keeps nothing from the others. */
final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<Mesh.Listener> all = new CopyOnWriteArrayList<>();

    void add(Mesh.Listener listener) {
        all.add(listener);
    }

    void tell(Consumer<Mesh.Listener> what) {
        for (Mesh.Listener listener : all) {
            try {
                what.accept(listener);
            } catch (RuntimeException fault) {
                LOG.error("a listener to the mesh failed", fault);
            }
        }
    }
}
