package io.flockwork.worker.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flockwork.sdk.model.Limits;
import io.flockwork.sdk.model.Span;
import io.flockwork.sdk.model.UnitOutcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An author hears of what a grid would dislike, and of nothing else. */
class WarningsTest {
    private static final Limits LIMITS = new Limits(1_000_000, 16 << 20, 1000, 3, 10_000);

    private final Account account = new Account(false);
    private long units;

    private void unit(long micros, long fuel, int bytes) {
        Span span = new Span(units, ++units);
        account.add(span, new UnitOutcome.Done(new byte[bytes], new byte[0], micros, fuel));
    }

    private List<String> warnings(boolean carved) {
        return Warnings.of(account, LIMITS, carved);
    }

    @Test
    void goodUnitsAreNotTalkedAbout() {
        assertEquals(List.of(), warnings(false));
        unit(5_000_000, 100, 10);
        unit(9_000_000, 5_000, 500);
        assertEquals(List.of(), warnings(false));
    }

    @Test
    void shortUnitsAreTheAuthorsFaultUnlessTheGridCarvesThem() {
        unit(2_000, 1, 1);
        assertEquals(List.of(), warnings(false), "one unit may well be short");
        unit(3_000, 1, 1);
        assertEquals(
                List.of("units are short (2.5 ms): handing them out costs as much; give each more to do"),
                warnings(false));
        assertEquals(List.of(), warnings(true));
    }

    @Test
    void whatComesNearALimitIsNamed() {
        unit(660_000_000, 9_000, 10);
        unit(60_000_000, 10, 800);
        assertEquals(
                List.of(
                        "unit 0 took 11 min: a volunteer who leaves loses all of it; make units smaller",
                        "a unit took 66 % of the time it may use: a slower machine will not make it (--unit-time)",
                        "a unit took 90 % of the fuel it may use: a unit with more to do will fail (--unit-fuel)",
                        "a unit took 80 % of the output it may use: a unit with more to say will fail (smaller units)"),
                warnings(false));
    }

    @Test
    void theAccountHasTheMedianAndTheWorst() {
        unit(1_000, 7, 3);
        unit(5_000, 20, 9);
        unit(2_000, 4, 9);
        account.add(new Span(3, 4), new UnitOutcome.Failed("exit code 1", new byte[0], 50_000));
        assertEquals(
                Optional.of(new Account.Seconds(0.008, 0.001, 0.002, 0.005, "1")),
                account.seconds(),
                "of results only");
        assertEquals(31, account.fuel());
        assertEquals(new Account.Most("1", 20), account.thirstiest());
        assertEquals(new Account.Most("1", 9), account.longest());
        assertEquals(1, account.failedTries());
    }
}
