package io.flockwork.worker.mesh;

import static io.flockwork.worker.mesh.MeshContract.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.flockwork.sdk.identity.GridTls;
import io.flockwork.sdk.identity.RevocationList;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.NodeId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Who becomes a member of the mesh, who does not, and who stops being one. */
class MeshTlsTest {
    private static final int MIB = 1 << 20;
    private static final String PATIENCE = "hazelcast.max.join.seconds";

    private final TestCores grid = new TestCores();

    @AfterEach
    void endAll() {
        grid.endAll();
    }

    private static Address addressOf(MeshSettings settings) {
        return settings.self().mesh();
    }

    private static NodeId idOf(MeshSettings settings) {
        return settings.self().id();
    }

    private static void neverJoins(Executable start) {
        IllegalStateException refusal = assertThrows(IllegalStateException.class, start);
        assertTrue(refusal.getMessage().contains("failed to start"), refusal.getMessage());
    }

    private static void alone(HazelcastInstance stranger, HazelcastInstance core) {
        assertEquals(1, TestCores.size(stranger));
        assertEquals(1, TestCores.size(core));
    }

    @Test
    void aCoreOfAnotherAuthorityStaysOutside() {
        MeshSettings settings = grid.settings();
        HazelcastInstance core = grid.start(settings);
        alone(grid.start(new TestCores().settings(addressOf(settings))), core);
    }

