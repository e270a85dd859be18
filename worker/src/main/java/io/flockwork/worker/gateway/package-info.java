/** The one port of a core: sockets of submitters and workers, and blobs. Bounds and checks what comes in; has no rules of its own. */
package io.flockwork.worker.gateway;
