package io.flockwork.sdk.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Real texts that this machine has: the project's own, the JDK's and the system's licences and copyright notes. */
record DemoTexts(List<Path> files) {
    private static final int MOST_FILES = 100;
    private static final long LARGEST = 1 << 20;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{Nd}\\p{M}]+(?:['’][\\p{L}\\p{Nd}\\p{M}]+)*");

    static DemoTexts onThisMachine(Path project) throws IOException {
        List<Path> files = new ArrayList<>();
        files.addAll(texts(project, 1, "LICENSE|.*\\.md"));
        files.addAll(texts(project.resolve("docs"), 2, ".*\\.md"));
        files.addAll(texts(Path.of(System.getProperty("java.home"), "legal"), 2, ".*"));
        files.addAll(texts(Path.of("/usr/share/common-licenses"), 1, ".*"));
        files.addAll(texts(Path.of("/usr/share/doc"), 2, "copyright"));
        return new DemoTexts(files.stream().limit(MOST_FILES).toList());
    }

    private static List<Path> texts(Path folder, int depth, String name) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.find(
                folder,
                depth,
                (path, is) -> is.isRegularFile()
                        && is.size() > 0
                        && is.size() <= LARGEST
                        && path.getFileName().toString().matches(name)
                        && Files.isReadable(path))) {
            return found.sorted().toList();
        }
    }

    /** What {@code wordcount} has to answer, counted in the plainest way. */
    byte[] counted() throws IOException {
        Map<String, Long> counts = new HashMap<>();
        for (Path file : files) {
            Matcher words = WORD.matcher(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            while (words.find()) {
                counts.merge(words.group().toLowerCase(Locale.ROOT).replace('’', '\''), 1L, Long::sum);
            }
        }
        StringBuilder lines = new StringBuilder();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> lines.append(entry.getKey())
                        .append('\t')
                        .append(entry.getValue())
                        .append('\n'));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }
}
