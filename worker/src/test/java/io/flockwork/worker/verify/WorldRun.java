package io.flockwork.worker.verify;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * A job in a {@link World}, in virtual time: each worker computes one unit after the other, some up to ten times as fast as
 * others. Which of the wanted units it gets is drawn by lot; where none is for it, it gets a fresh one.
 */
final class WorldRun {
    /** What came of it. */
    record Outcome(
            int units,
            int wrong,
            int errors,
            int undecided,
            long computed,
            int honestBanned,
            int liarsLeft,
            Rates rates) {
        /** Share of the units that have a wrong result through sabotage. */
        double wrongShare() {
            return (double) wrong / units;
        }

        /** Results computed for each unit. */
        double cost() {
            return (double) computed / units;
        }
    }

    private record Done(double time, int worker, int unit, boolean exam) {}

    private static final int LOOKS = 64;

    private final World world;
    private final SplittableRandom random;
    private final Answers answers;
    private final Verification policy;
    private final Hold hold;
    private final OpenCopies open;
    private final BlobId[] results;
    private final List<NodeId> workers = new ArrayList<>();
    private final Map<NodeId, Integer> numbers = new HashMap<>();
    private final double[] speeds;
    private final PriorityQueue<Done> events =
            new PriorityQueue<>(Comparator.comparingDouble(Done::time).thenComparingInt(Done::worker));
    private final Deque<Integer> idle = new ArrayDeque<>();
    private final boolean[] banned;
    private int fresh;
    private long computed;
    private double now;

    WorldRun(World world, long seed, Function<AcceptedResults, Verification> policy) {
        this(world, seed, policy, Long.MAX_VALUE);
    }

    /** @param hold milliseconds of virtual time after which what stands is final */
    private WorldRun(World world, long seed, Function<AcceptedResults, Verification> policy, long hold) {
        this.hold = new Hold(hold);
        this.world = world;
        this.random = new SplittableRandom(seed);
        this.answers = new Answers(world, random.split());
        this.open = new OpenCopies(world.units());
        this.results = new BlobId[world.units()];
        this.speeds = new double[world.workers()];
        this.banned = new boolean[world.workers()];
        this.policy = policy.apply(unit -> Optional.ofNullable(results[(int) unit.from()]));
    }

    /** With the late lottery, its key drawn from the seed. */
    static Outcome lottery(World world, Knobs knobs, long seed) {
        return lottery(world, knobs, seed, Rates.NONE);
    }

    static Outcome lottery(World world, Knobs knobs, long seed, Rates rates) {
        return lottery(world, knobs, seed, rates, Long.MAX_VALUE);
    }

    /** The same of a job that streams its results after a hold. */
    static Outcome streamed(World world, Knobs knobs, long seed, long holdMillis) {
        return lottery(world, knobs, seed, Rates.NONE, holdMillis);
    }

    private static Outcome lottery(World world, Knobs knobs, long seed, Rates rates, long holdMillis) {
        byte[] key = new byte[16];
        new java.util.Random(~seed).nextBytes(key);
        return new WorldRun(world, seed, results -> new LateLottery(knobs, key, rates), holdMillis).run();
    }

    Outcome run() {
        for (int worker = 0; worker < world.workers(); worker++) {
            arrive(worker);
        }
        do {
            while (!events.isEmpty()) {
                take(events.poll());
                wakeIdle();
            }
        } while (settleForLack());
        return outcome();
    }

    private void arrive(int worker) {
        NodeId id = new NodeId(
                "w" + Integer.toString(worker, 26).replaceAll("[0-9]", "z$0").replaceAll("[0189]", "q"));
        while (numbers.containsKey(id)) {
            id = new NodeId(id.value() + "x");
        }
        workers.add(id);
        numbers.put(id, worker);
        speeds[worker] = Math.pow(10, random.nextDouble());
        boolean referee = world.referee() && worker == world.workers() - 1;
        obey(policy.arrived(new Voter(id, "operator " + worker, referee)));
        idle.add(worker);
        if (worker == world.workers() - 1) {
            wakeIdle();
        }
    }

