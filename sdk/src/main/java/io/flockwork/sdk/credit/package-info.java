/**
 * Credit: what workers are thanked for, in append-only logs that any core serves and anybody checks. Each core writes one log and
 * signs its heads (RFC 9162 calls them signed tree heads).
 */
package io.flockwork.sdk.credit;
