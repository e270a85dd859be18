/**
 * The words of the grid as records: ids, jobs, units, recipes, outcomes, and the states a job passes through.
 *
 * <p>Everything here is immutable, checks its own ranges, and depends on the JDK only.
 */
package io.flockwork.sdk.model;
