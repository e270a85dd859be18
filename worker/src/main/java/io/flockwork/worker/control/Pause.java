package io.flockwork.worker.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the agent is paused and until when, kept in a file so that a restart does not forget it. Thread-safe. */
final class Pause {
    /**
     * A pause.
     *
     * @param until milliseconds since 1970; absent: until the user says otherwise
     */
    record Lasting(OptionalLong until) {}

    private static final Logger LOG = LoggerFactory.getLogger(Pause.class);

    private final Path file;
    private final Agent agent;
    private final Clock clock;
    private Optional<Lasting> lasting;

    /** Goes on as the file says. */
    Pause(Path file, Agent agent, Clock clock) throws IOException {
        this.file = file;
        this.agent = agent;
        this.clock = clock;
        this.lasting = Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
        lasting.ifPresent(pause -> agent.pause(true));
        endWhenOver();
    }

    /** What cannot be read was meant as a pause, so it is one until the user says otherwise. */
    private static Lasting read(Path file) throws IOException {
        String text = Files.readString(file).strip();
        return new Lasting(text.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty());
    }

    synchronized Optional<Lasting> lasting() {
        return lasting;
    }

    /** Stops the agent now, for so long or until the user says otherwise; it stays stopped also where the file cannot be written. */
    synchronized void begin(OptionalLong millis) throws IOException {
        OptionalLong until =
                millis.isPresent() ? OptionalLong.of(clock.millis() + millis.getAsLong()) : OptionalLong.empty();
        lasting = Optional.of(new Lasting(until));
        agent.pause(true);
        String text = until.isPresent() ? Long.toString(until.getAsLong()) : "";
        Path fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text + "\n");
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        LOG.info("paused{}", text.isEmpty() ? "" : " for a time");
    }

    /** Lets the agent go on now. */
    synchronized void end() throws IOException {
        lasting = Optional.empty();
        agent.pause(false);
        if (Files.deleteIfExists(file)) {
            LOG.info("the pause is over");
        }
    }

    /** To be called now and then: by the clock, because a machine that slept through the pause's end is not paused any more. */
    synchronized void endWhenOver() {
        boolean over = lasting.map(Lasting::until)
                .filter(until -> until.isPresent() && until.getAsLong() <= clock.millis())
                .isPresent();
        if (over) {
            try {
                end();
            } catch (IOException kept) {
                LOG.warn("the pause is over, but {} could not be removed: {}", file, kept.getMessage());
            }
        }
    }
}
