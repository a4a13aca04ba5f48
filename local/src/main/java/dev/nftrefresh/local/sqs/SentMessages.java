package dev.nftrefresh.local.sqs;

/** Is told of each message that a client sent; called by many threads. */
@FunctionalInterface
public interface SentMessages {
    /** Tells nobody. */
    SentMessages UNHEARD = (_, _) -> {};

    /** The queue of this name took a message. */
    void sent(String queueName, String body);
}
