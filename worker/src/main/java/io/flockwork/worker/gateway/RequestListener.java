package io.flockwork.worker.gateway;

/** Hears of each request over HTTP that the gateway has answered. Called on event loops; must not block. */
@FunctionalInterface
public interface RequestListener {
    /** @param status that it was answered with */
    void answered(int status);
}
