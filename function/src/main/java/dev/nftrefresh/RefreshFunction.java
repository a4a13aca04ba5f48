package dev.nftrefresh;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;

/** The Lambda handler: an SQS event in, {@code batchItemFailures} out. */
public final class RefreshFunction implements RequestStreamHandler {
    /** Wires the function from given parts. */
    public RefreshFunction(Settings settings, Parts parts) {
        throw new UnsupportedOperationException("not built yet: " + settings + parts);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        throw new UnsupportedOperationException("not built yet");
    }
}
