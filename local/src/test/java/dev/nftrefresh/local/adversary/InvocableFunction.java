package dev.nftrefresh.local.adversary;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.IOException;
import java.io.InputStream;

/** A copy of one of the two functions. */
interface InvocableFunction {
    CopyLife life();

    /** What it has written into its log since this was asked last. */
    String takeLog();

    /** Its answer to this event. */
    byte[] invoke(InputStream event, Context context) throws IOException;
}
