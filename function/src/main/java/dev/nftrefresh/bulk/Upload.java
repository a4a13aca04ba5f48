package dev.nftrefresh.bulk;

/**
 * An upload that S3 told of. It may tell of one twice.
 *
 * @param object what was uploaded
 * @param identity what no other upload under the same key has: the version, or S3's sequence number where there are no
 *     versions
 */
record Upload(ObjectId object, String identity) {}
