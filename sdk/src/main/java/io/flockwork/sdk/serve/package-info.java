/** How coordinators and cores listen: bounds on who connects, how often they ask, and how long they may take. Needs Vert.x, which the SDK does not bring along. */
package io.flockwork.sdk.serve;
