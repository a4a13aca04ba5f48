/** Tests of template.yaml, of what no linter and no LocalStack looks at. */
@NullMarked
package dev.nftrefresh.template;

import org.jspecify.annotations.NullMarked;
