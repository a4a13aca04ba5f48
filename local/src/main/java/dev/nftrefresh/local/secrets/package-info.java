/** A stand-in for Secrets Manager that holds one secret. */
@NullMarked
package dev.nftrefresh.local.secrets;

import org.jspecify.annotations.NullMarked;
