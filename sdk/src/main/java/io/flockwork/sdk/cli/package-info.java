/** The {@code flockwork} commands, one class each. */
package io.flockwork.sdk.cli;
