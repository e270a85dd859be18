package io.flockwork.sdk.credit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.MemberCheck;
import io.flockwork.sdk.identity.NodeKeys;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.identity.TestMembers;
import io.flockwork.sdk.model.BlobId;
import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.NodeId;
import io.flockwork.sdk.proof.MerkleRoot;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.List;

/** Credit logs of real cores, for tests. */
public final class CreditWorld {
    public static final MemberCheck MEMBERS = new MemberCheck(TestMembers.AUTHORITY.certificate());

    private CreditWorld() {}

    public static Credentials member(Role role) {
        return TestMembers.AUTHORITY.enrol(NodeKeys.generate(), role, "operator", Instant.now());
    }

    public static CreditEntry entry(String job, String worker, String operator, String team, long fuel, long micros) {
        return new CreditEntry(new JobId(job), new NodeId(worker), operator, team, 3, fuel, micros, 1_000);
    }

    public static CreditHead head(Credentials core, List<String> lines) {
        MerkleRoot root = new MerkleRoot();
        lines.forEach(line -> root.add(line.getBytes(UTF_8)));
        return CreditHead.sign(core, lines.size(), BlobId.of(root.root()), 5_000);
    }

    public static CreditLog log(Credentials core, CreditEntry... entries) {
        List<String> lines = List.of(entries).stream().map(CreditEntry::line).toList();
        try {
            return CreditLog.of(head(core, lines), lines, MEMBERS);
        } catch (CertificateException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
