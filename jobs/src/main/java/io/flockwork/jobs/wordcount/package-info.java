/** Counts the words of texts. */
package io.flockwork.jobs.wordcount;
