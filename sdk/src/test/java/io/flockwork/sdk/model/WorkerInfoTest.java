package io.flockwork.sdk.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class WorkerInfoTest {
    private static WorkerInfo worker(String name, String site, int slots) {
        return new WorkerInfo(
                new NodeId("abc"), name, "ada", site, slots, 1 << 30, WorkerInfo.NOWHERE, WorkerInfo.NOWHERE, 1);
    }

    @Test
    void whatAWorkerSaysOfItselfIsShortAndPrintable() {
        String longest = "x".repeat(WorkerInfo.LONGEST_TEXT);
        assertEquals(longest, worker(longest, longest, WorkerInfo.MOST_SLOTS).name());
        assertThrows(IllegalArgumentException.class, () -> worker(longest + "x", "", 1));
        assertThrows(IllegalArgumentException.class, () -> worker("ant", longest + "x", 1));
        assertThrows(IllegalArgumentException.class, () -> worker("\u001b[2J", "", 1));
        assertThrows(IllegalArgumentException.class, () -> worker("ant", "here\nthere", 1));
        assertThrows(IllegalArgumentException.class, () -> worker("ant", "", 0));
        assertThrows(IllegalArgumentException.class, () -> worker("ant", "", WorkerInfo.MOST_SLOTS + 1));
    }
}
