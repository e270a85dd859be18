/** Renders the Mandelbrot set. */
package io.flockwork.jobs.mandelbrot;
