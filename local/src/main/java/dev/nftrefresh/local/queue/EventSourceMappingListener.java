package dev.nftrefresh.local.queue;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;

/** Is notified of what an event source mapping does; called by many threads. */
public interface EventSourceMappingListener {
    /** So many messages were delivered by one receive. */
    void received(int messages);

    /** This message was delivered, possibly not for the first time; called before an invocation gets it. */
    default void delivered(Message message) {}

    /** An invocation ended and answered so; {@code failed} of its messages return. */
    void invoked(int messages, int failed);

    /** All messages of an invocation return: it threw, timed out, or answered what cannot be understood. */
    void invocationFailed(int messages, String why, @Nullable Throwable cause);

    /** A call of the queue failed, and what follows from that. */
    void queueFailed(String why, @Nullable Throwable cause);
}
