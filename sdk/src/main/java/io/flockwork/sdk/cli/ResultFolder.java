package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.JobResult;
import io.flockwork.sdk.client.UnitResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;

/** A file for each unit that has a result; the order of the names is the order of the units. */
record ResultFolder(Path folder) implements Destination {
    private static final int LONGEST_NAME = 60;

    static ResultFolder checked(Path folder) {
        Path nearest = folder.toAbsolutePath();
        while (!Files.exists(nearest)) {
            nearest = nearest.getParent();
        }
        if (!Files.isDirectory(nearest) || !Files.isWritable(nearest)) {
            throw new IllegalArgumentException("cannot write to the folder " + folder);
        }
        return new ResultFolder(folder);
    }

    @Override
    public void write(JobResult result) throws IOException {
        Files.createDirectories(folder);
        int digits = digits(result);
        try (Stream<UnitResult> units = result.units()) {
            for (Iterator<UnitResult> each = units.iterator(); each.hasNext(); ) {
                UnitResult unit = each.next();
                if (unit.output().isPresent()) {
                    WholeFile.write(
                            folder.resolve(fileName(unit.number(), unit, digits)), out -> Destination.copy(unit, out));
                }
            }
        }
    }

    /** The width that every number gets, so that 10 sorts after 9. */
    private static int digits(JobResult result) {
        try (Stream<UnitResult> units = result.units()) {
            return String.valueOf(units.mapToLong(UnitResult::number).max().orElse(0))
                    .length();
        }
    }

    /** @param place what orders the files, from 0 */
    static String fileName(long place, UnitResult unit, int digits) {
        String number = "0".repeat(Math.max(0, digits - String.valueOf(place).length())) + place;
        String label = label(place, unit);
        return label.isEmpty() ? number : number + "-" + label;
    }

    private static String label(long place, UnitResult unit) {
        if (!unit.inputName().isEmpty()) {
            String safe = unit.inputName().replaceAll("[\\p{Cc}\\p{Cs}/\\\\:*?\"<>|]", "_");
            int cut = Math.max(0, safe.length() - LONGEST_NAME);
            return safe.substring(cut > 0 && Character.isLowSurrogate(safe.charAt(cut)) ? cut + 1 : cut);
        }
        boolean single = unit.span().from() == place && unit.span().size() == 1;
        return single ? "" : unit.span().toString();
    }
}