    private void take(Done done) {
        now = done.time;
        hold.due(millis()).forEach(policy::release);
        computed++;
        NodeId worker = workers.get(done.worker);
        Vote vote = new Vote(span(done.unit), worker, answers.of(done.worker, done.unit), 0);
        if (done.exam) {
            obey(policy.examined(vote));
        } else {
            open.back(done.unit, worker);
            obey(policy.vote(vote));
        }
        idle.addFirst(done.worker);
    }

    private long millis() {
        return (long) (now * 1000);
    }

    private void wakeIdle() {
        for (int waiting = idle.size(); waiting > 0 && (fresh < world.units() || !open.isEmpty()); waiting--) {
            int worker = idle.poll();
            if (!banned[worker] && !start(worker)) {
                idle.add(worker);
            }
        }
    }

    private boolean start(int worker) {
        NodeId id = workers.get(worker);
        obey(policy.spare(unit -> open.holders((int) unit.from()).isEmpty()));
        List<Span> exam = policy.exams(id, 1);
        if (!exam.isEmpty()) {
            compute(worker, (int) exam.get(0).from(), true);
            return true;
        }
        boolean last = fresh == world.units();
        int unit = open.draw(
                random, last ? Integer.MAX_VALUE : LOOKS, any -> policy.mayCompute(id, span(any), open.holders(any)));
        if (unit < 0 && last) {
            return false;
        }
        if (unit < 0) {
            unit = fresh++;
            open.want(unit, policy.copiesOfFresh());
        }
        open.given(unit, id);
        compute(worker, unit, false);
        return true;
    }

    private void compute(int worker, int unit, boolean exam) {
        double seconds = (.9 + .2 * random.nextDouble()) / speeds[worker];
        events.add(new Done(now + seconds, worker, unit, exam));
    }

    private void obey(List<Verdict> verdicts) {
        for (Verdict verdict : verdicts) {
            int unit = (int) verdict.unit().from();
            if (verdict instanceof Verdict.Wanted wanted) {
                open.want(unit, wanted.copies());
            } else if (verdict instanceof Verdict.Accepted accepted) {
                open.want(unit, 0);
                results[unit] = accepted.digest();
                if (accepted.verified()) {
                    hold.begins(accepted.unit(), millis());
                }
            } else if (verdict instanceof Verdict.Withdrawn) {
                results[unit] = null;
                hold.ends(verdict.unit());
            } else if (verdict instanceof Verdict.Struck struck) {
                banned[numbers.get(struck.worker())] |= struck.banned();
                answers.caught(unit);
            }
        }
    }

    /** Nobody computes any more; true when somebody does now. */
    private boolean settleForLack() {
        int[] missing = open.missing();
        for (int unit : missing) {
            obey(policy.settleForLack(span(unit)));
        }
        wakeIdle();
        return !events.isEmpty();
    }

    private Outcome outcome() {
        int wrong = 0;
        int errors = 0;
        int undecided = 0;
        for (BlobId result : results) {
            undecided += result == null ? 1 : 0;
            wrong += result != null && Answers.isLie(result) ? 1 : 0;
            errors += result != null && !Answers.isLie(result) && !Answers.isRight(result) ? 1 : 0;
        }
        int honestBanned = 0;
        int liarsLeft = 0;
        for (int worker = 0; worker < banned.length; worker++) {
            honestBanned += banned[worker] && !answers.isLiar(worker) ? 1 : 0;
            liarsLeft += !banned[worker] && answers.isLiar(worker) ? 1 : 0;
        }
        return new Outcome(world.units(), wrong, errors, undecided, computed, honestBanned, liarsLeft, policy.rates());
    }

    private static Span span(int unit) {
        return new Span(unit, unit + 1);
    }
}
