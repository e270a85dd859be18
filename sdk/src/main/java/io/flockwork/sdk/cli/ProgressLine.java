package io.flockwork.sdk.cli;

import java.util.Locale;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/** One line: the share done as a bar and in percent, then the state's message. */
final class ProgressLine implements ProgressBarRenderer {
    private static final int CELLS = 25;
    private static final int EIGHTHS = 8;
    private static final String PARTS = " ▏▎▍▌▋▊▉";

    @Override
    public String render(ProgressState state, int width) {
        double share = Math.max(0, Math.min(1, (double) state.getCurrent() / state.getMax()));
        String line =
                String.format(Locale.ROOT, "%3d %% │%s│ %s", (int) (100 * share), bar(share), state.getExtraMessage());
        return line.length() <= width ? line : line.substring(0, width);
    }

    private static String bar(double share) {
        int eighths = (int) Math.round(share * CELLS * EIGHTHS);
        String full = "█".repeat(eighths / EIGHTHS);
        if (full.length() == CELLS) {
            return full;
        }
        return full + PARTS.charAt(eighths % EIGHTHS) + " ".repeat(CELLS - full.length() - 1);
    }
}
