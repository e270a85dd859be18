package io.flockwork.sdk.proof;

import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.model.VoteSeal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The batches that a proof holds, in the order in which their workers signed them: shows which are missing. */
final class Chains {
    /** Which chain, of whom. */
    private record Name(NodeId worker, String chain) {}

    /** What a batch says of its place. */
    private record Link(BlobId previous, BlobId root) {}

    private final Map<Name, TreeMap<Long, Link>> chains = new LinkedHashMap<>();

    /** False when the proof has this batch already. */
    boolean add(NodeId worker, VoteSeal seal, BlobId root) {
        return chains.computeIfAbsent(new Name(worker, seal.chain()), name -> new TreeMap<>())
                        .putIfAbsent(seal.sequence(), new Link(seal.previous(), root))
                == null;
    }

    /** One sentence for each place where batches are missing. */
    List<String> holes() {
        List<String> holes = new ArrayList<>();
        chains.forEach((name, links) -> {
            long next = 0;
            BlobId before = VoteSeal.NONE;
            for (Map.Entry<Long, Link> link : links.entrySet()) {
                if (link.getKey() != next) {
                    holes.add("votes of worker " + name.worker().brief() + " are missing: batches " + next + " to "
                            + (link.getKey() - 1) + " of chain " + name.chain().substring(0, 8));
                } else if (!link.getValue().previous().equals(before)) {
                    holes.add("votes of worker " + name.worker().brief() + " were exchanged: batch " + next
                            + " of chain " + name.chain().substring(0, 8) + " follows another one");
                }
                next = link.getKey() + 1;
                before = link.getValue().root();
            }
        });
        return holes;
    }
}
