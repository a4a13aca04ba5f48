package dev.nftrefresh.bulkload;

import java.util.List;

/** What a message in the queue of files to load says. */
sealed interface S3Notification {
    /** Files were uploaded. None is left where S3 tells of something else, such as a deletion. */
    record FileUploads(List<FileUpload> uploads) implements S3Notification {}

    /**
     * It is none of S3's.
     *
     * @param detail a sentence: what it is instead, and what to do
     */
    record Unreadable(String detail) implements S3Notification {}
}
