package dev.nftrefresh.bulkload;

import java.io.FilterInputStream;
import software.amazon.awssdk.core.ResponseInputStream;

/**
 * An object's bytes as they arrive. Closing it early aborts the connection instead of reading the gigabytes that are
 * left.
 */
final class S3ContentStream extends FilterInputStream {
    private final ResponseInputStream<?> content;

    S3ContentStream(ResponseInputStream<?> content) {
        super(content);
        this.content = content;
    }

    @Override
    public void close() {
        content.abort();
    }
}
