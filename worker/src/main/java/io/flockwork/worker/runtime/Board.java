package io.flockwork.worker.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * Which units run at this moment, in a file that both processes map: writing it costs a store to memory, and what is
 * written outlives the runner however it dies. So the worker knows whom to suspect.
 */
final class Board {
    private final IntBuffer places;

    private Board(IntBuffer places) {
        this.places = places;
    }

    /** Makes an empty board, for the worker. */
    static void create(Path file, int places) throws IOException {
        Files.write(file, new byte[places * Integer.BYTES]);
    }

    /** Opens the board to write on it, in the runner. */
    static Board open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new Board(channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size())
                    .asIntBuffer());
        }
    }

    /** What a runner was running, by now or when it died; it may have done anything to the file. */
    static Set<Integer> read(Path file, int places) throws IOException {
        IntBuffer written;
        try (InputStream in = Files.newInputStream(file)) {
            written = ByteBuffer.wrap(in.readNBytes(places * Integer.BYTES)).asIntBuffer();
        }
        Set<Integer> ids = new HashSet<>();
        while (written.hasRemaining()) {
            ids.add(written.get());
        }
        ids.remove(0);
        return ids;
    }

    /** Place {@code place} now runs the unit {@code id}; 0 for none. Each place has one writer. */
    void write(int place, int id) {
        places.put(place, id);
    }
}
