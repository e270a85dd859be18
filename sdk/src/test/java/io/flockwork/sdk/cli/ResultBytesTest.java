package io.flockwork.sdk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flockwork.sdk.client.UnitResult;
import io.flockwork.sdk.model.Span;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder's results are found whichever way their files are numbered. */
class ResultBytesTest {
    /** Of a range from -3 on: units of unlike sizes, so that a place of one is the index of another. */
    private static final List<Span> UNITS = List.of(new Span(-3, -1), new Span(-1, 0), new Span(0, 4), new Span(4, 5));

    @TempDir
    Path folder;

    @Test
    void byPlaceAsTheyAreFetchedAtTheEnd() throws IOException {
        for (int place = 0; place < UNITS.size(); place++) {
            write(place, UNITS.get(place));
        }
        assertAllFound();
    }

    @Test
    void byIndexAsTheyBecomeFinal() throws IOException {
        for (Span unit : UNITS) {
            write(unit.from() - UNITS.get(0).from(), unit);
        }
        assertAllFound();
    }

    private void write(long number, Span span) throws IOException {
        UnitResult unit = new UnitResult(number, span, "", "", new byte[0], Optional.empty(), true);
        Files.writeString(folder.resolve(ResultFolder.fileName(number, unit, 1)), span.toString());
    }

    private void assertAllFound() throws IOException {
        try (ResultBytes results = ResultBytes.ofFolder(folder)) {
            for (int place = 0; place < UNITS.size(); place++) {
                Span unit = UNITS.get(place);
                long index = unit.from() - UNITS.get(0).from();
                try (InputStream in = results.of(place, index, 99)) {
                    assertEquals(unit.toString(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            assertEquals(Optional.empty(), results.leftOver(UNITS.size()));
        }
    }
}