    @Test
    void aCoreDoesNotWaitForASilentAddress() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
            HazelcastInstance core = grid.start(grid.settings(new Address("127.0.0.1", silent.getLocalPort())));
            assertEquals(1, TestCores.size(core));
        }
    }

    @Test
    void anEdgeWorkerStaysOutsideWhateverItSays() {
        MeshSettings settings = grid.settings();
        HazelcastInstance core = grid.start(settings);
        MeshSettings pretended = grid.settings(addressOf(settings));
        alone(grid.start(pretended, grid.tls(Role.EDGE), TestCores.LIMITS), core);
    }

    @Test
    void aMemberWithoutTlsStaysOutside() {
        MeshSettings settings = grid.settings();
        HazelcastInstance core = grid.start(settings);
        Config config = TestCores.config(grid.settings(addressOf(settings))).setProperty(PATIENCE, "1");
        neverJoins(() -> Hazelcast.newHazelcastInstance(config));
        assertEquals(1, TestCores.size(core));
    }

    @Test
    void onlyACoreWithItsOwnCertificateTriesAtAll() {
        Address address = TestCores.freeAddress();
        GridTls edge = grid.tls(Role.EDGE);
        assertThrows(
                IllegalArgumentException.class, () -> TestCores.settings(TestCores.GRID, edge, address, List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new MeshSettings(
                        TestCores.GRID,
                        TestCores.info(new NodeId(JobId.random(new Random()).value()), address),
                        address,
                        grid.tls(Role.CORE),
                        List.of()));
    }

    @Test
    void aCoreThatSaysItIsAnotherIsRefused() {
        MeshSettings first = grid.settings();
        MeshSettings second = grid.settings(addressOf(first));
        HazelcastInstance core = grid.start(first);
        HazelcastInstance victim = grid.start(second);
        MeshSettings liar = grid.settings(addressOf(first), addressOf(second));
        Config config = TestCores.config(liar);
        config.getMemberAttributeConfig().setAttribute("id", idOf(second).value());
        neverJoins(() -> grid.start(config, liar.tls(), TestCores.LIMITS));
        assertEquals(2, TestCores.size(core));
        assertEquals(2, TestCores.size(victim));
    }

    @Test
    void aCoreThatClaimsAnothersAddressIsCutOffAndTheOtherStays() {
        MeshSettings first = grid.settings();
        MeshSettings second = grid.settings(addressOf(first));
        HazelcastInstance core = grid.start(first);
        HazelcastInstance victim = grid.start(second);
        MeshSettings own = grid.settings(addressOf(first), addressOf(second));
        MeshSettings liar = new MeshSettings(
                TestCores.GRID,
                TestCores.info(idOf(own), addressOf(second)),
                addressOf(own),
                own.tls(),
                List.of(addressOf(first)));
        Config config = TestCores.config(liar).setProperty(PATIENCE, "1");
        neverJoins(() -> grid.start(config, liar.tls(), TestCores.LIMITS));
        victim.getMap("m").set("still", "here");
        assertEquals("here", core.getMap("m").get("still"));
        assertEquals(2, TestCores.size(core));
        assertEquals(2, TestCores.size(victim));
    }

    @Test
    void aRevokedCoreIsThrownOutAndCannotComeBackAndTheOthersGoOn() {
        for (int victim = 0; victim < 2; victim++) {
            TestCores cores = new TestCores();
            List<MeshSettings> settings = new ArrayList<>();
            List<HazelcastInstance> members = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Address[] others = settings.stream().map(MeshTlsTest::addressOf).toArray(Address[]::new);
                settings.add(cores.settings(others));
                members.add(cores.start(settings.get(i)));
            }
            try {
                throwOut(cores, settings, members, victim);
            } finally {
                cores.endAll();
            }
        }
    }

    private static void throwOut(
            TestCores cores, List<MeshSettings> settings, List<HazelcastInstance> members, int victim) {
        Map<String, String> kept = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            kept.put("key " + i, "value " + i);
        }
        IMap<String, String> map = members.get(victim).getMap("m");
        map.putAll(kept);
        eventually(() -> members.get(victim).getPartitionService().isClusterSafe());
        RevocationList list = cores.authority.revoke(1, List.of(idOf(settings.get(victim))));
        List<HazelcastInstance> rest = new ArrayList<>(members);
        rest.remove(victim);
        for (MeshSettings each : settings) {
            if (each != settings.get(victim)) {
                assertTrue(each.tls().revocations().learn(list));
            }
        }
        eventually(() -> rest.stream().allMatch(member -> TestCores.size(member) == 2));
        assertEquals(kept, rest.get(0).getMap("m").getAll(new HashSet<>(kept.keySet())));

        members.get(victim).getLifecycleService().terminate();
        MeshSettings again = TestCores.settings(
                TestCores.GRID,
                new GridTls(settings.get(victim).tls().credentials()),
                addressOf(settings.get(victim)),
                settings.stream().map(MeshTlsTest::addressOf).toList());
        HazelcastInstance back = cores.start(again);
        assertEquals(1, TestCores.size(back));
        assertTrue(rest.stream().allMatch(member -> TestCores.size(member) == 2));
        rest.get(1).getMap("m").set("more", "still works");
        assertEquals("still works", rest.get(0).getMap("m").get("more"));
    }

    @Test
    void aHundredMebibytesMoveToACoreThatJoins() {
        MeshSettings first = grid.settings();
        HazelcastInstance old = grid.start(first);
        IMap<Integer, byte[]> map = old.getMap("m");
        for (int i = 0; i < 200; i++) {
            map.set(i, value(i));
        }
        HazelcastInstance young = grid.start(grid.settings(addressOf(first)));
        eventually(() -> young.getPartitionService().isClusterSafe()
                && young.getMap("m").getLocalMapStats().getOwnedEntryCount() > 50);
        old.getLifecycleService().terminate();
        eventually(() -> TestCores.size(young) == 1);
        IMap<Integer, byte[]> left = young.getMap("m");
        for (int i = 0; i < 200; i++) {
            assertTrue(Arrays.equals(value(i), left.get(i)), "value " + i);
        }
    }

    private static byte[] value(int seed) {
        byte[] value = new byte[MIB / 2];
        new Random(seed).nextBytes(value);
        return value;
    }

    @Test
    void nothingOfTheMeshCanBeReadOnTheWire() throws Exception {
        String secret = "only the two of them know that. ".repeat(100);
        MeshSettings first = grid.settings();
        HazelcastInstance one = grid.start(first);
        try (RecordingProxy proxy = new RecordingProxy(addressOf(first))) {
            HazelcastInstance two = grid.start(grid.settings(proxy.address()));
            eventually(() -> TestCores.size(one) == 2 && TestCores.size(two) == 2);
            for (int i = 0; i < 50; i++) {
                two.getMap("m").set(i, secret);
                assertEquals(secret, one.getMap("m").get(i));
            }
            byte[] wire = proxy.recorded();
            assertTrue(wire.length > 50 * secret.length(), "only " + wire.length + " bytes passed by");
            String text = new String(wire, StandardCharsets.ISO_8859_1);
            // Long words only: three given letters turn up by chance in a megabyte of ciphertext.
            for (String plain : List.of(
                    "two of them know", TestCores.GRID, "hazelcast", idOf(first).value(), "gateway")) {
                assertFalse(text.contains(plain), plain);
            }
        }
    }
}
