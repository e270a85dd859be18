package io.flockwork.sdk.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.flockwork.sdk.identity.OwnerOnly;
import io.flockwork.sdk.identity.RevocationList;
import io.flockwork.sdk.identity.Revocations;
import io.flockwork.sdk.model.NodeId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest list of revoked nodes that was ever heard of, in a file that only its owner can read. It is written on a thread of its
 * own, for whoever brings the news may be in a hurry. Several processes may use one file: the newest list stays.
 */
public final class RevokedFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RevokedFile.class);
    private static final long PATIENCE_SECONDS = 5;

    private final Path file;
    private final Revocations revocations;
    private final ExecutorService writer = writer();

    private RevokedFile(X509Certificate authority, Path file) {
        this.file = file;
        this.revocations = new Revocations(authority);
    }

    /** Takes up what was heard before, and keeps every newer list from now on. */
    public static RevokedFile open(X509Certificate authority, Path file) {
        RevokedFile kept = new RevokedFile(authority, file);
        kept.read().ifPresent(kept.revocations::learn);
        kept.revocations.listen(() -> kept.writer.execute(kept::keepNewest));
        return kept;
    }

    /** The same of a user who has logged in to this grid. */
    public static RevokedFile open(X509Certificate authority, Path home, NodeId grid) {
        return open(authority, Login.revoked(home, grid));
    }

    private static ExecutorService writer() {
        ThreadPoolExecutor one = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "revoked-file");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        one.allowCoreThreadTimeOut(true);
        return one;
    }

    /** Who is a member no more, as far as this node has heard. */
    public Revocations revocations() {
        return revocations;
    }

    private Optional<RevocationList> read() {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] text = in.readNBytes(RevocationList.MAX_BYTES + 1);
            return Optional.of(RevocationList.parse(new String(text, US_ASCII)));
        } catch (NoSuchFileException nothingYet) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException damaged) {
            LOG.warn("{} is of no use: {}", file, damaged.getMessage());
            return Optional.empty();
        }
    }

    private void keepNewest() {
        // Another process of this user may have heard more.
        read().ifPresent(revocations::learn);
        RevocationList newest = revocations.newest().orElseThrow();
        if (read().filter(kept -> kept.version() >= newest.version()).isPresent()) {
            return;
        }
        LOG.info(
                "nodes of the grid that have been revoked so far: {}",
                newest.nodes().size());
        try {
            if (Files.notExists(file.getParent())) {
                OwnerOnly.folder(file.getParent());
            }
            OwnerOnly.write(file, newest.text().getBytes(US_ASCII));
        } catch (IOException notWritten) {
            LOG.warn("the list of revoked nodes was not written down: {}", notWritten.getMessage());
        }
    }

    /** Waits, not for long, until what was heard is on the disk. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("{} could not be written in time", file);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
