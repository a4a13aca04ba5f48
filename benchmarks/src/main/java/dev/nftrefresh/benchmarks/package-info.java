/** What the function costs, measured beside something known in the same run. */
@NullMarked
package dev.nftrefresh.benchmarks;

import org.jspecify.annotations.NullMarked;
