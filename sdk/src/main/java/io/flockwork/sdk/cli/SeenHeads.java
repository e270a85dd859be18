package io.flockwork.sdk.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.flockwork.sdk.credit.CreditHead;
import io.flockwork.sdk.credit.CreditLog;
import io.flockwork.sdk.model.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The heads of a grid's credit logs that this user has seen, in a file in its home: what was signed once is held against the cores. */
record SeenHeads(Path file, List<CreditHead> heads) {
    /** @throws IOException with one sentence when what is kept is of no use */
    static SeenHeads of(NodeId grid, Path home) throws IOException {
        Path file = home.resolve("credit")
                .resolve(grid.value().substring(0, Math.min(16, grid.value().length())));
        if (!Files.exists(file)) {
            return new SeenHeads(file, List.of());
        }
        try {
            return new SeenHeads(
                    file,
                    Files.readAllLines(file, US_ASCII).stream()
                            .map(CreditHead::parse)
                            .toList());
        } catch (IllegalArgumentException damaged) {
            throw new IOException(file + " is of no use: " + damaged.getMessage(), damaged);
        }
    }

    /** What of these logs contradicts what was seen, in one sentence. */
    Optional<String> contradiction(Collection<CreditLog> logs) {
        return contradiction(heads, logs);
    }

    /** What of these logs contradicts one of the heads, in one sentence. */
    static Optional<String> contradiction(Collection<CreditHead> heads, Collection<CreditLog> logs) {
        Map<NodeId, CreditLog> byCore =
                logs.stream().collect(Collectors.toMap(log -> log.head().id(), Function.identity()));
        for (CreditHead head : heads) {
            CreditLog log = byCore.get(head.id());
            Optional<String> wrong = log == null
                    ? Optional.of("the credit log of core " + head.id().brief() + " is gone: it had " + head.size()
                            + " entries")
                    : log.contradicts(head);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    /** Keeps the heads of these instead. */
    void keep(Collection<CreditLog> logs) throws IOException {
        Files.createDirectories(file.getParent());
        String text = logs.stream().map(log -> log.head().line() + "\n").collect(Collectors.joining());
        WholeFile.write(file, out -> out.write(text.getBytes(US_ASCII)));
    }
}
