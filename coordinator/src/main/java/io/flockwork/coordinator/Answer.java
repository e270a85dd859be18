package io.flockwork.coordinator;

import java.util.List;

/**
 * What a core is told.
 *
 * @param cores whom to join; or, for a founder, where others were before
 */
record Answer(Advice advice, List<Listed> cores) {
    enum Advice {
        /** Start the mesh: there is none. */
        FOUND,
        /** Somebody else is about to start it, or earlier cores may come back: ask again. */
        WAIT,
        /** Join these. */
        JOIN
    }

    enum State {
        JOINING,
        UP,
        REMEMBERED
    }

    record Listed(Core core, State state) {}
}
