/** The whole flow on a developer's machine: queue, mapping, function and stand-ins wired together, and its figures. */
@NullMarked
package dev.nftrefresh.local.flow;

import org.jspecify.annotations.NullMarked;
