package io.flockwork.sdk.identity;

import io.flockwork.sdk.model.NodeId;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The newest list of revoked nodes that this node has heard of. Safe for use by many threads. */
public final class Revocations {
    private final X509Certificate authority;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile RevocationList newest;

    /** Nobody is revoked yet. */
    public Revocations(X509Certificate authority) {
        this.authority = authority;
    }

    /** True when the node is a member no more. */
    public boolean contains(NodeId node) {
        RevocationList list = newest;
        return list != null && list.nodes().contains(node);
    }

    /** The newest list, if there ever was one. */
    public Optional<RevocationList> newest() {
        return Optional.ofNullable(newest);
    }

    /** Takes a list from anybody: an older one, or one that the authority has not signed, changes nothing and gives false. */
    public boolean learn(RevocationList list) {
        synchronized (this) {
            if (newest != null && list.version() <= newest.version() || !list.isSignedBy(authority)) {
                return false;
            }
            newest = list;
        }
        listeners.forEach(Runnable::run);
        return true;
    }

    /** Calls {@code listener} after each change, on the thread that brought it; must not block. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }
}
