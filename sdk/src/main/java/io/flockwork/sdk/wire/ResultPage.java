package io.flockwork.sdk.wire;

import io.flockwork.sdk.model.JobId;
import io.flockwork.sdk.wire.ResultList.Entry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Results that became final while their job goes on, a page at a time: {@code GET /finals/JOB?after=N&most=M&wait=S} at any core.
 *
 * <ul>
 *   <li>200 with a {@link ResultList} of the next units behind {@code N} in the order of their sequence; an empty one when there
 *       was none for {@code S} seconds
 *   <li>410 when the job has ended: its list of results has all
 *   <li>403 or 404 when it is not the asker's, and 503 when its master does not answer just now
 * </ul>
 */
public final class ResultPage {
    /** Where cores take the question. */
    public static final String PATH = "/finals";

    /** The largest answer. */
    public static final int MOST_BYTES = 8 << 20;

    /** Most units of a page. */
    public static final int MOST_UNITS = 4096;

    /** How long a question waits at the job's master, at most. */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private ResultPage() {}

    /** The question as a path. */
    public static String path(JobId job, long after, int most, Duration wait) {
        return PATH + "/" + job + "?after=" + after + "&most=" + most + "&wait=" + wait.toSeconds();
    }

    /** A page on its way. */
    public static byte[] encode(List<Entry> units) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ResultList.Writer writer = new ResultList.Writer(bytes)) {
            for (Entry unit : units) {
                writer.add(unit);
            }
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
        return bytes.toByteArray();
    }

    /** @throws WireException when the bytes are no page */
    public static List<Entry> decode(byte[] bytes) {
        List<Entry> units = new ArrayList<>();
        Iterator<Entry> entries = ResultList.read(new ByteArrayInputStream(bytes));
        while (entries.hasNext()) {
            units.add(entries.next());
            if (units.size() > MOST_UNITS) {
                throw new WireException("a page of more than " + MOST_UNITS + " results", null);
            }
        }
        return units;
    }
}
