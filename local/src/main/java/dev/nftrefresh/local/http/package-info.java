/** The one HTTP server under the stand-ins. */
@NullMarked
package dev.nftrefresh.local.http;

import org.jspecify.annotations.NullMarked;
