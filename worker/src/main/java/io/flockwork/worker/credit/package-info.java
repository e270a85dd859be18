/** Thanks workers for what they did: this core's own credit log, and copies of the others' logs for anybody who asks. */
package io.flockwork.worker.credit;
