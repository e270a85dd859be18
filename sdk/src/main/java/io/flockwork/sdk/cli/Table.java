package io.flockwork.sdk.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows in columns as wide as their widest cell. Cells are cut to one line and {@value #WIDEST} characters, the last of a row,
 * which pushes no other aside, to {@value #WIDEST_LAST}.
 */
final class Table {
    private static final int WIDEST = 60;
    private static final int WIDEST_LAST = 500;

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... headings) {
        row((Object[]) headings);
    }

    Table row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            String text = Troubles.oneLine(String.valueOf(cell));
            int widest = row.size() < cells.length - 1 ? WIDEST : WIDEST_LAST;
            row.add(text.length() > widest ? text.substring(0, widest - 1) + "…" : text);
        }
        rows.add(row);
        return this;
    }

    void print(PrintStream out) {
        lines().forEach(out::println);
    }

    /** The headings, then the rows. */
    List<String> lines() {
        int[] widths = IntStream.range(0, rows.get(0).size()).map(this::width).toArray();
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
