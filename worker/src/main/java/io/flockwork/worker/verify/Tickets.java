package io.flockwork.worker.verify;

/**
 * Who knows the key can tell which units are checked by lot; nobody else can. SipHash-2-4 (Aumasson and Bernstein, 2012), a
 * keyed hash for short messages.
 */
final class Tickets {
    private static final int KEY_BYTES = 16;
    private static final double STEP = 0x1p-53;

    private final long key0;
    private final long key1;

    /** @param key 16 secret bytes, the same for all masters of a job */
    Tickets(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("the lottery's key has " + KEY_BYTES + " bytes, not " + key.length);
        }
        key0 = littleEndian(key, 0);
        key1 = littleEndian(key, 8);
    }

    /** The unit's ticket for when it has {@code votes} equal votes, from 0 to just below 1. */
    double of(Case unit, int votes) {
        return (hash(unit.from, unit.to, votes) >>> 11) * STEP;
    }

    /** SipHash-2-4 of the 24 bytes that these three are in little-endian order. */
    long hash(long... words) {
        long v0 = key0 ^ 0x736f6d6570736575L;
        long v1 = key1 ^ 0x646f72616e646f6dL;
        long v2 = key0 ^ 0x6c7967656e657261L;
        long v3 = key1 ^ 0x7465646279746573L;
        for (int i = 0; i <= words.length + 2; i++) {
            boolean finishing = i > words.length;
            long word = finishing ? 0 : i < words.length ? words[i] : (long) words.length << 59;
            v3 ^= word;
            v2 ^= i == words.length + 1 ? 0xff : 0;
            for (int round = 0; round < 2; round++) {
                v0 += v1;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v3;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 += v3;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 += v1;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v2 = Long.rotateLeft(v2, 32);
            }
            v0 ^= word;
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private static long littleEndian(byte[] bytes, int at) {
        long word = 0;
        for (int i = 7; i >= 0; i--) {
            word = word << 8 | bytes[at + i] & 0xff;
        }
        return word;
    }
}
