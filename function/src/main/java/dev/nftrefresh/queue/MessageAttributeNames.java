package dev.nftrefresh.queue;

/** The names of the message attributes that the service writes and reads. */
public final class MessageAttributeNames {
    /** When the update was first queued, epoch milliseconds; on remainders. */
    public static final String FIRST_SENT_AT = "FirstSentAt";
    /** Deliveries of the update so far; on remainders. */
    public static final String ATTEMPTS = "Attempts";
    /** What the search knows of a part of a refused request; such a part is never packed with others. */
    public static final String SEND_ALONE = "SendAlone";

    /** Where the tokens stand in their bulk files; on what came out of one. A letter has none: its tokens are settled. */
    static final String FILE_PLACES = "FilePlaces";

    /** Why a dead letter is one: the name of a {@link dev.nftrefresh.update.RejectReason}. */
    public static final String REJECT_REASON = "RejectReason";
    /** The same in sentences that name field and token. */
    public static final String REJECT_DETAIL = "RejectDetail";
    /** SQS's id of the message that a dead letter was made of. */
    public static final String SOURCE_MESSAGE_ID = "SourceMessageId";
    /** When that message was sent, epoch milliseconds: the version of a body that tells none and cannot be told one here. */
    public static final String SOURCE_SENT_AT = "SourceSentAt";
    /** Which queue that message came from, and its letter goes back to: {@link #LIVE} or {@link #BULK}. */
    public static final String LANE = "Lane";

    public static final String LIVE = "live";
    public static final String BULK = "bulk";
    /** What the API answered, on a dead letter. */
    public static final String HTTP_STATUS = "HttpStatus";

    public static final String TRACE_ID = "TraceId";

    private MessageAttributeNames() {}
}
