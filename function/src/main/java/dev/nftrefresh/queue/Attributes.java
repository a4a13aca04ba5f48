package dev.nftrefresh.queue;

/** The names of the message attributes that the service writes and reads. */
final class Attributes {
    /** When the update was first queued, epoch milliseconds; on remainders. */
    static final String FIRST_SENT_AT = "FirstSentAt";
    /** Deliveries of the update so far; on remainders. */
    static final String ATTEMPTS = "Attempts";
    /** What the search knows of a part of a refused request; such a part is never packed with others. */
    static final String SEND_ALONE = "SendAlone";

    /** Where the tokens stand in their bulk files; on what came out of one. A letter has none: its tokens are settled. */
    static final String FILE_PLACES = "FilePlaces";

    /** The five of a dead letter. */
    static final String REJECT_REASON = "RejectReason";

    static final String REJECT_DETAIL = "RejectDetail";
    static final String SOURCE_MESSAGE_ID = "SourceMessageId";
    static final String HTTP_STATUS = "HttpStatus";
    static final String TRACE_ID = "TraceId";

    private Attributes() {}
}
