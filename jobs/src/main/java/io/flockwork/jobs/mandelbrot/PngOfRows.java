package io.flockwork.jobs.mandelbrot;

import io.flockwork.sdk.job.Combiner;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Makes a PNG (W3C Portable Network Graphics, second edition) of units of pixel rows. Each row is stored as differences
 * from pixel to pixel (filter type 1), which suits smooth colours.
 */
final class PngOfRows implements Combiner {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte SUB_FILTER = 1;
    private static final int PIXEL_BYTES = 3;
    private static final int CHUNK_BYTES = 1 << 16;

    private final int height;
    private final byte[] row;
    private final Deflater deflater = new Deflater();
    private final ByteArrayOutputStream png = new ByteArrayOutputStream();
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private int rows;

    PngOfRows(int width, int height) {
        this.height = height;
        this.row = new byte[1 + PIXEL_BYTES * width];
        png.writeBytes(SIGNATURE);
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) 8) // bits per channel
                .put((byte) 2) // red, green, blue
                .array();
        writeChunk("IHDR", header, header.length);
    }

    @Override
    public void add(byte[] pixels) {
        int rowBytes = row.length - 1;
        if (pixels.length % rowBytes != 0 || pixels.length / rowBytes > height - rows) {
            throw new IllegalArgumentException(pixels.length + " bytes are not rows of " + rowBytes + " bytes of which "
                    + (height - rows) + " lack");
        }
        for (int at = 0; at < pixels.length; at += rowBytes) {
            filter(pixels, at);
            deflater.setInput(row);
            drain();
            rows++;
        }
    }

    @Override
    public byte[] finish() {
        if (rows < height) {
            throw new IllegalArgumentException("the picture has only " + rows + " of " + height + " rows");
        }
        deflater.finish();
        drain();
        deflater.end();
        writeChunk("IEND", chunk, 0);
        return png.toByteArray();
    }

    private void filter(byte[] pixels, int at) {
        row[0] = SUB_FILTER;
        System.arraycopy(pixels, at, row, 1, PIXEL_BYTES);
        for (int i = PIXEL_BYTES; i < row.length - 1; i++) {
            row[1 + i] = (byte) (pixels[at + i] - pixels[at + i - PIXEL_BYTES]);
        }
    }

    private void drain() {
        for (int count = deflater.deflate(chunk); count > 0; count = deflater.deflate(chunk)) {
            writeChunk("IDAT", chunk, count);
        }
    }

    private void writeChunk(String type, byte[] data, int length) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data, 0, length);
        png.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
        png.writeBytes(name);
        png.write(data, 0, length);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
