package io.flockwork.worker.credit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.credit.CreditEntry;
import io.flockwork.sdk.credit.CreditHead;
import io.flockwork.sdk.credit.CreditLog;
import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.worker.TestMembers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.CertificateException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A core's logs outlive it, and nobody makes it believe another log than the one it knows. */
class CreditStoreTest {
    private final Credentials core = TestMembers.credentials(Role.CORE);
    private final Credentials other = TestMembers.credentials(Role.CORE);
    private final NodeId mine = core.keys().id();

    @TempDir
    Path folder;

    private CreditStore store;

    @BeforeEach
    void open() throws IOException {
        store = CreditStore.open(folder, core);
    }

    private static List<CreditEntry> entries(String job) {
        return List.of(
                new CreditEntry(new JobId(job), new NodeId("anna"), "ann", "ants", 3, 500, 0, 1_000),
                new CreditEntry(new JobId(job), new NodeId("bobb"), "bob", "", 2, 0, 70, 1_000));
    }

    private static void assertSound(CreditStore store, NodeId core, int size) throws CertificateException {
        CreditHead head = store.heads().stream()
                .filter(one -> one.id().equals(core))
                .findFirst()
                .orElseThrow();
        List<String> lines = store.entries(core, 0, 1_000);
        assertEquals(
                size, CreditLog.of(head, lines, TestMembers.CHECK).entries().size());
    }

    @Test
    void aJobIsThankedForOnce() throws Exception {
        store.append(entries("joba"), 1);
        store.append(entries("joba"), 2);
        store.append(entries("jobb"), 3);
        assertSound(store, mine, 4);
        assertTrue(store.has(new JobId("joba")));
        assertFalse(store.has(new JobId("jobc")));
        assertEquals(List.of(), store.entries(mine, 4, 10));
        assertEquals(1, store.entries(mine, 3, 10).size());
    }

    @Test
    void theLogsOutliveTheCore() throws Exception {
        store.append(entries("joba"), 1);
        open();
        store.append(entries("joba"), 2);
        assertSound(store, mine, 2);
        store.append(entries("jobb"), 2);
        open();
        assertSound(store, mine, 4);
    }

    @Test
    void whatACrashLeftBehindTheHeadDoesNotCount() throws Exception {
        store.append(entries("joba"), 1);
        Files.writeString(folder.resolve(mine + ".log"), "half a li", StandardOpenOption.APPEND);
        open();
        store.append(entries("jobb"), 2);
        open();
        assertSound(store, mine, 4);
    }

    @Test
    void aDamagedLogIsFetchedAnewFromOthers() throws Exception {
        CreditStore copy = CreditStore.open(Files.createTempDirectory(folder, "other"), other);
        store.append(entries("joba"), 1);
        CreditHead head = store.heads().get(0);
        copy.follow(head, store.entries(mine, 0, 10));
        Files.writeString(folder.resolve(mine + ".log"), "nonsense\nnonsense\n");
        open();
        assertEquals(0, store.size(mine));
        assertTrue(copy.has(new JobId("joba")));
        store.follow(copy.heads().get(0), copy.entries(mine, 0, 10));
        assertSound(store, mine, 2);
    }

    @Test
    void whatContradictsTheLogIsNotTakenOn() throws Exception {
        CreditStore first = CreditStore.open(Files.createTempDirectory(folder, "one"), other);
        first.append(entries("joba"), 1);
        NodeId writer = other.keys().id();
        store.follow(first.heads().get(0), first.entries(writer, 0, 10));
        CreditStore fork = CreditStore.open(Files.createTempDirectory(folder, "two"), other);
        fork.append(entries("jobx"), 1);
        fork.append(entries("jobb"), 2);
        CreditHead head = fork.heads().get(0);
        List<String> more = fork.entries(writer, 2, 10);
        assertThrows(CertificateException.class, () -> store.follow(head, more));
        first.append(entries("jobb"), 2);
        CreditHead next = first.heads().get(0);
        assertThrows(CertificateException.class, () -> store.follow(next, List.of(more.get(0), more.get(0))));
        assertSound(store, writer, 2);
        store.follow(next, first.entries(writer, 2, 10));
        assertSound(store, writer, 4);
    }

    @Test
    void anEdgeWorkerHasNoLog() throws Exception {
        CreditStore edge =
                CreditStore.open(Files.createTempDirectory(folder, "edge"), TestMembers.credentials(Role.EDGE));
        edge.append(entries("joba"), 1);
        CreditHead head = edge.heads().get(0);
        assertThrows(CertificateException.class, () -> store.follow(head, edge.entries(head.id(), 0, 10)));
    }
}
