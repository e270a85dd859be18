package io.flockwork.sdk.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A Merkle tree that is appended to (RFC 9162, section 2.1), with proofs that an entry is in it and that it goes on from what it was.
 * Holds the hash of each entry. Not safe for several threads at once.
 */
public final class MerkleTree {
    private final MerkleHash hash = new MerkleHash();
    private final List<byte[]> leaves = new ArrayList<>();

    /** Appends an entry. */
    public void add(byte[] entry) {
        leaves.add(hash.leaf(entry));
    }

    /** Entries so far. */
    public int size() {
        return leaves.size();
    }

    /** The root over all entries. */
    public byte[] root() {
        return rootOf(leaves.size());
    }

    /** The root as it was when there were so many entries. */
    public byte[] rootOf(int size) {
        return root(leaves.subList(0, size));
    }

    private byte[] root(List<byte[]> part) {
        if (part.size() <= 1) {
            return part.isEmpty() ? hash.empty() : part.get(0);
        }
        int left = leftOf(part.size());
        return hash.node(root(part.subList(0, left)), root(part.subList(left, part.size())));
    }

    /** The largest power of two below {@code size}: entries in the left half. */
    private static int leftOf(int size) {
        return Integer.highestOneBit(size - 1);
    }

    /** The hashes beside the way from an entry up to the root, the lowest first. */
    public List<byte[]> inclusion(int index) {
        List<byte[]> path = new ArrayList<>();
        inclusion(index, leaves, path);
        return path;
    }

    private void inclusion(int index, List<byte[]> part, List<byte[]> path) {
        if (part.size() == 1) {
            return;
        }
        int left = leftOf(part.size());
        List<byte[]> before = part.subList(0, left);
        List<byte[]> after = part.subList(left, part.size());
        inclusion(index < left ? index : index - left, index < left ? before : after, path);
        path.add(root(index < left ? after : before));
    }

    /** What shows that the tree of {@code before} entries, at least one, is the beginning of this one. */
    public List<byte[]> consistency(int before) {
        List<byte[]> path = new ArrayList<>();
        consistency(before, leaves, true, path);
        return path;
    }

    private void consistency(int before, List<byte[]> part, boolean known, List<byte[]> path) {
        if (before == part.size()) {
            if (!known) {
                path.add(root(part));
            }
            return;
        }
        int left = leftOf(part.size());
        List<byte[]> first = part.subList(0, left);
        List<byte[]> second = part.subList(left, part.size());
        if (before <= left) {
            consistency(before, first, known, path);
            path.add(root(second));
        } else {
            consistency(before - left, second, false, path);
            path.add(root(first));
        }
    }

    /** True when the path leads from the entry with this index up to the root of a tree of {@code size} entries (RFC 9162, 2.1.3.2). */
    public static boolean includes(byte[] root, long size, byte[] entry, long index, List<byte[]> path) {
        if (index < 0 || index >= size) {
            return false;
        }
        MerkleHash hash = new MerkleHash();
        byte[] reached = hash.leaf(entry);
        long node = index;
        long last = size - 1;
        for (byte[] beside : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                reached = hash.node(beside, reached);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                reached = hash.node(reached, beside);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(reached, root);
    }

    /** True when the path shows that the tree with root {@code before} is the beginning of that with root {@code after} (RFC 9162, 2.1.4.2). */
    public static boolean consistent(byte[] before, long sizeBefore, byte[] after, long sizeAfter, List<byte[]> path) {
        if (sizeBefore == sizeAfter) {
            return path.isEmpty() && Arrays.equals(before, after);
        }
        if (sizeBefore < 1 || sizeBefore > sizeAfter) {
            return false;
        }
        List<byte[]> all = new ArrayList<>(path);
        if (Long.bitCount(sizeBefore) == 1) {
            all.add(0, before);
        }
        return !all.isEmpty() && climbs(before, sizeBefore, after, sizeAfter, all);
    }

    private static boolean climbs(byte[] before, long sizeBefore, byte[] after, long sizeAfter, List<byte[]> path) {
        MerkleHash hash = new MerkleHash();
        int whole = Long.numberOfTrailingZeros(sizeBefore);
        long node = sizeBefore - 1 >> whole;
        long last = sizeAfter - 1 >> whole;
        byte[] old = path.get(0);
        byte[] now = path.get(0);
        for (byte[] beside : path.subList(1, path.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                old = hash.node(beside, old);
                now = hash.node(beside, now);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                now = hash.node(now, beside);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(old, before) && Arrays.equals(now, after);
    }
}
