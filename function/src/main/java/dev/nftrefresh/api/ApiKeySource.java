package dev.nftrefresh.api;

/** Supplies the API key. Thread-safe. */
public interface ApiKeySource {
    /**
     * The key, read once and then cached.
     *
     * @throws ApiKeyUnavailableException if there is none
     */
    String current();

    /**
     * Reads the key again, bypassing the cache, after Immutable refused a key. Threads whose key was refused at the
     * same time share one read.
     *
     * @param refused the key that was refused
     * @return whether {@link #current()} is another key now, so that trying again makes sense
     * @throws ApiKeyUnavailableException if the key cannot be read; the one kept stays
     */
    boolean refresh(String refused);

    /**
     * The same after a 403: the key may be one of another project. Usually the key is not the cause, so this reads only
     * occasionally, however often it is called.
     *
     * @param forbidden the key that got the 403
     * @return whether {@link #current()} is another key now, so that trying again makes sense
     * @throws ApiKeyUnavailableException if the key cannot be read; the one kept stays
     */
    boolean refreshAfterForbidden(String forbidden);
}
