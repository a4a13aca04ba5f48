package dev.nftrefresh.bulkload;

import java.util.List;

/** The content of a message in the queue of files to load. */
sealed interface S3Notification {
    /** Files were uploaded. The list is empty where S3 notified us of something else, such as a deletion. */
    record FileUploads(List<FileUpload> uploads) implements S3Notification {}

    /**
     * The message is not one of S3's.
     *
     * @param detail a sentence: what it is instead, and what to do
     */
    record Unreadable(String detail) implements S3Notification {}
}
