package io.flockwork.worker.master;

import io.flockwork.sdk.model.NodeId;
import io.flockwork.worker.mesh.Mesh.Segment;
import io.flockwork.worker.verify.Rates;
import io.flockwork.worker.verify.Voter;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the next master has to know beside the units: who has had a part in the job, what has been measured of their honesty,
 * and the secret by which the lottery draws. Each is a segment of its own, with a number below all others. Confined to the master's loop.
 */
final class PollBook {
    static final int RATES = Integer.MIN_VALUE;
    static final int VOTERS = Integer.MIN_VALUE + 1;
    static final int KEY = Integer.MIN_VALUE + 2;

    private static final int KEY_BYTES = 16;

    private static final Logger LOG = LoggerFactory.getLogger(PollBook.class);

    private final Map<NodeId, Voter> voters = new LinkedHashMap<>();
    private boolean newVoters;
    private byte[] key = {};
    private boolean newKey;
    private Rates rates = Rates.NONE;
    private Rates kept = Rates.NONE;

    /** True when the segment of this number is a poll's. */
    static boolean isPoll(int number) {
        return number <= KEY;
    }

    /** True when the voter is new, or not what it was. */
    boolean add(Voter voter) {
        boolean news = !voter.equals(voters.put(voter.id(), voter));
        newVoters |= news;
        return news;
    }

    Collection<Voter> voters() {
        return voters.values();
    }

    /** The job's secret, drawn by its first master; no worker is to know it. */
    byte[] key(SecureRandom random) {
        if (key.length == 0) {
            key = new byte[KEY_BYTES];
            random.nextBytes(key);
            newKey = true;
        }
        return key;
    }

    /** What has been measured so far. */
    Rates rates() {
        return rates;
    }

    void measured(Rates now) {
        rates = now;
    }

    boolean hasChanges() {
        return newVoters || newKey || !rates.equals(kept);
    }

    Map<Integer, byte[]> takeChanges() {
        Map<Integer, byte[]> changes = new LinkedHashMap<>();
        if (newVoters) {
            changes.put(VOTERS, PollCodec.encode(voters.values()));
            newVoters = false;
        }
        if (newKey) {
            changes.put(KEY, key);
            newKey = false;
        }
        if (!rates.equals(kept)) {
            changes.put(RATES, PollCodec.encode(rates));
            kept = rates;
        }
        return changes;
    }

    /** These segments could not be kept. */
    void changedAgain(Collection<Integer> segments) {
        newVoters |= segments.contains(VOTERS);
        newKey |= segments.contains(KEY);
        kept = segments.contains(RATES) ? Rates.NONE : kept;
    }

    /** Takes over what earlier masters kept, the lower epochs first. */
    void restore(List<Segment> segments) {
        for (Segment segment : segments) {
            read(segment, KEY, () -> List.of(segment.bytes())).forEach(this::take);
            read(segment, VOTERS, () -> PollCodec.voters(segment.bytes())).forEach(this::add);
            read(segment, RATES, () -> List.of(PollCodec.rates(segment.bytes())))
                    .forEach(this::measured);
        }
    }

    private void take(byte[] kept) {
        if (key.length == 0 && kept.length == KEY_BYTES) {
            key = kept;
            newKey = true;
        }
    }

    private static <T> List<T> read(Segment segment, int number, Supplier<List<T>> decoded) {
        if (segment.number() != number) {
            return List.of();
        }
        try {
            return decoded.get();
        } catch (IllegalArgumentException unreadable) {
            LOG.warn("segment {} of epoch {} is lost: {}", segment.number(), segment.epoch(), unreadable.toString());
            return List.of();
        }
    }
}
