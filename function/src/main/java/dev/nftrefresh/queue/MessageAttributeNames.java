package dev.nftrefresh.queue;

/** The names of the message attributes that the service writes and reads. */
public final class MessageAttributeNames {
    /** When the update was first queued, epoch milliseconds; on remainders. */
    public static final String FIRST_SENT_AT = "FirstSentAt";
    /** Deliveries of the update so far; on remainders. */
    public static final String ATTEMPTS = "Attempts";
    /** What the search knows about a part of a refused request; such a part is never packed with others. */
    public static final String SEND_ALONE = "SendAlone";

    /** The tokens' positions in their bulk files; on messages from files. A letter has none: its tokens are settled. */
    static final String FILE_PLACES = "FilePlaces";

    /** Why the message was rejected: the name of a {@link dev.nftrefresh.update.RejectReason}. */
    public static final String REJECT_REASON = "RejectReason";
    /** The reason in sentences that name field and token. */
    public static final String REJECT_DETAIL = "RejectDetail";
    /** SQS's id of the message that a dead letter was made from. */
    public static final String SOURCE_MESSAGE_ID = "SourceMessageId";
    /**
     * When that message was sent, epoch milliseconds: the version of a body that has none and cannot be given one here.
     */
    public static final String SOURCE_SENT_AT = "SourceSentAt";
    /**
     * The queue that the message came from, and to which a redrive returns its letter: {@link #LIVE} or {@link #BULK}.
     */
    public static final String LANE = "Lane";

    public static final String LIVE = "live";
    public static final String BULK = "bulk";
    /** The API's HTTP status, on a dead letter. */
    public static final String HTTP_STATUS = "HttpStatus";

    public static final String TRACE_ID = "TraceId";

    private MessageAttributeNames() {}
}
