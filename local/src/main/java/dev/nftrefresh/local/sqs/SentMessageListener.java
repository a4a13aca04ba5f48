package dev.nftrefresh.local.sqs;

/** Is notified of each message that a client sent; called by many threads. */
@FunctionalInterface
public interface SentMessageListener {
    /** Ignores the messages. */
    SentMessageListener UNHEARD = (_, _) -> {};

    /** The queue of this name took a message. */
    void sent(String queueName, String body);
}
