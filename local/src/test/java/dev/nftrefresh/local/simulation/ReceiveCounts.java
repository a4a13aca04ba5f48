package dev.nftrefresh.local.simulation;

/** Counts how often the messages of a queue are received. */
final class ReceiveCounts {
    private long receives;
    private long messages;
    private int most;

    /** So many messages were received, some of them possibly twice at once. */
    void add(int received) {
        receives += received;
    }

    /** A message was received for the given time, counted from 1. */
    void message(int receiveCount) {
        messages += receiveCount == 1 ? 1 : 0;
        most = Math.max(most, receiveCount);
    }

    ReceiveCounts plus(ReceiveCounts others) {
        var both = new ReceiveCounts();
        both.receives = receives + others.receives;
        both.messages = messages + others.messages;
        both.most = Math.max(most, others.most);
        return both;
    }

    double perMessage() {
        return (double) receives / messages;
    }

    int most() {
        return most;
    }
}
