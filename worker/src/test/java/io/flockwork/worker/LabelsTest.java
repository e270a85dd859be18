package io.flockwork.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that is started again without a word is called what it was called before, and its team has the credit. */
class LabelsTest {
    @TempDir
    Path dir;

    private static Labels labels(String name, String site, String team) {
        return new Labels(Optional.ofNullable(name), Optional.ofNullable(site), Optional.ofNullable(team));
    }

    @Test
    void whatWasSaidOnceIsKept() throws IOException {
        Path file = dir.resolve("labels");
        assertEquals(Labels.NONE, Labels.load(file));
        Labels odd = labels("Änne's = #1 \\ PC", "", "  the team ");
        odd.save(file);
        assertEquals(odd, Labels.load(file));
    }

    @Test
    void whatIsSaidNowCountsAndAnEmptyWordTakesOneAway() {
        Labels before = labels("ada", "attic", "owls");
        assertEquals(before, Labels.NONE.or(before));
        assertEquals(labels("bob", "attic", ""), labels("bob", null, "").or(before));
    }

    @Test
    void aDamagedFileCountsForNothing() throws IOException {
        Path file = dir.resolve("labels");
        Files.writeString(file, "name=\\u12");
        assertEquals(Labels.NONE, Labels.load(file));
        Files.writeString(file, "name=a\\u0007b\nteam=" + "x".repeat(101) + "\nsite=attic\n");
        assertEquals(labels(null, "attic", null), Labels.load(file));
        Files.writeString(file, "#".repeat(17 << 10));
        assertEquals(Labels.NONE, Labels.load(file));
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
        assertEquals(Labels.NONE, Labels.load(file));
    }
}
