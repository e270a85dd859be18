/**
 * Lets machines in: tells a joining core worker where the others are, or that it is the first. Needed to join, not to run.
 */
package io.flockwork.coordinator;
