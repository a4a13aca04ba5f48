/** Whether a deployed stack is well, and if not, what to do. */
@NullMarked
package dev.nftrefresh.operator.status;

import org.jspecify.annotations.NullMarked;
