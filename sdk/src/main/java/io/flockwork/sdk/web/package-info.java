/**
 * The dashboard: its pages, served by every core, by the coordinator and by {@code flockwork dashboard}, and the way on from the last two
 * to a core, which answers what the pages ask. Needs Vert.x, which the SDK does not bring along.
 */
package io.flockwork.sdk.web;
