/** {@code ./nft-refresh upload}: a bulk file into the stack's bucket, and what becomes of its tokens. */
@NullMarked
package dev.nftrefresh.operator.upload;

import org.jspecify.annotations.NullMarked;
