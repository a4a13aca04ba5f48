package dev.nftrefresh.local.sqs;

/**
 * A delivery as the event source mapping passes it on.
 *
 * @param json the record of the event
 * @param receiveCount how often the message was delivered, this time included
 */
@SuppressWarnings("ArrayRecordComponent") // a record is written once and only read after that
public record ReceivedRecord(String messageId, String receiptHandle, byte[] json, int receiveCount) {}
