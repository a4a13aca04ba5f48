/** Pauses and resumes a deployed stack. */
@NullMarked
package dev.nftrefresh.operator.processing;

import org.jspecify.annotations.NullMarked;
