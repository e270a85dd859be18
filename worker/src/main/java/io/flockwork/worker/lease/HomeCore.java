package io.flockwork.worker.lease;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.wire.WorkerMessage.Cores;
import io.flockwork.sdk.wire.WorkerMessage.Directory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to the core that is this worker's home, and turns to another at once when that one is lost. Sees to it that there
 * are sockets to the home and to the masters of jobs. Confined to the agent's thread.
 */
final class HomeCore {
    private static final Logger LOG = LoggerFactory.getLogger(HomeCore.class);

    private final Homes homes;
    private final CoreBook book;
    private final CoreLinks links;
    private final Consumer<Directory> news;
    private final Threads threads;
    /** What each core with an open socket said last. */
    private final Map<Address, Directory> directories = new HashMap<>();

    private Set<Address> masters = Set.of();
    private Address told;

    /**
     * Where things happen.
     *
     * @param agent the agent's thread
     * @param later the same, after {@link CoreLinks#RETRY_MILLIS}
     * @param carriers threads that may block
     */
    record Threads(Executor agent, Executor later, Executor carriers) {}

    /** @param news hears what the home says, and each time the home is another one what that one says */
    HomeCore(Homes homes, CoreBook book, CoreLinks links, Consumer<Directory> news, Threads threads) {
        this.homes = homes;
        this.book = book;
        this.links = links;
        this.news = news;
        this.threads = threads;
    }

    /** Has a socket to the home, which perhaps has long said which jobs there are. */
    void turnTo() {
        wantLinks();
        Directory known = directories.get(homes.now());
        if (known != null) {
            heard(known);
        }
    }

    /** These cores are needed beside the home. */
    void alsoWant(Set<Address> leading) {
        masters = Set.copyOf(leading);
        wantLinks();
    }

    private void wantLinks() {
        Set<Address> cores = new HashSet<>(masters);
        cores.add(homes.now());
        // What a core says when nobody listens is not heard: it will say all again on its next socket.
        directories.keySet().retainAll(cores);
        links.want(cores);
    }

    /** A core says which jobs there are; the others' word counts when one of them becomes the home. */
    void said(Address core, Directory directory) {
        directories.put(core, directory);
        if (core.equals(homes.now())) {
            heard(directory);
        }
    }

    private void heard(Directory directory) {
        homes.isWell();
        if (!homes.now().equals(told)) {
            told = homes.now();
            LOG.info("core {} is this worker's home", told);
        }
        news.accept(directory);
    }

    /** A core says which cores there are. */
    void said(Address core, Cores cores) {
        if (core.equals(homes.now())) {
            homes.learn(cores.gateways());
            threads.carriers().execute(() -> book.learn(cores.gateways()));
        }
    }

    /** The socket to a core broke, or could not be opened. */
    void lost(Address core) {
        directories.remove(core);
        if (!core.equals(homes.now())) {
            return;
        }
        if (homes.lost()) {
            turnTo();
        } else {
            threads.carriers().execute(this::askAround);
            threads.later().execute(this::turnTo);
        }
    }

    private void askAround() {
        List<Address> cores = book.askAround();
        threads.agent().execute(() -> homes.learn(cores));
    }

    /** True when a core with an open socket has said which jobs there are. */
    boolean hears() {
        return !directories.isEmpty();
    }
}
