package io.flockwork.worker.lease;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.wire.Codec;
import io.flockwork.sdk.wire.Message;
import io.flockwork.sdk.wire.WireException;
import io.flockwork.sdk.wire.WorkerMessage.Acknowledged;
import io.flockwork.sdk.wire.WorkerMessage.Report;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reports that no master has acknowledged, in a file that outlives this worker. It is appended to, in the grid's own
 * messages: a {@link Report} adds, an {@link Acknowledged} takes away, each behind its length and its CRC-32C. A batch costs
 * one write and no fsync: it outlives the process, and a power cut loses at worst work that is done again. Never fails: a
 * disk in trouble is worked without. Confined to the agent's thread.
 */
public final class ReportLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReportLog.class);
    /** Largest file, bytes; reports beyond it are not written down. */
    static final int MOST_BYTES = 64 << 20;
    /** A file that is shorter is not worth tidying. */
    private static final int SHORT_BYTES = 1 << 20;

    private static final int HEAD_BYTES = 8;

    private final Path file;
    private final Codec codec;
    private final int mostBytes;
    private final Map<JobId, KeptReports> found = new LinkedHashMap<>();
    private FileChannel channel;
    private long size;
    private long sizeWhenTidy;
    private boolean full;

    private ReportLog(Path file, Codec codec, int mostBytes) {
        this.file = file;
        this.codec = codec;
        this.mostBytes = mostBytes;
    }

    /** Reads what an earlier run left; what comes after a torn or damaged place is given up. */
    public static ReportLog open(Path file, Codec codec) throws IOException {
        return open(file, codec, MOST_BYTES);
    }

    static ReportLog open(Path file, Codec codec, int mostBytes) throws IOException {
        ReportLog log = new ReportLog(file, codec, mostBytes);
        log.channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        log.size = log.read();
        log.channel.truncate(log.size);
        log.channel.position(log.size);
        return log;
    }

    /** Bytes of whole frames from the start. */
    private long read() throws IOException {
        long whole = 0;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            while (whole < mostBytes) {
                int length = in.readInt();
                int sum = in.readInt();
                if (length < 0 || length > Message.MAX_BYTES) {
                    throw new EOFException();
                }
                byte[] frame = in.readNBytes(length);
                if (frame.length < length || sum(frame) != sum) {
                    throw new EOFException();
                }
                replay(codec.decode(frame));
                whole += HEAD_BYTES + length;
            }
        } catch (EOFException | WireException tornOrOver) {
            LOG.debug("{} has {} whole bytes", file, whole);
        }
        return whole;
    }

    private void replay(Message message) {
        if (message instanceof Report report) {
            found.computeIfAbsent(report.job(), job -> new KeptReports()).add(report, 0);
        } else if (message instanceof Acknowledged acknowledged && found.containsKey(acknowledged.job())) {
            acknowledged.units().forEach(found.get(acknowledged.job())::forget);
        }
    }

    /** What an earlier run has not seen acknowledged, by job. */
    Map<JobId, KeptReports> found() {
        Map<JobId, KeptReports> left = new LinkedHashMap<>();
        found.forEach((job, reports) -> {
            if (!reports.isEmpty()) {
                left.put(job, reports);
            }
        });
        found.clear();
        return left;
    }

    /** Writes these down. */
    void keep(Report report) {
        append(report);
    }

    /** These are safe elsewhere, or no longer wanted. */
    void forget(JobId job, List<Span> units) {
        if (size > 0 && !units.isEmpty()) {
            append(new Acknowledged(job, units));
        }
    }

    private void append(Message message) {
        byte[] bytes = codec.encode(message);
        if (size + HEAD_BYTES + bytes.length > mostBytes) {
            if (!full) {
                full = true;
                LOG.warn("{} is full: reports beyond it would not outlive this worker", file);
            }
            return;
        }
        try {
            size += write(channel, bytes);
        } catch (IOException diskTrouble) {
            LOG.warn("a report was not written down: {}", diskTrouble.toString());
            cutTornFrame();
        }
    }

    private void cutTornFrame() {
        try {
            channel.truncate(size);
        } catch (IOException diskTrouble) {
            LOG.debug("what follows in {} will not be found again", file, diskTrouble);
        }
    }

    private static long write(FileChannel to, byte[] bytes) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(HEAD_BYTES + bytes.length)
                .putInt(bytes.length)
                .putInt(sum(bytes))
                .put(bytes)
                .flip();
        while (frame.hasRemaining()) {
            to.write(frame);
        }
        return frame.limit();
    }

    private static int sum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** True when the file holds much that is over, so that {@link #tidy} is worth its while. */
    boolean isUntidy(boolean nothingKept) {
        return nothingKept ? size > 0 : full || size > SHORT_BYTES && size > 2 * sizeWhenTidy;
    }

    /** Replaces the file whole by one with these alone. */
    void tidy(List<Message> kept) {
        try {
            if (kept.isEmpty()) {
                channel.truncate(0);
                size = 0;
            } else {
                replace(kept);
            }
            sizeWhenTidy = size;
            full = false;
        } catch (IOException diskTrouble) {
            LOG.warn("{} could not be tidied: {}", file, diskTrouble.toString());
        }
    }

    private void replace(List<Message> kept) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        FileChannel next = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        long written = 0;
        try {
            for (Message message : kept) {
                byte[] bytes = codec.encode(message);
                if (written + HEAD_BYTES + bytes.length <= mostBytes) {
                    written += write(next, bytes);
                }
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            next.close();
            throw failed;
        }
        channel.close();
        channel = next;
        size = written;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
