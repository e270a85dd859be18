/**
 * The worker's side of a lease: ask a job's master for units, bring their inputs, have them run, report what came of them,
 * and keep each report until the master has it safe.
 */
package io.flockwork.worker.lease;
