/**
 * The whole flow in virtual time: the function itself, with a queue, an event source mapping and an API that are models.
 * Hours pass in seconds, and the same seed gives the same run.
 */
@NullMarked
package dev.nftrefresh.local.simulation;

import org.jspecify.annotations.NullMarked;
