package io.flockwork.worker.mesh;

import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.map.IMap;
import io.flockwork.sdk.model.Address;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;

/**
 * Four cores under constant writes, one of which dies every few thousand writes and comes back; then every value that was
 * acknowledged is read and compared. Not a test of the build: {@code java ... io.flockwork.worker.mesh.MeshSoak [SECONDS]}.
 */
final class MeshSoak {
    private static final int CORES = 4;
    private static final int WRITERS = 3;
    private static final int KEYS = 4_000;
    private static final int VALUE_BYTES = 24 << 10;
    private static final int WRITES_BETWEEN_DEATHS = 3_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final TestCores grid = new TestCores();
    private final List<MeshSettings> settings = new ArrayList<>();
    private final List<HazelcastInstance> members = new CopyOnWriteArrayList<>();
    /** The version of each key that was acknowledged last; its writer is the only one. */
    private final ConcurrentMap<Integer, Long> acknowledged = new ConcurrentHashMap<>();

    private final AtomicLong written = new AtomicLong();
    private final AtomicLong retried = new AtomicLong();
    private volatile boolean over;

    public static void main(String[] args) throws InterruptedException {
        int seconds = args.length == 0 ? 120 : Integer.parseInt(args[0]);
        System.exit(new MeshSoak().run(Duration.ofSeconds(seconds)) ? 0 : 1);
    }

    private boolean run(Duration time) throws InterruptedException {
        for (int i = 0; i < CORES; i++) {
            Address[] others = settings.stream().map(each -> each.self().mesh()).toArray(Address[]::new);
            settings.add(grid.settings(others));
            members.add(grid.start(settings.get(i)));
        }
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            writers.add(new Thread(() -> write(writer)));
        }
        writers.forEach(Thread::start);
        int deaths = killAndRejoin(System.nanoTime() + time.toNanos());
        over = true;
        for (Thread writer : writers) {
            writer.join();
        }
        boolean whole = report(deaths);
        grid.endAll();
        return whole;
    }

    /** The first core writes and stays; the others take turns. */
    private int killAndRejoin(long end) {
        int deaths = 0;
        while (System.nanoTime() < end) {
            long before = written.get();
            await("writes").atMost(PATIENCE).until(() -> written.get() >= before + WRITES_BETWEEN_DEATHS);
            int victim = 1 + deaths % (CORES - 1);
            members.get(victim).getLifecycleService().terminate();
            deaths++;
            awaitSafety(CORES - 1);
            MeshSettings again = settings.get(victim);
            members.set(
                    victim,
                    grid.start(TestCores.settings(
                            TestCores.GRID,
                            again.tls(),
                            again.self().mesh(),
                            List.of(settings.get(0).self().mesh()))));
            awaitSafety(CORES);
        }
        return deaths;
    }

    private void awaitSafety(int cores) {
        HazelcastInstance first = members.get(0);
        await("safety")
                .atMost(PATIENCE)
                .until(() -> TestCores.size(first) == cores
                        && first.getPartitionService().isClusterSafe());
    }

    private void write(int writer) {
        IMap<Integer, byte[]> map = members.get(0).getMap(MeshConfig.SEGMENTS);
        Random random = new Random(writer);
        for (long version = 1; !over; version++) {
            int key = random.nextInt(KEYS / WRITERS) * WRITERS + writer;
            byte[] value = value(key, version);
            while (!isWritten(map, key, value)) {
                retried.incrementAndGet();
            }
            acknowledged.put(key, version);
            written.incrementAndGet();
        }
    }

    private static boolean isWritten(IMap<Integer, byte[]> map, int key, byte[] value) {
        try {
            map.set(key, value);
            return true;
        } catch (HazelcastInstanceNotActiveException over) {
            throw over;
        } catch (HazelcastException unsettled) {
            return false;
        }
    }

    /** Key, version, random bytes of those, checksum of it all. */
    private static byte[] value(int key, long version) {
        ByteBuffer value = ByteBuffer.allocate(VALUE_BYTES);
        new Random(key * 31L + version).nextBytes(value.array());
        value.putInt(key).putLong(version);
        value.putLong(VALUE_BYTES - 8, checksum(value.array()));
        return value.array();
    }

    private static long checksum(byte[] value) {
        CRC32C checksum = new CRC32C();
        checksum.update(value, 0, VALUE_BYTES - 8);
        return checksum.getValue();
    }

    private boolean report(int deaths) {
        long lost = 0;
        long damaged = 0;
        long wrong = 0;
        IMap<Integer, byte[]> map = members.get(0).getMap(MeshConfig.SEGMENTS);
        for (var entry : acknowledged.entrySet()) {
            byte[] value = map.get(entry.getKey());
            if (value == null) {
                lost++;
            } else if (ByteBuffer.wrap(value).getLong(VALUE_BYTES - 8) != checksum(value)) {
                damaged++;
            } else if (ByteBuffer.wrap(value).getInt() != entry.getKey()
                    || ByteBuffer.wrap(value).getLong(4) != entry.getValue()) {
                wrong++;
            }
        }
        System.out.printf(
                "%d deaths; %d values written (%d MB), %d tries again; of %d keys %d lost, %d damaged, %d wrong%n",
                deaths,
                written.get(),
                written.get() * VALUE_BYTES / 1_000_000,
                retried.get(),
                acknowledged.size(),
                lost,
                damaged,
                wrong);
        return lost + damaged + wrong == 0;
    }
}
