/**
 * Which answer to believe: votes in, verdicts and wishes for more copies out.
 *
 * <p>Pure and single-threaded: no clock, no I/O, no randomness of its own. One {@link Verification} for each job, called
 * by the job's master only.
 */
package io.flockwork.worker.verify;
