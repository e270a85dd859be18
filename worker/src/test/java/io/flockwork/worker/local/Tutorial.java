package io.flockwork.worker.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tutorial's blocks in their order: files to write, and commands with what they print. */
record Tutorial(List<Step> steps) {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)( grid)?\\n(.*?)^```$");
    private static final Pattern FILE_NAME = Pattern.compile("`(\\w+\\.(?:c|rs|java))`");

    sealed interface Step permits Source, Commands {}

    /** A file; its name is the last one that the text before it mentions. */
    record Source(String name, String text) implements Step {}

    /**
     * Commands that need no grid.
     *
     * @param section the heading that they stand under
     * @param output what follows as a block of text, or empty
     */
    record Commands(String section, String shell, String output) implements Step {}

    static Tutorial of(Path page) throws IOException {
        String text = Files.readString(page);
        List<Step> steps = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            String before = text.substring(0, block.start());
            String body = block.group(3);
            switch (block.group(1)) {
                case "sh" -> {
                    if (block.group(2) == null) {
                        steps.add(new Commands(section(before), body, ""));
                    }
                }
                case "text" -> {
                    Commands last = (Commands) steps.remove(steps.size() - 1);
                    steps.add(new Commands(last.section(), last.shell(), body));
                }
                case "console" -> {
                    // Times, which differ.
                }
                default -> steps.add(new Source(last(FILE_NAME, before), body));
            }
        }
        return new Tutorial(steps);
    }

    private static String section(String before) {
        return last(Pattern.compile("(?m)^## (.*)$"), before);
    }

    private static String last(Pattern wanted, String text) {
        return wanted.matcher(text)
                .results()
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .group(1);
    }
}
