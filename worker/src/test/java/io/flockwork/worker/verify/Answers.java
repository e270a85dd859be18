package io.flockwork.worker.verify;

import io.flockwork.sdk.model.BlobId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/** What the workers of a {@link World} answer. The first of them are the liars. */
final class Answers {
    private static final BlobId RIGHT = new BlobId("a".repeat(64));
    private static final BlobId AGREED_LIE = new BlobId("b".repeat(64));

    private final World world;
    private final SplittableRandom random;
    private final long secret;
    private final List<BlobId> lies = new ArrayList<>();
    private final List<BlobId> errors = new ArrayList<>();
    private final int[] given;
    private final BitSet burnt = new BitSet();

    Answers(World world, SplittableRandom random) {
        this.world = world;
        this.random = random;
        this.secret = random.nextLong();
        this.given = new int[world.workers()];
        for (int worker = 0; worker < world.workers(); worker++) {
            lies.add(new BlobId(String.format("c%063x", worker)));
            errors.add(new BlobId(String.format("e%063x", worker)));
        }
    }

    BlobId of(int worker, int unit) {
        boolean awake = given[worker]++ >= world.sleep();
        if (awake && isLiar(worker) && (world.colluding() ? isTarget(unit) : random.nextDouble() < world.lying())) {
            return world.colluding() ? AGREED_LIE : lies.get(worker);
        }
        return random.nextDouble() < World.ERRORS ? errors.get(worker) : RIGHT;
    }

    boolean isLiar(int worker) {
        return worker < world.liars();
    }

    static boolean isLie(BlobId answer) {
        return answer.hex().charAt(0) == 'b' || answer.hex().charAt(0) == 'c';
    }

    static boolean isRight(BlobId answer) {
        return answer.equals(RIGHT);
    }

    /** A worker was caught on this unit. */
    void caught(int unit) {
        burnt.set(unit);
    }

    private boolean isTarget(int unit) {
        return !(world.wary() && burnt.get(unit))
                && new SplittableRandom(secret ^ unit * 0x9E3779B97F4A7C15L).nextDouble() < world.lying();
    }
}
