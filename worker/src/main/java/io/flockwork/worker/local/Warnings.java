package io.flockwork.worker.local;

import io.flockwork.sdk.model.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a grid would dislike about units like these, in a sentence each. */
final class Warnings {
    private static final double SHORT_SECONDS = 0.010;
    private static final double LONG_SECONDS = 600;
    private static final double NEAR = 0.5;

    private Warnings() {}

    /** @param carved true when a grid makes the units as large as each worker likes them */
    static List<String> of(Account account, Limits limits, boolean carved) {
        List<String> warnings = new ArrayList<>();
        account.seconds().ifPresent(seconds -> addTime(warnings, account, seconds, carved));
        double[] shares = account.shares(limits);
        near(warnings, shares[0], "time", "a slower machine will not make it", "--unit-time");
        near(warnings, shares[1], "fuel", "a unit with more to do will fail", "--unit-fuel");
        near(warnings, shares[2], "output", "a unit with more to say will fail", "smaller units");
        if (account.failedTries() > 0 && account.units() > 0) {
            warnings.add("some tries failed: a grid bans nobody for that, but computes those units again");
        }
        return warnings;
    }

    private static void addTime(List<String> warnings, Account account, Account.Seconds seconds, boolean carved) {
        if (!carved && account.units() > 1 && seconds.median() < SHORT_SECONDS) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "units are short (%.1f ms): handing them out costs as much; give each more to do",
                    seconds.median() * 1e3));
        }
        if (seconds.most() > LONG_SECONDS) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "unit %s took %.0f min: a volunteer who leaves loses all of it; make units smaller",
                    seconds.slowest(),
                    seconds.most() / 60));
        }
    }

    private static void near(List<String> warnings, double share, String what, String why, String remedy) {
        if (share > NEAR) {
            warnings.add(String.format(
                    Locale.ROOT, "a unit took %.0f %% of the %s it may use: %s (%s)", 100 * share, what, why, remedy));
        }
    }
}
