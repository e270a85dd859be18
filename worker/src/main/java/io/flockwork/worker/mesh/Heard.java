package io.flockwork.worker.mesh;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;

/** A core's own copy of a small map of the mesh, as far as it has heard. Thread-safe. */
final class Heard<K, V> {
    private final Map<K, V> values = new ConcurrentHashMap<>();
    private final BiPredicate<V, V> isNews;

    /** @param isNews whether the first is to replace the second */
    Heard(BiPredicate<V, V> isNews) {
        this.isNews = isNews;
    }

    /** True when {@code value} was news. */
    boolean hear(K key, V value) {
        return values.merge(key, value, (known, heard) -> isNews.test(heard, known) ? heard : known) == value;
    }

    void forget(K key) {
        values.remove(key);
    }

    Optional<V> get(K key) {
        return Optional.ofNullable(values.get(key));
    }

    Collection<V> all() {
        return List.copyOf(values.values());
    }
}
