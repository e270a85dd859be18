package io.flockwork.sdk.cli;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where fetched results are. */
interface ResultBytes extends Closeable {
    /**
     * The result of a unit, which are asked for in order; close the stream.
     *
     * @param place of the unit among all, from 0
     * @param index the unit's first one, counted from the job's first
     * @param size bytes
     */
    InputStream of(long place, long index, long size) throws IOException;

    /** One sentence when there is more than the results of so many units. */
    Optional<String> leftOver(long units) throws IOException;

    /**
     * @param combined true when the job made one result of all
     * @throws IllegalArgumentException with one sentence when single results cannot be found here
     */
    void requireFor(boolean combined);

    @Override
    void close() throws IOException;

    /** One file with all results, one after the other. */
    static ResultBytes ofFile(Path file) throws IOException {
        InputStream all = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        return new ResultBytes() {
            @Override
            public InputStream of(long place, long index, long size) {
                return new Part(all, size);
            }

            @Override
            public Optional<String> leftOver(long units) throws IOException {
                return all.read() < 0 ? Optional.empty() : Optional.of("the file holds more than the results");
            }

            @Override
            public void requireFor(boolean combined) {
                if (combined) {
                    throw new IllegalArgumentException(
                            "the job made one result of all, which nobody votes on: fetch the single ones with -o FOLDER/ and give --results FOLDER");
                }
            }

            @Override
            public void close() throws IOException {
                all.close();
            }
        };
    }

    /** A folder with a file for each result, as {@link ResultFolder} or {@link FinalFiles} names them: by place, or by index. */
    static ResultBytes ofFolder(Path folder) throws IOException {
        Map<Long, Path> files = new HashMap<>();
        Pattern name = Pattern.compile("(\\d{1,18})(-.*)?");
        try (Stream<Path> found = Files.list(folder)) {
            found.forEach(file -> {
                Matcher numbered = name.matcher(file.getFileName().toString());
                if (numbered.matches()) {
                    files.put(Long.parseLong(numbered.group(1)), file);
                }
            });
        }
        return new ResultBytes() {
            @Override
            public InputStream of(long place, long index, long size) throws IOException {
                Path file = files.remove(place);
                if (file == null) {
                    file = files.remove(index);
                }
                if (file == null) {
                    throw new NoSuchFileException(folder + " (unit number " + place + ")");
                }
                return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
            }

            @Override
            public Optional<String> leftOver(long units) {
                return files.values().stream().findAny().map(file -> file + " is the result of no unit");
            }

            @Override
            public void requireFor(boolean combined) {
                // A folder has single results either way.
            }

            @Override
            public void close() {
                files.clear();
            }
        };
    }

    /** So many bytes of a stream, which stays open. */
    final class Part extends FilterInputStream {
        private long left;

        Part(InputStream all, long size) {
            super(all);
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            return left-- > 0 ? super.read() : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int read = super.read(into, offset, (int) Math.min(length, left));
            left -= Math.max(read, 0);
            return read;
        }

        @Override
        public void close() {
            // The others are still to be read.
        }
    }
}
