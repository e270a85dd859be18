package io.flockwork.worker.runtime;

import io.flockwork.sdk.model.Span;

/**
 * One unit, ready to run.
 *
 * @param input the unit's bytes; empty for a range job, whose span says all
 * @param inputName what a person calls the input, or empty
 */
public record UnitTask(Span span, byte[] input, String inputName) {}
