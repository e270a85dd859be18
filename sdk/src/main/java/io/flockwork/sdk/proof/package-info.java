/**
 * Votes as evidence: what a worker signs, what a proof of a job's results holds, and how it is checked by somebody who trusts the
 * grid's authority and no core.
 */
package io.flockwork.sdk.proof;
