/** What a job author implements: {@link io.flockwork.sdk.job.JobType}, found by {@link java.util.ServiceLoader}. */
package io.flockwork.sdk.job;
