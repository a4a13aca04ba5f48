package dev.nftrefresh.bulk;

import java.time.Duration;

/** Where the news of uploaded files comes from. */
public interface LoadQueue {
    /**
     * Hides a message that was received, from now on.
     *
     * @param receiptHandle of its newest delivery
     * @param time up to 12 hours, counted in whole seconds, rounded up
     * @throws Unavailable if the message may come back earlier
     */
    void hide(String receiptHandle, Duration time) throws Unavailable;
}
