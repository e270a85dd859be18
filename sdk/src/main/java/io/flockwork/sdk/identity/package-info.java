/** Who is who in a grid: keys, node ids, certificates and the authority that signs them, join links, revocation, and TLS between members. */
package io.flockwork.sdk.identity;
