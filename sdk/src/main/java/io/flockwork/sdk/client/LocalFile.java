package io.flockwork.sdk.client;

import io.flockwork.sdk.blob.BlobHasher;
import io.flockwork.sdk.blob.Manifest;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.wire.Outgoing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A file of this machine on its way into the grid; read piece by piece, never whole. */
record LocalFile(Path path, Manifest manifest) {
    /** Checks that {@code path} can be sent. */
    static void require(Path path, long mostBytes) {
        if (!Files.exists(path)) {
            throw refused("there is no file " + path);
        }
        if (Files.isDirectory(path)) {
            throw refused(path + " is a directory, not a file");
        }
        if (!Files.isRegularFile(path)) {
            throw refused(path + " is not a regular file");
        }
        if (!Files.isReadable(path)) {
            throw refused("no permission to read " + path);
        }
        try {
            if (Files.size(path) > mostBytes) {
                throw refused(path + " has " + Files.size(path) + " bytes; at most " + mostBytes + " will do");
            }
        } catch (IOException unreadable) {
            throw refused(path + " cannot be read: " + unreadable.getMessage());
        }
    }

    /** Reads the file once, for its ids. */
    static LocalFile of(Path path) {
        try (InputStream bytes = Files.newInputStream(path)) {
            return new LocalFile(path, Manifest.of(bytes));
        } catch (IOException unreadable) {
            throw refused(path + " cannot be read: " + unreadable.getMessage());
        }
    }

    /** The whole of a file that {@link #require} has found to be short. */
    static byte[] bytes(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException unreadable) {
            throw refused(path + " cannot be read: " + unreadable.getMessage());
        }
    }

    NamedBlob blob() {
        return new NamedBlob(path.getFileName().toString(), manifest.id(), manifest.size());
    }

    Outgoing outgoing() {
        return new Outgoing(manifest, this::piece);
    }

    private byte[] piece(int index) {
        byte[] piece = new byte[0];
        try (FileChannel file = FileChannel.open(path)) {
            ByteBuffer buffer = ByteBuffer.allocate(manifest.pieceSize(index));
            long offset = manifest.pieceOffset(index);
            while (buffer.hasRemaining() && file.read(buffer, offset + buffer.position()) >= 0) {}
            piece = Arrays.copyOf(buffer.array(), buffer.position());
        } catch (IOException unreadable) {
            throw refused(path + " cannot be read: " + unreadable.getMessage());
        }
        if (new BlobHasher().idOf(piece).equals(manifest.pieces().get(index))) {
            return piece;
        }
        throw refused(path + " was changed while it was being sent");
    }

    private static GridException refused(String why) {
        return new GridException(GridException.Kind.BAD_REQUEST, why);
    }
}
