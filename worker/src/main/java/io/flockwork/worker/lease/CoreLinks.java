package io.flockwork.worker.lease;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.wire.Link;
import io.flockwork.sdk.wire.Message;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A socket to each core that this worker deals with, opened again when it breaks. Confined to the agent's thread. */
final class CoreLinks {
    private static final Logger LOG = LoggerFactory.getLogger(CoreLinks.class);
    /** A core that does not answer is tried again after so long. */
    static final long RETRY_MILLIS = 300;

    private final Opener opener;
    private final Executor thread;
    private final Executor later;
    private final Consumer<Link> opened;
    private final BiConsumer<Link, Message> received;
    private final Consumer<Address> lost;
    private final Map<Address, Link> links = new HashMap<>();
    private final Set<Address> opening = new HashSet<>();
    private Set<Address> wanted = Set.of();

    /** Dials a core. */
    @FunctionalInterface
    interface Opener {
        CompletableFuture<Link> open(Address core, Link.Listener listener);
    }

    /**
     * @param thread the agent's thread
     * @param later the same, after {@link #RETRY_MILLIS}
     * @param lost hears of each core whose socket breaks or cannot be opened, before that is tried again
     */
    CoreLinks(
            Opener opener,
            Executor thread,
            Executor later,
            Consumer<Link> opened,
            BiConsumer<Link, Message> received,
            Consumer<Address> lost) {
        this.opener = opener;
        this.thread = thread;
        this.later = later;
        this.opened = opened;
        this.received = received;
        this.lost = lost;
    }

    /** Has a socket to each of these cores from now on, and to no other. */
    void want(Set<Address> cores) {
        wanted = Set.copyOf(cores);
        links.entrySet().removeIf(entry -> {
            boolean unwanted = !wanted.contains(entry.getKey());
            if (unwanted) {
                entry.getValue().close();
            }
            return unwanted;
        });
        wanted.forEach(this::dial);
    }

    /** Sends to a core; false when there is no open socket to it. */
    boolean send(Address core, Message message) {
        Link link = links.get(core);
        if (link != null) {
            link.send(message);
        }
        return link != null;
    }

    void close() {
        want(Set.of());
    }

    private void dial(Address core) {
        if (links.containsKey(core) || !opening.add(core)) {
            return;
        }
        Hearer hearer = new Hearer(core);
        opener.open(core, hearer)
                .whenComplete((link, failure) -> thread.execute(() -> dialled(core, hearer, link, failure)));
    }

    private void dialled(Address core, Hearer hearer, Link link, Throwable failure) {
        opening.remove(core);
        if (failure != null) {
            LOG.debug("core {} does not answer: {}", core, failure.toString());
            goneFrom(core);
        } else if (hearer.closed) {
            goneFrom(core);
        } else if (!wanted.contains(core)) {
            link.close();
        } else {
            links.put(core, link);
            opened.accept(link);
        }
    }

    private void goneFrom(Address core) {
        if (wanted.contains(core)) {
            lost.accept(core);
            dialLater(core);
        }
    }

    private void dialLater(Address core) {
        later.execute(() -> {
            if (wanted.contains(core)) {
                dial(core);
            }
        });
    }

    /** Hops from the link's thread to the agent's. */
    private final class Hearer implements Link.Listener {
        private final Address core;
        /** A socket may break before it is told to be open. */
        private boolean closed;

        Hearer(Address core) {
            this.core = core;
        }

        @Override
        public void received(Link link, Message message) {
            thread.execute(() -> received.accept(link, message));
        }

        @Override
        public void closed(Link link, String why) {
            thread.execute(() -> {
                LOG.debug("the socket to core {} closed: {}", core, why);
                closed = true;
                if (links.remove(core, link)) {
                    goneFrom(core);
                }
            });
        }
    }
}
