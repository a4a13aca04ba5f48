/** The AWS Lambda handlers, which only wire the classes of the service together. */
@NullMarked
package dev.nftrefresh;

import org.jspecify.annotations.NullMarked;
