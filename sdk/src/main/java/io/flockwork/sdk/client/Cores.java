package io.flockwork.sdk.client;

import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.wire.Dialer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;

/** Which cores there are, and which of them to ask first. Safe for use by many threads; {@link #refresh} blocks. */
final class Cores {
    private static final int MOST_KNOWN = 100;
    private static final int MOST_ASKED = 5;

    private final Dialer dialer;
    private final List<Address> entrances;
    private final CoreMemory memory;
    private final Duration timeout;
    private final RandomGenerator random;
    private List<Address> known;
    private List<Address> kept;

    Cores(Dialer dialer, List<Address> entrances, CoreMemory memory, Duration timeout, RandomGenerator random) {
        this.dialer = dialer;
        this.entrances = List.copyOf(entrances);
        this.memory = memory;
        this.timeout = timeout;
        this.random = random;
        this.known = memory.recall();
        this.kept = known;
    }

    /** Fills the list for the first time: from an entrance, or from a core remembered. */
    void find() {
        List<String> failures = new ArrayList<>();
        List<Address> remembered = inOrder();
        if (!learnFrom(entrances, failures) && !learnFrom(remembered, failures)) {
            String known = remembered.isEmpty() ? "" : ", nor does any of the cores known from before";
            throw new GridException(
                    GridException.Kind.UNREACHABLE,
                    "no entrance to the grid answers" + known + ": " + String.join("; ", failures));
        }
    }

    /** Asks who is in the mesh: a few cores first, for the coordinator is not needed, then the entrances. */
    void refresh() {
        List<Address> some = inOrder().stream().limit(MOST_ASKED).toList();
        List<String> failures = new ArrayList<>();
        if (!learnFrom(some, failures)) {
            learnFrom(entrances, failures);
        }
    }

    /** All cores known, the one to ask first in front. */
    synchronized List<Address> inOrder() {
        return known;
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
                List<Address> live = ask(node);
                if (!live.isEmpty()) {
                    learn(live);
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

    private List<Address> ask(Address node) throws IOException {
        try {
            Dialer.Answer answer = dialer.get(node, MeshAnswer.PATH, MeshAnswer.MAX_BYTES, timeout)
                    .join();
            if (answer.status() == 200) {
                return MeshAnswer.read(answer.body());
            }
            throw new IOException(node + " answered " + answer.status());
        } catch (CompletionException unreachable) {
            throw new IOException(Trouble.reaching(node, unreachable), unreachable);
        }
    }

    /** The live ones in the order in use, newcomers somewhere between, so that clients spread; then those not heard of. */
    private void learn(List<Address> live) {
        List<Address> toKeep;
        synchronized (this) {
            List<Address> ordered = new ArrayList<>(known);
            ordered.retainAll(live);
            for (Address core : new LinkedHashSet<>(live)) {
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
