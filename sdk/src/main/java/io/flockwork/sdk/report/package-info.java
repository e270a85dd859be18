/** The grid's things as the maps that become JSON: for {@code --json} and for the HTTP API, in one form. */
package io.flockwork.sdk.report;
