package io.flockwork.sdk.job;

import io.flockwork.sdk.model.Span;
import java.io.PrintStream;

/** What a unit is given. Confined to the thread that computes the unit. */
public interface UnitContext {
    /** The job's parameters. */
    Parameters parameters();

    /** The unit's share of the index space: for a range job the integers to compute, else its own index. */
    Span span();

    /** The unit's input bytes; for a range job {@code "FROM TO\n"} in decimal. Not to be changed. */
    byte[] input();

    /** What a person calls the input (a file name), or empty. */
    String inputName();

    /** Kept with the unit's outcome, bounded. */
    PrintStream stderr();
}
