package io.flockwork.sdk.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingReader;

/** A terminal's whole screen, drawn over in place; left as it was found, also when the process is interrupted. */
final class TopScreen implements AutoCloseable {
    /** The alternate screen, no cursor, and no wrapping of lines that are too long. */
    private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[?7l";

    private static final String LEAVE = "\u001b[?7h\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String END_OF_LINE = "\u001b[K\r\n";
    private static final String REST_OF_SCREEN = "\u001b[J";
    private static final int COLUMNS = 80;
    private static final int ROWS = 24;

    private final Terminal terminal;
    private final Attributes before;
    private final PrintStream out;
    private boolean left;

    private TopScreen(Terminal terminal, PrintStream out) {
        this.terminal = terminal;
        this.out = out;
        this.before = terminal.enterRawMode();
        out.print(ENTER);
        out.flush();
    }

    /**
     * Takes the screen. {@code stty} tells its size and switches its modes, so that no native library is unpacked; an interrupt stays
     * Java's, lest it end the process before the screen is given back.
     */
    static TopScreen take(PrintStream out) throws IOException {
        Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .provider("exec")
                .nativeSignals(false)
                .build();
        return new TopScreen(terminal, out);
    }

    int columns() {
        return size().getColumns() > 0 ? size().getColumns() : COLUMNS;
    }

    int rows() {
        return size().getRows() > 0 ? size().getRows() : ROWS;
    }

    private Size size() {
        return terminal.getSize();
    }

    /** Not after the screen has been given back. */
    synchronized void draw(List<String> lines) {
        if (!left) {
            out.print(HOME + String.join(END_OF_LINE, lines) + "\u001b[K" + REST_OF_SCREEN);
            out.flush();
        }
    }

    /** Waits so long; true when the user has pressed q meanwhile, or there is no user any more. */
    boolean quitsWithin(Duration wait) throws IOException {
        long until = System.nanoTime() + wait.toNanos();
        while (true) {
            long millis = Duration.ofNanos(until - System.nanoTime()).toMillis();
            if (millis < 1) {
                return false;
            }
            int key = terminal.reader().read(millis);
            if (key == 'q' || key == 'Q' || key == NonBlockingReader.EOF) {
                return true;
            }
        }
    }

    @Override
    public synchronized void close() {
        if (!left) {
            left = true;
            out.print(LEAVE);
            out.flush();
            terminal.setAttributes(before);
        }
    }
}
