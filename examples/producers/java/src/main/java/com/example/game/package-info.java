/** A game's backend, as far as it queues token updates. */
@NullMarked
package com.example.game;

import org.jspecify.annotations.NullMarked;
