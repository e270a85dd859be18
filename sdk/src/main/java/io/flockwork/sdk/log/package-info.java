/** How this program's processes log, beyond what {@code logback.xml} says. The room of Logback. */
package io.flockwork.sdk.log;
