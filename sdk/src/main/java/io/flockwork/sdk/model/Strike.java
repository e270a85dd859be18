package io.flockwork.sdk.model;

/**
 * An answer of a worker that was proven wrong.
 *
 * @param job the unit's job
 * @param given what the worker answered
 * @param accepted what the grid accepted instead
 * @param gang others had given the same wrong answer, or the referee had said otherwise
 * @param banned the worker was banned for it; else it went back on probation
 */
public record Strike(JobId job, Span unit, BlobId given, BlobId accepted, boolean gang, boolean banned, long millis) {}
