package io.flockwork.worker.mesh;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.Partition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What TLS costs the mesh: {@code putAll} of 100 MB at one of two members whose other owns the keys, with TLS and without. */
final class MeshTlsBenchmark {
    private static final int VALUES = 1_000;
    private static final int VALUE_BYTES = 100_000;
    private static final int BATCH = 50;
    private static final int WARM_UP = 2;
    private static final int ROUNDS = 3;

    private MeshTlsBenchmark() {}

    public static void main(String[] args) {
        for (boolean tls : new boolean[] {false, true, false, true}) {
            double[] seconds = new double[ROUNDS];
            TestCores grid = new TestCores();
            List<HazelcastInstance> members = new ArrayList<>();
            MeshSettings first = grid.settings();
            members.add(start(grid, first, tls));
            members.add(start(grid, grid.settings(first.self().mesh()), tls));
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                double took = putAll(members.get(0));
                if (round >= 0) {
                    seconds[round] = took;
                }
            }
            members.forEach(member -> member.getLifecycleService().terminate());
            Arrays.sort(seconds);
            System.out.printf(
                    "%s: %.0f MB/s (median of %d; %.2f to %.2f s)%n",
                    tls ? "with TLS" : "without TLS",
                    VALUES * (VALUE_BYTES / 1e6) / seconds[ROUNDS / 2],
                    ROUNDS,
                    seconds[0],
                    seconds[ROUNDS - 1]);
        }
    }

    private static HazelcastInstance start(TestCores grid, MeshSettings settings, boolean tls) {
        return tls ? grid.start(settings) : Hazelcast.newHazelcastInstance(TestCores.config(settings));
    }

    private static double putAll(HazelcastInstance member) {
        IMap<Integer, byte[]> map = member.getMap(MeshConfig.SEGMENTS);
        List<Map<Integer, byte[]>> batches = batches(member);
        long start = System.nanoTime();
        batches.forEach(map::putAll);
        return (System.nanoTime() - start) / 1e9;
    }

    /** Keys that the other member owns, so that every value crosses the wire, and its backup back. */
    private static List<Map<Integer, byte[]>> batches(HazelcastInstance member) {
        Random random = new Random(1);
        List<Map<Integer, byte[]>> batches = new ArrayList<>();
        for (int key = 0, values = 0; values < VALUES; key++) {
            Partition partition = member.getPartitionService().getPartition(key);
            if (!partition.getOwner().localMember()) {
                if (values++ % BATCH == 0) {
                    batches.add(new HashMap<>());
                }
                byte[] value = new byte[VALUE_BYTES];
                random.nextBytes(value);
                batches.get(batches.size() - 1).put(key, value);
            }
        }
        return batches;
    }
}
