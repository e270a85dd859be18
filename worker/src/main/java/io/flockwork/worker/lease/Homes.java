package io.flockwork.worker.lease;

import io.flockwork.sdk.model.Address;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Which core is this worker's home: the one that tells it which jobs there are. It keeps the home that it has while that is
 * well, also when others come, and else takes any other at random, so that the workers of a core that dies spread over all the
 * rest. No clock, no network. Confined to the agent's thread but for {@link #inOrder}, which any may call.
 */
public final class Homes {
    private final RandomGenerator random;
    private final boolean mayMove;
    private final Set<Address> triedInVain = new HashSet<>();
    private List<Address> known;
    private Address home;
    private volatile List<Address> order;

    private Homes(List<Address> known, boolean mayMove, RandomGenerator random) {
        this.known = List.copyOf(known);
        this.mayMove = mayMove;
        this.random = random;
        settleAt(known.get(random.nextInt(known.size())));
    }

    /** A core is its own home, and never moves. */
    public static Homes own(Address gateway) {
        return new Homes(List.of(gateway), false, new SplittableRandom());
    }

    /** Any of these cores, of which there is at least one, and of those learnt of later. */
    public static Homes among(List<Address> cores, RandomGenerator random) {
        return new Homes(cores, true, random);
    }

    Address now() {
        return home;
    }

    /** These are the grid's cores now. A home that is not among them is kept as long as it is well. */
    void learn(List<Address> cores) {
        if (mayMove && !cores.isEmpty()) {
            known = List.copyOf(new LinkedHashSet<>(cores));
            triedInVain.retainAll(known);
            settleAt(home);
        }
    }

    /** The home answers and serves. */
    void isWell() {
        triedInVain.clear();
    }

    /**
     * The home cannot be reached any more: chooses another one where there is one.
     *
     * @return false when each core known has been tried in vain, so that the next try should wait a little
     */
    boolean lost() {
        triedInVain.add(home);
        List<Address> left = without(triedInVain);
        boolean roundOver = left.isEmpty();
        if (roundOver) {
            triedInVain.clear();
            left = known.size() > 1 ? without(Set.of(home)) : known;
        }
        settleAt(left.get(random.nextInt(left.size())));
        return !roundOver;
    }

    /** All cores known, the home first: whom to ask for data. */
    public List<Address> inOrder() {
        return order;
    }

    private List<Address> without(Set<Address> excluded) {
        return known.stream().filter(core -> !excluded.contains(core)).toList();
    }

    private void settleAt(Address core) {
        home = core;
        List<Address> homeFirst = new ArrayList<>(known.size() + 1);
        homeFirst.add(core);
        homeFirst.addAll(without(Set.of(core)));
        order = List.copyOf(homeFirst);
    }
}
