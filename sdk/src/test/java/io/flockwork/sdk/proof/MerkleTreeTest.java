package io.flockwork.sdk.proof;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against the roots of the certificate-transparency project's own test tree, and every proof of every small tree. */
class MerkleTreeTest {
    private static final int MOST = 40;

    private static final List<String> ENTRIES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    /** Of the first 1, 2, ... entries; merkle_tree_test.cc of google/certificate-transparency. */
    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void rootsAreThoseThatOthersCompute() {
        MerkleTree tree = new MerkleTree();
        assertEquals("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", hex(tree.root()));
        for (int i = 0; i < ENTRIES.size(); i++) {
            tree.add(HexFormat.of().parseHex(ENTRIES.get(i)));
            assertEquals(ROOTS.get(i), hex(tree.root()));
            assertEquals(ROOTS.get(0), hex(tree.rootOf(1)), "what it was can still be told");
        }
    }

    @Test
    void everyEntryIsShownToBeThereAndNoOther() {
        for (int size = 1; size <= MOST; size++) {
            MerkleTree tree = tree(size);
            for (int index = 0; index < size; index++) {
                List<byte[]> path = tree.inclusion(index);
                assertTrue(MerkleTree.includes(tree.root(), size, entry(index), index, path));
                assertFalse(MerkleTree.includes(tree.root(), size, entry(index + 1), index, path));
                assertFalse(MerkleTree.includes(tree.root(), size, entry(index), size, path));
                assertFalse(MerkleTree.includes(tree(size + 1).root(), size, entry(index), index, path));
                assertFalse(MerkleTree.includes(tree.root(), size, entry(index), index, longer(path)));
                assertTrue(
                        path.isEmpty() || !MerkleTree.includes(tree.root(), size, entry(index), index, shorter(path)));
                int other = (index + 1) % size;
                assertTrue(other == index || !MerkleTree.includes(tree.root(), size, entry(index), other, path));
            }
        }
    }

    @Test
    void everyTreeIsShownToGoOnFromItsBeginningsAndFromNothingElse() {
        MerkleTree forked = new MerkleTree();
        for (int i = 0; i < MOST; i++) {
            forked.add(entry(i + 1));
        }
        for (int size = 1; size <= MOST; size++) {
            MerkleTree tree = tree(size);
            for (int before = 1; before <= size; before++) {
                List<byte[]> path = tree.consistency(before);
                byte[] old = tree(before).root();
                assertTrue(MerkleTree.consistent(old, before, tree.root(), size, path), before + " of " + size);
                assertFalse(MerkleTree.consistent(forked.rootOf(before), before, tree.root(), size, path));
                assertFalse(MerkleTree.consistent(old, before, forked.rootOf(size), size, path));
                assertFalse(MerkleTree.consistent(old, before, tree.root(), size, longer(path)));
                assertTrue(path.isEmpty() || !MerkleTree.consistent(old, before, tree.root(), size, shorter(path)));
                assertFalse(MerkleTree.consistent(tree.root(), size + 1L, old, before, path), "a log does not shrink");
            }
        }
    }

    @Test
    void theRootAloneIsTheTreesRoot() {
        MerkleRoot alone = new MerkleRoot();
        for (int size = 0; size <= MOST; size++) {
            assertEquals(hex(tree(size).root()), hex(alone.root()));
            alone.add(entry(size));
        }
    }

    private static MerkleTree tree(int size) {
        MerkleTree tree = new MerkleTree();
        for (int i = 0; i < size; i++) {
            tree.add(entry(i));
        }
        return tree;
    }

    private static byte[] entry(int number) {
        return ("entry " + number).getBytes(US_ASCII);
    }

    private static List<byte[]> longer(List<byte[]> path) {
        List<byte[]> longer = new ArrayList<>(path);
        longer.add(new byte[MerkleHash.BYTES]);
        return longer;
    }

    private static List<byte[]> shorter(List<byte[]> path) {
        return path.subList(0, path.size() - 1);
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
