/**
 * The HTTP API: what the SDK can do, as JSON under {@code /api/v1}, for browsers and for programs in any language. Described by
 * {@code openapi.yaml} beside these classes. Runs on event loops; what blocks runs on threads of its own.
 */
package io.flockwork.worker.api;
