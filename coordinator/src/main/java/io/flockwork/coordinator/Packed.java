package io.flockwork.coordinator;

import java.nio.file.Path;

/**
 * An archive that a worker is installed from.
 *
 * @param sha256 of the archive, in hexadecimal digits
 * @param platform what the runtime in it runs on
 */
record Packed(Path archive, String version, String sha256, Platform platform) {
    String name() {
        return archive.getFileName().toString();
    }
}
