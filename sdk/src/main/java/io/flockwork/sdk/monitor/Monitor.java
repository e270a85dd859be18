package io.flockwork.sdk.monitor;

import java.util.concurrent.CompletionStage;

/** Who can say how a node is. Safe for use by many threads. */
public interface Monitor {
    /** The page as it is now. Never blocks and never fails; completes on a thread of the monitor's, within seconds. */
    CompletionStage<Answer> answer(Page page);
}
