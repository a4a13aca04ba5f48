package dev.nftrefresh.api;

/** Where the API key comes from; safe for use by many threads. */
public interface ApiKeySource {
    /**
     * The key, read once and then kept.
     *
     * @throws ApiKeyUnavailableException if there is none
     */
    String current();

    /**
     * Reads past what is kept, after Immutable refused a key. Threads whose key was refused together read once together.
     *
     * @param refused the key that was refused
     * @return whether {@link #current()} is another key now, so that trying again makes sense
     * @throws ApiKeyUnavailableException if the key cannot be read; the one kept stays
     */
    boolean refresh(String refused);

    /**
     * The same after Immutable forbade a key something: it may be a key of another project. Mostly it is not the key, so this
     * reads only now and then, however often it is asked.
     *
     * @param forbidden the key that was answered so
     * @return whether {@link #current()} is another key now, so that trying again makes sense
     * @throws ApiKeyUnavailableException if the key cannot be read; the one kept stays
     */
    boolean refreshAfterForbidden(String forbidden);
}
