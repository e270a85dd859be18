package io.flockwork.worker.credit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flockwork.sdk.credit.CreditEntry;
import io.flockwork.sdk.credit.CreditHead;
import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.identity.OwnerOnly;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.proof.MerkleRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One core's credit log, in memory and in two files: {@code CORE.log} with an entry a line, and {@code CORE.head}, which says how many of
 * the lines count and is replaced after they are on the disk. Not safe for use by many threads.
 */
final class StoredLog {
    private final NodeId core;
    private final Path log;
    private final Path headFile;
    private final List<String> lines = new ArrayList<>();
    private final Set<JobId> jobs = new HashSet<>();
    private MerkleRoot tree = new MerkleRoot();
    private CreditHead head;

    private StoredLog(NodeId core, Path folder) {
        this.core = core;
        this.log = folder.resolve(core + ".log");
        this.headFile = folder.resolve(core + ".head");
    }

    /**
     * What the folder holds of this core's log; nothing when there is nothing, or what is there is not what the core has signed: others
     * have it too.
     */
    static StoredLog open(NodeId core, Path folder, MemberCheck members) throws IOException {
        StoredLog stored = new StoredLog(core, folder);
        if (Files.exists(stored.headFile) && Files.exists(stored.log)) {
            try {
                CreditHead head =
                        CreditHead.parse(Files.readString(stored.headFile).strip());
                List<String> found = Files.readAllLines(stored.log, UTF_8);
                if (found.size() >= head.size()) {
                    stored.take(head, found.subList(0, (int) head.size()), members);
                }
            } catch (IllegalArgumentException | CertificateException damaged) {
                stored.forget();
            }
        }
        stored.writeLines();
        return stored;
    }

    private void forget() {
        lines.clear();
        jobs.clear();
        tree = new MerkleRoot();
        head = null;
    }

    /** Takes these on, if the head is the core's and stands for all entries then. */
    private void take(CreditHead next, List<String> more, MemberCheck members) throws CertificateException {
        next.check(members);
        MerkleRoot grown = tree.copy();
        List<JobId> thanked =
                more.stream().map(line -> CreditEntry.parse(line).job()).toList();
        more.forEach(line -> grown.add(line.getBytes(UTF_8)));
        if (!next.id().equals(core)
                || lines.size() + more.size() != next.size()
                || !BlobId.of(grown.root()).equals(next.root())) {
            throw new CertificateException("the credit log of core " + core.brief() + " is not what it has signed");
        }
        lines.addAll(more);
        jobs.addAll(thanked);
        tree = grown;
        head = next;
    }

    /**
     * Goes on with what another core has of it.
     *
     * @throws CertificateException with one sentence when that is not what the core has signed, or goes not on from what is here
     */
    void follow(CreditHead next, List<String> more, MemberCheck members) throws CertificateException, IOException {
        take(next, more, members);
        keep(more);
    }

    /** Appends entries of this core's own log. */
    void append(List<CreditEntry> entries, Credentials self, long nowMillis) throws IOException {
        List<String> more = entries.stream().map(CreditEntry::line).toList();
        more.forEach(line -> tree.add(line.getBytes(UTF_8)));
        lines.addAll(more);
        entries.forEach(entry -> jobs.add(entry.job()));
        head = CreditHead.sign(self, lines.size(), BlobId.of(tree.root()), nowMillis);
        keep(more);
    }

    private void keep(List<String> more) throws IOException {
        Files.write(log, more, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.SYNC);
        OwnerOnly.write(headFile, (head.line() + "\n").getBytes(UTF_8));
    }

    /** Lines that no head stands for are a crash's. */
    private void writeLines() throws IOException {
        Files.write(log, lines, UTF_8);
    }

    List<String> entries(long from, int most) {
        int first = (int) Math.max(0, Math.min(from, lines.size()));
        return List.copyOf(lines.subList(first, Math.min(lines.size(), first + most)));
    }

    boolean has(JobId job) {
        return jobs.contains(job);
    }

    int size() {
        return lines.size();
    }

    /** Null before the first entry. */
    CreditHead head() {
        return head;
    }
}
