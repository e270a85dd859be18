/** Answers with what it was given: for measuring a grid. */
package io.flockwork.jobs.echo;
