package io.flockwork.coordinator;

import io.flockwork.sdk.identity.Authority;
import io.flockwork.sdk.identity.AuthorityFolder;
import io.flockwork.sdk.identity.Credentials;
import io.flockwork.sdk.identity.EnrolmentRequest;
import io.flockwork.sdk.identity.JoinLink;
import io.flockwork.sdk.identity.Membership;
import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.identity.RevocationList;
import io.flockwork.sdk.identity.Role;
import io.flockwork.sdk.model.Address;
import io.flockwork.sdk.model.NodeId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A grid's members, and who may become one, as the coordinator's folder has it. The folder is the truth: the running coordinator
 * and the commands work on it side by side, under a lock. Blocks; safe for use by many threads and processes.
 */
final class Registry {
    private static final String OWN = "identity";
    private static final Logger LOG = LoggerFactory.getLogger(Registry.class);
    private static final Duration RENEWED_BEFORE = Duration.ofDays(365);
    private static final Pattern NODE = Pattern.compile("[a-z2-7]{1,52}");
    private static final long LOOK_AGAIN_NANOS = 1_000_000;
    private static final int WHOLE_ID = 52;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path dir;
    private final Authority authority;
    private final InvitationFolder invitations;
    private final Register register;
    private final Clock clock;
    private final ReentrantLock threads = new ReentrantLock();

    private Registry(Path dir, Authority authority, Clock clock) throws IOException {
        this.dir = dir;
        this.authority = authority;
        this.invitations = new InvitationFolder(dir.resolve("invitations"));
        this.register = new Register(dir);
        this.clock = clock;
    }

    /** The coordinator's own: where there is no grid yet, makes one. */
    static Registry open(Path dir, Clock clock) throws IOException {
        return new Registry(dir, AuthorityFolder.open(dir, clock.instant()), clock);
    }

    /**
     * For the commands.
     *
     * @throws IOException with one sentence when no coordinator was ever started with this folder
     */
    static Registry existing(Path dir, Clock clock) throws IOException {
        if (!AuthorityFolder.isThere(dir)) {
            throw new IOException("no coordinator has been started with the folder " + dir + " yet");
        }
        return open(dir, clock);
    }

    Authority authority() {
        return authority;
    }

    /** Who the coordinator itself is, and where it is about to listen. */
    Membership coordinator(Address address) throws IOException {
        Path own = dir.resolve(OWN);
        Optional<Membership> earlier =
                earlier(own).filter(kept -> kept.coordinator().equals(address));
        if (earlier.isPresent()) {
            return earlier.get();
        }
        Credentials fresh = authority.enrol(
                Membership.keys(own), Role.COORDINATOR, "coordinator", Optional.of(address.host()), clock.instant());
        return new Membership(fresh, address);
    }

    /** What it was before, if that is of use yet: a coordinator certifies itself, whatever has become of its certificate. */
    private Optional<Membership> earlier(Path own) {
        try {
            Date soon = Date.from(clock.instant().plus(RENEWED_BEFORE));
            return Membership.load(own)
                    .filter(kept -> kept.credentials().grid().equals(authority.grid()))
                    .filter(kept ->
                            kept.credentials().certificate().getNotAfter().after(soon));
        } catch (IOException ofNoUse) {
            LOG.info("the coordinator certifies itself anew: {}", ofNoUse.getMessage());
            return Optional.empty();
        }
    }

    /** It listens: links lead there from now on. */
    void remember(Membership coordinator) throws IOException {
        coordinator.save(dir.resolve(OWN));
    }

    /** Who the coordinator was when it last started. */
    Membership coordinator() throws IOException {
        return Membership.load(dir.resolve(OWN))
                .orElseThrow(() -> new IOException("no coordinator has been started with the folder " + dir + " yet"));
    }

    /** A new link. */
    JoinLink invite(Invitation invitation) throws IOException {
        if (!invitation.operator().isEmpty()) {
            new Peer(authority.grid(), invitation.role(), invitation.operator(), invitation.referee());
        }
        JoinLink link = JoinLink.invite(coordinator().coordinator(), invitation.role(), authority.grid(), RANDOM);
        invitations.put(link.invitation(), invitation);
        return link;
    }

    /** By what curl knows the coordinator's TLS key: {@code sha256//} and the hash in base64. */
    String pin() throws IOException {
        return Pin.of(coordinator().credentials().certificate().getPublicKey());
    }

