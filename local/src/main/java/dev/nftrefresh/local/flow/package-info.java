/** The whole flow on this machine: queue, mapping, function and stand-ins wired together, and its figures. */
@NullMarked
package dev.nftrefresh.local.flow;

import org.jspecify.annotations.NullMarked;
