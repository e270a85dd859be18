package io.flockwork.coordinator;

import java.util.Map;

/**
 * What a runtime image runs on, in the words of {@code uname}.
 *
 * @param system {@code uname -s}
 * @param machine {@code uname -m}
 */
record Platform(String system, String machine) {
    private static final Map<String, String> SYSTEMS = Map.of("Mac OS X", "Darwin");
    private static final Map<String, String> MACHINES = Map.of("amd64", "x86_64");

    static Platform ofThisMachine() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    /** From Java's words for it. */
    static Platform of(String system, String machine) {
        String known = SYSTEMS.getOrDefault(system, system);
        boolean apple = known.equals("Darwin") && machine.equals("aarch64");
        return new Platform(known, apple ? "arm64" : MACHINES.getOrDefault(machine, machine));
    }

    @Override
    public String toString() {
        return system + "-" + machine;
    }
}
