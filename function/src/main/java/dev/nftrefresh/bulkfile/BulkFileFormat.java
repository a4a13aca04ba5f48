package dev.nftrefresh.bulkfile;

/** How the tokens of a bulk file are written down. */
public enum BulkFileFormat {
    /** A JSON object a line. */
    NDJSON,
    /** A JSON array, or the API's own body: an object whose only field {@code nft_metadata} is that array. */
    JSON,
    /** A header and a record a token; {@code attributes} holds JSON. */
    CSV
}
