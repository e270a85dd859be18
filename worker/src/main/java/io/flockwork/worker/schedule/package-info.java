/**
 * Which unit to whom, how big, when again.
 *
 * <p>Pure and single-threaded: time comes as an argument (nanoseconds of any monotonic clock), there is no I/O and no
 * randomness, and nothing iterates in hash order, so the same calls give the same schedule. {@link
 * io.flockwork.worker.schedule.Schedule} is the whole of it; start there.
 */
package io.flockwork.worker.schedule;
