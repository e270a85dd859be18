package io.flockwork.worker.master;

import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.model.Recipe;
import io.flockwork.sdk.model.Slice;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Cuts a job by its recipe. Blocks while it reads blobs. The same recipe always gives the same units. */
final class Splitter {
    private static final int MAX_UNITS = 20_000_000;
    private static final int BUFFER = 1 << 16;

    private final BlobReader blobs;

    /** Opens a blob, wherever its bytes are. */
    @FunctionalInterface
    interface BlobReader {
        InputStream open(NamedBlob blob) throws IOException;
    }

    Splitter(BlobReader blobs) {
        this.blobs = blobs;
    }

    /**
     * The job's units.
     *
     * @throws IOException when the input cannot be read; later it may be
     * @throws IllegalArgumentException with one sentence when it can never be cut
     */
    Split split(Recipe recipe) throws IOException {
        if (recipe instanceof Recipe.Range range) {
            return Split.ofRange(range.from(), range.to(), range.step());
        }
        if (recipe instanceof Recipe.Each each) {
            return Split.ofInputs(
                    each.files().size(), index -> whole(each.files().get((int) index)));
        }
        if (recipe instanceof Recipe.Lines lines) {
            return cut(lines.text(), new LineCutter());
        }
        if (recipe instanceof Recipe.Chunks chunks) {
            return cut(chunks.data(), new ChunkCutter(chunks.size()));
        }
        if (recipe instanceof Recipe.Listed listed) {
            return listed(listed);
        }
        throw new IllegalArgumentException("this job has no recipe of its own");
    }

    private static Slice whole(NamedBlob file) {
        return new Slice(file.blob(), 0, (int) file.size(), file.name());
    }

    private Split cut(NamedBlob blob, Cutter cutter) throws IOException {
        Bounds bounds = new Bounds(MAX_UNITS);
        try (InputStream in = blobs.open(blob)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                cutter.take(buffer, read, bounds);
            }
            cutter.end(bounds);
        }
        return bounds.split(blob, "");
    }

    private Split listed(Recipe.Listed recipe) throws IOException {
        Bounds bounds = new Bounds(MAX_UNITS);
        long units = recipe.lengths().size() / Integer.BYTES;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(blobs.open(recipe.lengths())))) {
            for (long i = 0; i < units; i++) {
                bounds.endAt(bounds.last() + requireLength(in.readInt()));
            }
        } catch (EOFException truncated) {
            throw new IllegalArgumentException("the list of unit lengths is cut short", truncated);
        }
        if (bounds.last() != recipe.data().size()) {
            throw new IllegalArgumentException("the unit lengths do not add up to the data's size");
        }
        return bounds.split(recipe.data(), "");
    }

    private static int requireLength(int length) {
        if (length < 0 || length > Recipe.MAX_UNIT_INPUT) {
            throw new IllegalArgumentException("a unit's input has 0 to " + Recipe.MAX_UNIT_INPUT + " bytes");
        }
        return length;
    }
}
