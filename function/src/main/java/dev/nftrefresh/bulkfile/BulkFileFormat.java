package dev.nftrefresh.bulkfile;

/** The format of a bulk file. */
public enum BulkFileFormat {
    /** One JSON object a line. */
    NDJSON,
    /** A JSON array, or the API's own body: an object whose only field {@code nft_metadata} is that array. */
    JSON,
    /** A header and one record a token; {@code attributes} holds JSON. */
    CSV
}
