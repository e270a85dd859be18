package io.flockwork.coordinator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flockwork.sdk.identity.OwnerOnly;
import io.flockwork.sdk.identity.Peer;
import io.flockwork.sdk.identity.RevocationList;
import io.flockwork.sdk.model.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who was ever enrolled, a line each, and who has been revoked. Not for two threads at a time. */
final class Register {
    private static final Logger LOG = LoggerFactory.getLogger(Register.class);
    private static final String MEMBERS = "members";
    private static final String REVOKED = "revoked";

    private final Path dir;

    Register(Path dir) {
        this.dir = dir;
    }

    void add(Peer member, long nowMillis) throws IOException {
        Path file = dir.resolve(MEMBERS);
        if (Files.notExists(file)) {
            OwnerOnly.write(file, new byte[0]);
        }
        String line =
                String.join(" ", member.id().value(), member.office(), Long.toString(nowMillis), member.operator());
        Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
    }

    /** Every member's last enrolment. */
    Map<NodeId, Peer> members() throws IOException {
        Map<NodeId, Peer> members = new LinkedHashMap<>();
        Path file = dir.resolve(MEMBERS);
        if (Files.exists(file)) {
            try (Stream<String> lines = Files.lines(file)) {
                lines.forEach(line -> read(line).ifPresent(member -> members.put(member.id(), member)));
            }
        }
        return members;
    }

    private static Optional<Peer> read(String line) {
        String[] parts = line.split(" ", 4);
        try {
            return Optional.of(Peer.in(parts[1], new NodeId(parts[0]), parts[3]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException damaged) {
            LOG.warn("a damaged line in the list of members is ignored");
            return Optional.empty();
        }
    }

    /** The list of revoked nodes, if anybody ever was. */
    Optional<RevocationList> revoked() throws IOException {
        Path file = dir.resolve(REVOKED);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > RevocationList.MAX_BYTES) {
            throw new IOException(file + " is larger than it can be");
        }
        try {
            return Optional.of(RevocationList.parse(Files.readString(file)));
        } catch (IllegalArgumentException damaged) {
            throw new IOException(file + ": " + damaged.getMessage(), damaged);
        }
    }

    void keep(RevocationList list) throws IOException {
        OwnerOnly.write(dir.resolve(REVOKED), list.text().getBytes(UTF_8));
    }
}
