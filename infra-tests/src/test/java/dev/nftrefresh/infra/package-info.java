/** The stack of template.yaml on LocalStack, with the function in its own container. */
@NullMarked
package dev.nftrefresh.infra;

import org.jspecify.annotations.NullMarked;