    /**
     * A certificate for a newcomer.
     *
     * @throws IllegalArgumentException with one sentence when it may not join
     */
    X509Certificate enrol(EnrolmentRequest request) throws IOException {
        NodeId node = NodeId.ofKey(request.key());
        if (!request.isSignedFor(authority.grid())) {
            throw new IllegalArgumentException("the request is not signed by the keys that it names");
        }
        String name = JoinLink.invitation(request.token());
        return locked(() -> {
            if (revoked().stream().anyMatch(list -> list.nodes().contains(node))) {
                throw new IllegalArgumentException("this node has been revoked; it does not join again");
            }
            Invitation invitation = invitations
                    .find(name)
                    .orElseThrow(() -> new IllegalArgumentException("the coordinator does not know this join link"));
            invitation.refuses(node, request.role(), clock.millis()).ifPresent(why -> {
                throw new IllegalArgumentException(why);
            });
            String operator = invitation.operator().isEmpty() ? node.brief() : invitation.operator();
            Peer member = new Peer(node, invitation.role(), operator, invitation.referee());
            // Only for whom the operator trusts to be called: browsers that trust this authority believe the name.
            Optional<String> host =
                    Optional.of(request.host()).filter(given -> member.role() == Role.CORE && !given.isEmpty());
            X509Certificate certificate = authority.issue(member, request.tlsKey(), host, clock.instant());
            invitations.put(name, invitation.joinedBy(node));
            register.add(member, clock.millis());
            return certificate;
        });
    }

    /**
     * Ends a node's membership, or withdraws a link.
     *
     * @param named a node's id or the beginning of one, or a join link
     * @return what was revoked, for a person
     * @throws IllegalArgumentException with one sentence when there is no such thing
     */
    String revoke(String named) throws IOException {
        return named.startsWith("flockwork://") ? withdraw(JoinLink.parse(named)) : revokeNode(named);
    }

    private String withdraw(JoinLink link) throws IOException {
        return locked(() -> {
            Invitation invitation = invitations
                    .find(link.invitation())
                    .orElseThrow(() -> new IllegalArgumentException("this grid has made no such join link"));
            invitations.put(link.invitation(), invitation.withdraw());
            return "the join link for role " + invitation.role().word();
        });
    }

    private String revokeNode(String beginning) throws IOException {
        if (!NODE.matcher(beginning).matches()) {
            throw new IllegalArgumentException("what is revoked is a node's id, the beginning of one, or a join link");
        }
        return locked(() -> {
            List<Peer> meant = register.members().values().stream()
                    .filter(member -> member.id().value().startsWith(beginning))
                    .toList();
            if (meant.isEmpty() && beginning.length() == WHOLE_ID) {
                // A register that was restored from a backup does not know who has joined since.
                return "node " + revoke(new NodeId(beginning));
            }
            if (meant.size() != 1) {
                throw new IllegalArgumentException(
                        meant.isEmpty()
                                ? "no node of this grid is called " + beginning
                                : "more than one node's id begins with '" + beginning + "'; give more of it");
            }
            Peer member = meant.get(0);
            return "node " + revoke(member.id()) + " (" + member.office() + ", operator " + member.operator() + ")";
        });
    }

    private NodeId revoke(NodeId node) throws IOException {
        if (node.equals(coordinator().credentials().keys().id())) {
            throw new IllegalArgumentException("this node is the coordinator, which is not revoked");
        }
        Optional<RevocationList> before = revoked();
        Set<NodeId> nodes = new HashSet<>();
        before.ifPresent(list -> nodes.addAll(list.nodes()));
        if (nodes.add(node)) {
            // The time, so that a list from a restored folder still replaces those that members know.
            long next = before.map(RevocationList::version).orElse(0L) + 1;
            register.keep(authority.revoke(Math.max(next, clock.millis()), nodes));
        }
        return node;
    }

    /** How many were ever enrolled in each role. */
    Map<Role, Long> members() throws IOException {
        return locked(() ->
                register.members().values().stream().collect(Collectors.groupingBy(Peer::role, Collectors.counting())));
    }

    /** Who has been revoked so far, if anybody. */
    Optional<RevocationList> revoked() throws IOException {
        return register.revoked();
    }

    /** Something that happens while nobody else changes the folder. */
    @FunctionalInterface
    private interface Step<T> {
        T take() throws IOException;
    }

    private static void lock(FileChannel file) throws IOException {
        while (true) {
            try {
                file.lock();
                return;
            } catch (OverlappingFileLockException another) {
                // Of this process: where a whole grid lives in one, its commands have registries of their own.
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            }
        }
    }

    private <T> T locked(Step<T> step) throws IOException {
        threads.lock();
        try (FileChannel file =
                FileChannel.open(dir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // Against other processes; closing the file lets go.
            lock(file);
            return step.take();
        } finally {
            threads.unlock();
        }
    }
}
