package dev.nftrefresh.local.sqs;

/** Is told of each message that a client sent; called by many threads. */
@FunctionalInterface
public interface SentMessageListener {
    /** Tells nobody. */
    SentMessageListener UNHEARD = (_, _) -> {};

    /** The queue of this name took a message. */
    void sent(String queueName, String body);
}
