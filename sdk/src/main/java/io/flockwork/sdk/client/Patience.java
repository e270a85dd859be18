package io.flockwork.sdk.client;

import java.time.Duration;

/**
 * How long a client waits for what.
 *
 * @param answer for one core's answer
 * @param grid for any core's, from the first failure on
 * @param watch the same for a job that is being followed
 * @param pause between two rounds over all cores
 * @param refresh between two looks at who is in the mesh
 */
record Patience(Duration answer, Duration grid, Duration watch, Duration pause, Duration refresh) {
    static final Patience DEFAULT = new Patience(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMillis(500),
            Duration.ofSeconds(30));
}
