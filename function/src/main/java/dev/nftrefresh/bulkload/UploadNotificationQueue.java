package dev.nftrefresh.bulkload;

import dev.nftrefresh.queue.SqsCallDeadline;
import java.time.Duration;

/** Where notices of uploaded files wait: for the load, or until the tokens of the file are settled. */
public interface UploadNotificationQueue {
    /**
     * Hides a message that was received, from now on.
     *
     * @param receiptHandle of its newest delivery
     * @param time up to 12 hours, counted in whole seconds, rounded up
     * @throws ServiceUnavailableException if the message may come back earlier
     */
    void hide(String receiptHandle, Duration time) throws ServiceUnavailableException;

    /**
     * Puts a notice into the queue.
     *
     * @param delay before it is received, up to 15 minutes
     * @param deadline when the call must be over
     * @throws ServiceUnavailableException if it is not known to be there
     */
    void send(String notice, Duration delay, SqsCallDeadline deadline) throws ServiceUnavailableException;
}
