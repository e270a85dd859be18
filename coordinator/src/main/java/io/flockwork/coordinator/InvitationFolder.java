package io.flockwork.coordinator;

import io.flockwork.sdk.identity.OwnerOnly;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The invitations, a file for each under the hash of its secret. Not for two threads at a time. */
final class InvitationFolder {
    private static final long LONGEST_FILE = 4 << 20;

    private final Path dir;

    InvitationFolder(Path dir) throws IOException {
        this.dir = OwnerOnly.folder(dir);
    }

    Optional<Invitation> find(String name) throws IOException {
        if (!name.matches("[a-z2-7]{16}")) {
            return Optional.empty();
        }
        Path file = dir.resolve(name);
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new IOException(file + " is larger than it can be");
            }
            return Optional.of(Invitation.of(new JsonObject(Buffer.buffer(Files.readAllBytes(file)))));
        } catch (NoSuchFileException unknown) {
            return Optional.empty();
        } catch (RuntimeException damaged) {
            throw new IOException(file + " does not hold an invitation", damaged);
        }
    }

    void put(String name, Invitation invitation) throws IOException {
        OwnerOnly.write(dir.resolve(name), invitation.json().toBuffer().getBytes());
    }
}
