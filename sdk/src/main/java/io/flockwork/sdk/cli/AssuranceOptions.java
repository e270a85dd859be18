package io.flockwork.sdk.cli;

import io.flockwork.sdk.model.Assurance;
import picocli.CommandLine.Option;

/** How sure a job's answers are to be: by lot, or by a fixed number of votes. */
final class AssuranceOptions {
    @Option(
            names = "--epsilon",
            paramLabel = "E",
            description = "How large a share of the answers may be wrong, at most (0.001).")
    private Double epsilon;

    @Option(
            names = "--strict",
            description = "Have every answer computed by a second operator as well; epsilon is then 0.0001.")
    private boolean strict;

    @Option(
            names = "--quorum",
            paramLabel = "N",
            description = "Instead: take the first answer that N different workers give alike, 1 to 15.")
    private Integer quorum;

    /** @throws IllegalArgumentException with one sentence when the options do not fit */
    Assurance assurance() {
        if (quorum != null && (strict || epsilon != null)) {
            throw new IllegalArgumentException("either --quorum, or --epsilon and --strict, not both");
        }
        try {
            return quorum == null ? lottery() : new Assurance.Quorum(quorum);
        } catch (IllegalArgumentException outside) {
            throw new IllegalArgumentException("--" + outside.getMessage(), outside);
        }
    }

    private Assurance lottery() {
        Assurance.Lottery lottery = strict ? Assurance.STRICT : Assurance.DEFAULT;
        return epsilon == null ? lottery : lottery.within(epsilon);
    }
}
