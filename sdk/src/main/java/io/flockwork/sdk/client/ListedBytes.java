package io.flockwork.sdk.client;

import io.flockwork.sdk.blob.Manifest;
import io.flockwork.sdk.model.NamedBlob;
import io.flockwork.sdk.wire.Outgoing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Units that the submitter's program holds in memory, one after the other as one blob; not copied as a whole. */
final class ListedBytes {
    private final List<byte[]> units;
    private final long[] ends;
    private final Manifest manifest;

    ListedBytes(List<byte[]> units) {
        this.units = List.copyOf(units);
        ends = new long[units.size()];
        long end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += units.get(i).length;
            ends[i] = end;
        }
        try (InputStream all = new SequenceInputStream(Collections.enumeration(
                units.stream().map(ByteArrayInputStream::new).collect(Collectors.toList())))) {
            manifest = Manifest.of(all);
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
    }

    /** The lengths that {@link io.flockwork.sdk.model.Recipe.Listed} asks for. */
    byte[] lengths() {
        ByteBuffer lengths = ByteBuffer.allocate(units.size() * Integer.BYTES);
        units.forEach(unit -> lengths.putInt(unit.length));
        return lengths.array();
    }

    NamedBlob blob() {
        return new NamedBlob("units", manifest.id(), manifest.size());
    }

    Outgoing outgoing() {
        return new Outgoing(manifest, this::piece);
    }

    private byte[] piece(int index) {
        ByteBuffer piece = ByteBuffer.allocate(manifest.pieceSize(index));
        long from = manifest.pieceOffset(index);
        int unit = unitAt(from);
        int skip = unit == 0 ? (int) from : (int) (from - ends[unit - 1]);
        while (piece.hasRemaining()) {
            byte[] bytes = units.get(unit++);
            piece.put(bytes, skip, Math.min(piece.remaining(), bytes.length - skip));
            skip = 0;
        }
        return piece.array();
    }

    /** The first unit that ends behind {@code offset}. */
    private int unitAt(long offset) {
        int found = Arrays.binarySearch(ends, offset);
        int unit = found < 0 ? -found - 1 : found + 1;
        while (unit < ends.length && ends[unit] <= offset) {
            unit++;
        }
        return unit;
    }
}
