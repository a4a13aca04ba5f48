/** A stand-in for Immutable's refresh endpoint, written from the OpenAPI alone, with its limits and its faults. */
@NullMarked
package dev.nftrefresh.local.api;

import org.jspecify.annotations.NullMarked;
