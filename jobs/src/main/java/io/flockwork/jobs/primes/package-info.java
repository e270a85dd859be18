/** Counts prime numbers. */
package io.flockwork.jobs.primes;
