package dev.nftrefresh.bulk;

import dev.nftrefresh.file.Place;

/**
 * A place between two elements of a file, and what was made of those before it.
 *
 * @param after the place of the last element before it
 */
record Mark(Place after, Figures figures) {
    static final Mark START = new Mark(Place.START, Figures.NONE);
}
