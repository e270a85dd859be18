/** How a submitter's program uses a grid: {@link io.flockwork.sdk.client.Grid}. */
package io.flockwork.sdk.client;
