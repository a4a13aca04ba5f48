package dev.nftrefresh.local.simulation;

/** Counts how often messages are received, those of both queues together. */
final class Receives {
    private long receives;
    private long messages;
    private int most;

    /** So many messages were received, some of them perhaps a second time at once. */
    void add(int received) {
        receives += received;
    }

    /** A message was received for the given time, counted from 1. */
    void message(int receiveCount) {
        messages += receiveCount == 1 ? 1 : 0;
        most = Math.max(most, receiveCount);
    }

    double perMessage() {
        return (double) receives / messages;
    }

    int most() {
        return most;
    }
}
