/** Makes bulk files of what databases and folders of metadata files hold. */
@NullMarked
package dev.nftrefresh.local.convert;

import org.jspecify.annotations.NullMarked;
