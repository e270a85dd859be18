/** Whole grids of real processes: killed, misused and lied to, through the command line and the SDK as people use them. */
package io.flockwork.grid;
