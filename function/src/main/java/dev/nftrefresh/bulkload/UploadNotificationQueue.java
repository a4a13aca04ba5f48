package dev.nftrefresh.bulkload;

import dev.nftrefresh.queue.SqsCallDeadline;
import java.time.Duration;

/** A queue in which notifications of uploaded files wait: for the load, or until the file's tokens are settled. */
public interface UploadNotificationQueue {
    /**
     * Hides a message that was received, from now on.
     *
     * @param receiptHandle of its newest delivery
     * @param time up to 12 hours, counted in whole seconds, rounded up
     * @throws ServiceUnavailableException if the message may return earlier
     */
    void hide(String receiptHandle, Duration time) throws ServiceUnavailableException;

    /**
     * Sends a notification to the queue.
     *
     * @param delay before it is received, up to 15 minutes
     * @param deadline when the call must be over
     * @throws ServiceUnavailableException if it is not known to be accepted
     */
    void send(String notice, Duration delay, SqsCallDeadline deadline) throws ServiceUnavailableException;
}
