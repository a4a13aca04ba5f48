package dev.nftrefresh.local.fates;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.util.concurrent.atomic.AtomicInteger;

/** Knows how many invocations are under way. */
final class Running {
    private final AtomicInteger count = new AtomicInteger();

    RequestStreamHandler counted(RequestStreamHandler function) {
        return (event, answer, context) -> {
            count.incrementAndGet();
            try {
                function.handleRequest(event, answer, context);
            } finally {
                count.decrementAndGet();
            }
        };
    }

    int count() {
        return count.get();
    }
}
