package io.flockwork.coordinator;

import io.flockwork.sdk.model.Address;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * @param dir what the coordinator keeps: the grid's authority, its members and invitations, and where its cores were last
 * @param listen where to listen: a name or address of this machine
 * @param address what others call it, as join links say it
 * @param people how people's browsers are received beside members, where that is otherwise
 * @param isOpen true when anybody may look at the grid
 */
public record CoordinatorSettings(
        Path dir, Address listen, Address address, Optional<People> people, boolean isOpen, Clock clock) {
    /**
     * A port for browsers alone, with a certificate that they trust.
     *
     * @param certificate its chain, in the text form of RFC 7468
     * @param key its private key, likewise, PKCS #8
     */
    public record People(int port, Path certificate, Path key) {}

    /** A coordinator that is called by the name of what it listens on. */
    public CoordinatorSettings(Path dir, Address listen, Clock clock) {
        this(dir, listen, listen, Optional.empty(), false, clock);
    }
}
