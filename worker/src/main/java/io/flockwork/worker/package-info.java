/** The worker agent: {@code Worker} is its table of contents. */
package io.flockwork.worker;
