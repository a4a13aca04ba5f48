/**
 * An adversary of the whole: seeded histories in virtual time in which everything outside the function and the loader
 * misbehaves, and a judge who looks at what the API really applied and what the queues really hold.
 */
@NullMarked
package dev.nftrefresh.local.adversary;

import org.jspecify.annotations.NullMarked;
