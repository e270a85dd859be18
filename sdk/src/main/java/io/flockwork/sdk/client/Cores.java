package io.flockwork.sdk.client;

import io.flockwork.sdk.identity.Revocations;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.wire.Dialer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;

/**
 * Which cores there are, and which of them to ask first. Safe for use by many threads; {@link #find} and {@link #refresh}
 * block, and {@link #learn} writes a small file.
 */
public final class Cores {
    /** Where coordinators and cores say which cores there are. */
    public static final String PATH = "/mesh/cores";

    private static final int MOST_KNOWN = 100;
    private static final int MOST_ASKED = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Dialer dialer;
    private final Revocations revocations;
    private final List<Address> entrances;
    private final CoreMemory memory;
    private final Duration timeout;
    private final RandomGenerator random;
    private List<Address> known;
    private List<Address> kept;
    private List<Address> live = List.of();
    private String grid = "";

    Cores(
            Dialer dialer,
            Revocations revocations,
            List<Address> entrances,
            CoreMemory memory,
            Duration timeout,
            RandomGenerator random) {
        this.dialer = dialer;
        this.revocations = revocations;
        this.entrances = List.copyOf(entrances);
        this.memory = memory;
        this.timeout = timeout;
        this.random = random;
        this.known = memory.recall();
        this.kept = known;
    }

    /** The cores of the grid that this entrance leads to, remembered in a file of the caller's own. */
    public static Cores remembered(
            Dialer dialer, Revocations revocations, Address entrance, Path file, RandomGenerator random) {
        return new Cores(dialer, revocations, List.of(entrance), CoreMemory.in(file), PATIENCE, random);
    }

    /**
     * The cores of a grid that a user has logged in to, remembered in the user's home.
     *
     * @param entrances the coordinator, or any cores
     */
    public static Cores ofUser(
            Dialer dialer,
            Revocations revocations,
            List<Address> entrances,
            NodeId grid,
            Path home,
            RandomGenerator random) {
        return new Cores(dialer, revocations, entrances, CoreMemory.of(grid, home), PATIENCE, random);
    }

    /**
     * Fills the list for the first time: from an entrance, or from a core remembered.
     *
     * @throws GridException UNREACHABLE when neither answers
     */
    public void find() {
        List<String> failures = new ArrayList<>();
        List<Address> remembered = inOrder();
        if (!learnFrom(entrances, failures) && !learnFrom(othersFirst(), failures)) {
            String known = remembered.isEmpty() ? "" : ", nor does any of the cores known from before";
            throw new GridException(
                    GridException.Kind.UNREACHABLE,
                    "no entrance to the grid answers" + known + ": " + String.join("; ", failures));
        }
    }

    /** Asks who is in the mesh: a few cores first, for the coordinator is not needed, then the entrances. */
    public void refresh() {
        List<Address> some = othersFirst().stream().limit(MOST_ASKED).toList();
        List<String> failures = new ArrayList<>();
        if (!learnFrom(some, failures)) {
            learnFrom(entrances, failures);
        }
    }

    /** Anybody before the one in use: that one may be what there is news of, and silent about it. */
    private synchronized List<Address> othersFirst() {
        List<Address> others = new ArrayList<>(known);
        others.retainAll(live);
        if (!others.isEmpty()) {
            Collections.rotate(others, -1 - random.nextInt(Math.max(1, others.size() - 1)));
        }
        Set<Address> all = new LinkedHashSet<>(others);
        all.addAll(known);
        return List.copyOf(all);
    }

    /** All cores known, the one to ask first in front. */
    public synchronized List<Address> inOrder() {
        return known;
    }

    /** Those that were there when somebody last said who is. */
    public synchronized List<Address> live() {
        return live;
    }

    /** The grid's id as whoever answered last gave it; empty before. */
    public synchronized String grid() {
        return grid;
    }

    /** Asks this one last from now on. */
    synchronized void failed(Address core) {
        if (known.contains(core)) {
            List<Address> reordered = new ArrayList<>(known);
            reordered.remove(core);
            reordered.add(core);
            known = List.copyOf(reordered);
        }
    }

    private boolean learnFrom(List<Address> nodes, List<String> failures) {
        for (Address node : nodes) {
            try {
                MeshAnswer answer = ask(node);
                RevokedNews.take(dialer, node, answer.revocations(), revocations);
                if (!answer.cores().isEmpty()) {
                    belongTo(answer.grid());
                    learn(answer.cores());
                    return true;
                }
                failures.add(node + " knows no core worker yet");
            } catch (IOException unreachable) {
                failures.add(unreachable.getMessage());
                failed(node);
            }
        }
        return false;
    }

    private synchronized void belongTo(String answered) {
        grid = answered;
    }

    private MeshAnswer ask(Address node) throws IOException {
        try {
            Dialer.Answer answer =
                    dialer.get(node, PATH, MeshAnswer.MAX_BYTES, timeout).join();
            if (answer.status() == 200) {
                return MeshAnswer.read(answer.body());
            }
            if (answer.status() == 403) {
                RevokedNews.ask(dialer, node, revocations);
            }
            throw new IOException(node + " answered " + answer.status());
        } catch (CompletionException unreachable) {
            throw new IOException(Trouble.reaching(node, unreachable), unreachable);
        }
    }

    /** The live ones in the order in use, newcomers somewhere between, so that clients spread; then those not heard of. */
    public void learn(List<Address> told) {
        List<Address> toKeep;
        synchronized (this) {
            live = List.copyOf(new LinkedHashSet<>(told));
            List<Address> ordered = new ArrayList<>(known);
            ordered.retainAll(live);
            for (Address core : live) {
                if (!ordered.contains(core)) {
                    ordered.add(random.nextInt(ordered.size() + 1), core);
                }
            }
            Set<Address> all = new LinkedHashSet<>(ordered);
            all.addAll(known);
            known = all.stream().limit(MOST_KNOWN).toList();
            toKeep = known.equals(kept) ? null : known;
            kept = known;
        }
        if (toKeep != null) {
            memory.keep(toKeep);
        }
    }
}
