package io.flockwork.sdk.proof;

/** The root of a Merkle tree alone, of entries that come one after the other: keeps a hash for each level only. One thread at a time. */
public final class MerkleRoot {
    private final MerkleHash hash = new MerkleHash();
    /** At each level the root of a whole tree of so many entries, where {@link #size} has that bit. */
    private final byte[][] whole = new byte[Integer.SIZE][];

    private int size;

    /** Appends an entry. */
    public void add(byte[] entry) {
        byte[] node = hash.leaf(entry);
        int level = 0;
        for (int left = size++; (left & 1) == 1; left >>= 1) {
            node = hash.node(whole[level++], node);
        }
        whole[level] = node;
    }

    /** The root over all entries. */
    public byte[] root() {
        byte[] root = null;
        for (int level = 0; level < Integer.SIZE; level++) {
            if ((size >>> level & 1) == 1) {
                root = root == null ? whole[level] : hash.node(whole[level], root);
            }
        }
        return root == null ? hash.empty() : root;
    }

    /** One that goes on from here by itself. */
    public MerkleRoot copy() {
        MerkleRoot copy = new MerkleRoot();
        System.arraycopy(whole, 0, copy.whole, 0, whole.length);
        copy.size = size;
        return copy;
    }
}
