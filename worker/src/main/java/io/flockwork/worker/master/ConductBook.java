package io.flockwork.worker.master;

import io.flockwork.sdk.model.Conduct;
import io.flockwork.sdk.model.Judgement;
import io.flockwork.sdk.wire.Codec;
import io.flockwork.sdk.wire.WireException;
import io.flockwork.sdk.wire.WorkerMessage.Judged;
import io.flockwork.worker.mesh.Mesh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the grid knows of its workers, on this core's disk: a grid that comes back from a power cut has not forgotten who lied.
 * Written a moment after each change, on threads of its own.
 */
public final class ConductBook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConductBook.class);

    private final MVStore store;
    private final Map<String, byte[]> kept;
    private final Codec codec;

    private ConductBook(MVStore store, Codec codec) {
        this.store = store;
        this.kept = store.openMap("conducts");
        this.codec = codec;
    }

    /**
     * Tells the mesh what the file holds, and keeps in it what the mesh knows from now on. A file that cannot be read is put aside.
     *
     * @throws IOException when there can be no such file
     */
    public static ConductBook open(Path file, Mesh mesh, Codec codec) throws IOException {
        ConductBook book = new ConductBook(store(file), codec);
        book.kept.values().forEach(bytes -> book.read(bytes)
                .ifPresent(conduct -> mesh.judge(conduct.worker(), new Judgement.Remembered(conduct))));
        mesh.listen(new Mesh.Listener() {
            @Override
            public void judged(Conduct conduct) {
                book.keep(conduct);
            }
        });
        mesh.conducts().forEach(book::keep);
        return book;
    }

    private static MVStore store(Path file) throws IOException {
        try {
            return new MVStore.Builder().fileName(file.toString()).open();
        } catch (MVStoreException damaged) {
            Path aside = file.resolveSibling(file.getFileName() + ".damaged");
            LOG.warn("{} is of no use and is put aside: {}", file, damaged.getMessage());
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            return new MVStore.Builder().fileName(file.toString()).open();
        }
    }

    private Optional<Conduct> read(byte[] bytes) {
        try {
            return codec.decode(bytes) instanceof Judged judged ? Optional.of(judged.conduct()) : Optional.empty();
        } catch (WireException unreadable) {
            LOG.warn("what was known of a worker cannot be read: {}", unreadable.getMessage());
            return Optional.empty();
        }
    }

    private void keep(Conduct conduct) {
        if (!store.isClosed()) {
            kept.put(conduct.worker().value(), codec.encode(new Judged(conduct)));
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
