package io.flockwork.worker.control;

import io.flockwork.sdk.identity.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where an agent's socket is: {@code control/socket} in its folder, or, because a socket's path is short (107 bytes on
 * Linux, 103 elsewhere), a folder of its own among the temporary ones, which {@code control/where} then names. Each is in
 * a folder that only its owner may enter.
 */
final class SocketPlace {
    private static final int LONGEST = 100;
    private static final String PREFIX = "flockwork-";

    private final Path folder;
    private final Path where;

    /**
     * @param dir the agent's folder, which no other agent uses
     */
    SocketPlace(Path dir) throws IOException {
        folder = dir.toAbsolutePath().resolve("control");
        where = folder.resolve("where");
        OwnerOnly.folder(folder, "socket", "where");
    }

    /**
     * A path that nothing is at. What an agent left that was killed is removed.
     *
     * @param temporary where else a socket may be, the best first
     * @throws IOException when there is no short one
     */
    Path claim(Iterable<Path> temporary) throws IOException {
        clear();
        Path near = folder.resolve("socket");
        if (fits(near)) {
            return near;
        }
        for (Path roomy : temporary) {
            if (Files.isWritable(roomy)
                    && fits(roomy.resolve(PREFIX + "0".repeat(20)).resolve("socket"))) {
                Path far = Files.createTempDirectory(roomy, PREFIX).resolve("socket");
                Files.writeString(where, far.toString());
                return far;
            }
        }
        throw new IOException("the path of " + folder + " is too long for a socket, and so are those of other folders");
    }

    private static boolean fits(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    }

    /** Removes the socket, and the folder that was made for it. */
    void clear() throws IOException {
        Files.deleteIfExists(folder.resolve("socket"));
        Optional<Path> far = Files.exists(where) ? Optional.of(Path.of(Files.readString(where))) : Optional.empty();
        if (far.isPresent() && isOurs(far.get().getParent())) {
            Files.deleteIfExists(far.get());
            Files.delete(far.get().getParent());
        }
        Files.deleteIfExists(where);
    }

    /** A folder among the temporary ones may be another's by now. */
    private boolean isOurs(Path other) throws IOException {
        return other != null
                && other.getFileName().toString().startsWith(PREFIX)
                && Files.isDirectory(other, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(other, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(folder));
    }
}
