package io.flockwork.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.JoinLink;
import io.flockwork.sdk.identity.Membership;
import io.flockwork.sdk.identity.NodeKeys;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.worker.lease.Dishonesty;
import io.flockwork.worker.runtime.SandboxChoice;
import io.flockwork.worker.runtime.TrustedJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may become a worker. */
class MemberTest {
    @TempDir
    Path dir;

    @Test
    void aLinkForALoginIsNotUsedUp() throws IOException {
        // Were anybody asked, this would say that nobody listens there, and leave keys behind.
        JoinLink link = JoinLink.invite(
                new Address("127.0.0.1", 1), Role.SUBMIT, NodeKeys.generate().id(), new Random(7));
        try (NodeFolder folder = NodeFolder.open(dir)) {
            String said = assertThrows(IllegalArgumentException.class, () -> Member.of(settings(link), folder))
                    .getMessage();
            assertEquals("this link is for a login, not for a worker: flockwork login LINK", said);
            assertTrue(Files.notExists(folder.identity()));
        }
    }

    @Test
    void whoHasHeardThatItIsRevokedDoesNotBegin() throws IOException {
        Credentials self = TestMembers.credentials(Role.EDGE);
        new Membership(self, new Address("127.0.0.1", 1)).save(dir.resolve("identity"));
        try (NodeFolder folder = NodeFolder.open(dir)) {
            try (Member member = Member.of(settings(), folder)) {
                member.tls()
                        .revocations()
                        .learn(TestMembers.AUTHORITY.revoke(
                                1, List.of(self.keys().id())));
            }
            assertEquals(
                    "this worker (" + self.self().id().brief() + ") has been revoked by the grid's operator",
                    assertThrows(RevokedException.class, () -> Member.of(settings(), folder))
                            .getMessage());
        }
    }

    private WorkerSettings settings(JoinLink link) {
        return settings(Optional.of(link));
    }

    private WorkerSettings settings() {
        return settings(Optional.empty());
    }

    private WorkerSettings settings(Optional<JoinLink> link) {
        return new WorkerSettings(
                link,
                Optional.empty(),
                dir,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                1,
                1L << 30,
                OptionalLong.empty(),
                Labels.NONE,
                TrustedJars.none(),
                SandboxChoice.AUTO,
                Optional.empty(),
                false,
                Dishonesty.NONE,
                Optional.empty());
    }
}
