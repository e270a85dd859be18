package io.flockwork.worker.lease;

import io.flockwork.sdk.model.Code;
import java.util.LinkedHashMap;
import java.util.Map;

/** How fast this worker is at the codes that it ran last. Confined to the agent's thread. */
final class Paces {
    private static final int MOST = 100;

    private final Map<Code, Pace> byCode = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Code, Pace> eldest) {
            return size() > MOST;
        }
    };

    Pace of(Code code) {
        return byCode.computeIfAbsent(code, any -> new Pace());
    }
}
