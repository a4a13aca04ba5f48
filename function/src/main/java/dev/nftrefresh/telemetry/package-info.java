/** Log lines and metrics. */
@NullMarked
package dev.nftrefresh.telemetry;

import org.jspecify.annotations.NullMarked;
