package io.flockwork.worker.mesh;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.WorkerInfo;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A core's way into the mesh, and its staying known there: asks the coordinator whom to join, or goes by the addresses it
 * remembers when the coordinator is away; then tells the coordinator every second that it is up.
 */
public final class MeshJoin implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MeshJoin.class);
    private static final long ASK_AGAIN_MILLIS = 250;
    private static final long ANNOUNCE_MILLIS = 1_000;
    private static final int TRIES = 120;
    private static final int TRIES_WITH_MEMORY = 8;

    private final JoinSettings settings;
    private final CoordinatorClient coordinator;
    private final RememberedCores remembered;
    private final ScheduledExecutorService announcer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "announcer");
        thread.setDaemon(true);
        return thread;
    });
    private boolean answers = true;
    private volatile Way way;
    private volatile HazelcastMesh mesh;

    /** Into which grid, and by whom. */
    private record Way(NodeId grid, List<Address> cores) {}

    private MeshJoin(JoinSettings settings) {
        this.settings = settings;
        this.coordinator = new CoordinatorClient(settings);
        this.remembered = new RememberedCores(settings.dir().resolve("cores"));
    }

    /**
     * Finds the mesh and joins it. Blocks until done.
     *
     * @throws MeshException when it cannot, with one sentence why
     */
    public static MeshJoin join(JoinSettings settings) throws InterruptedException {
        MeshJoin join = new MeshJoin(settings);
        try {
            join.enter();
            return join;
        } catch (MeshException | InterruptedException failed) {
            join.announcer.shutdownNow();
            throw failed;
        }
    }

    private void enter() throws InterruptedException {
        way = findWay();
        // Announcing goes on while Hazelcast starts: a founder that falls silent is replaced.
        announcer.scheduleWithFixedDelay(this::announce, 0, ANNOUNCE_MILLIS, TimeUnit.MILLISECONDS);
        mesh = HazelcastMesh.join(
                new MeshSettings(way.grid().value(), settings.self(), settings.bind(), settings.tls(), way.cores()));
        announcer.execute(this::announce);
    }

    private Way findWay() throws InterruptedException {
        Optional<Way> memory = remembered.load().map(known -> new Way(known.grid(), known.cores()));
        int patience = memory.isPresent() ? TRIES_WITH_MEMORY : TRIES;
        String trouble = "";
        for (int unanswered = 0; unanswered < patience; ) {
            try {
                Announced told = coordinator.announce(false);
                if (!told.later()) {
                    return new Way(told.grid(), told.cores());
                }
            } catch (IOException noAnswer) {
                requireNotRevoked();
                if (unanswered++ == 0) {
                    LOG.info("no coordinator answers at {} yet; asking again", settings.coordinator());
                }
                trouble = said(noAnswer);
            }
            Thread.sleep(ASK_AGAIN_MILLIS);
        }
        String sentence = "no coordinator answers at " + settings.coordinator() + trouble;
        Way known = memory.orElseThrow(() -> new MeshException(sentence));
        LOG.info("{}; going by the addresses of earlier cores", sentence);
        return known;
    }

    private void requireNotRevoked() {
        if (settings.tls().isRevoked()) {
            throw new MeshException("this core has been revoked");
        }
    }

    /** In brackets; a refused connection has nothing to add. */
    private static String said(IOException noAnswer) {
        return noAnswer.getMessage() == null ? "" : " (" + noAnswer.getMessage() + ")";
    }

    private void announce() {
        HazelcastMesh joined = mesh;
        if (joined != null) {
            remember(joined);
        }
        try {
            Announced told = coordinator.announce(joined != null);
            if (joined != null) {
                joined.heardOf(told.cores());
            }
            reached(true, "");
        } catch (IOException noAnswer) {
            reached(false, said(noAnswer));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void remember(HazelcastMesh joined) {
        try {
            remembered.remember(
                    way.grid(),
                    joined.cores().stream()
                            .filter(core -> !core.id().equals(joined.self()))
                            .map(WorkerInfo::mesh)
                            .toList());
        } catch (IOException notWritten) {
            LOG.warn("the other cores' addresses were not written down: {}", notWritten.getMessage());
        }
    }

    private void reached(boolean now, String trouble) {
        if (answers != now) {
            answers = now;
            LOG.info(
                    now ? "the coordinator at {} answers again" : "the coordinator at {} no longer answers{}",
                    settings.coordinator(),
                    trouble);
        }
    }

    /** The grid's id. */
    public String grid() {
        return way.grid().value();
    }

    /** The mesh that was joined. */
    public HazelcastMesh mesh() {
        return mesh;
    }

    /** Stops announcing and leaves the mesh: in good order, unless the others have thrown this core out. */
    @Override
    public void close() {
        announcer.shutdownNow();
        if (settings.tls().isRevoked()) {
            mesh.die();
        } else {
            mesh.close();
        }
    }

    /** Ends as by {@code kill -9}, for tests. */
    void die() {
        announcer.shutdownNow();
        mesh.die();
    }
}
