/** The doors of the service: AWS Lambda handlers that wire the parts together and do nothing else. */
@NullMarked
package dev.nftrefresh;

import org.jspecify.annotations.NullMarked;
