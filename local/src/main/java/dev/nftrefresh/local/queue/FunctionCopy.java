package dev.nftrefresh.local.queue;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One copy of the function, which handles one event at a time. */
final class FunctionCopy {
    private final RequestStreamHandler function;
    private final EventSourceMappingSettings settings;
    private final Clock clock;
    private final String name;

    FunctionCopy(RequestStreamHandler function, EventSourceMappingSettings settings, Clock clock, String name) {
        this.function = function;
        this.settings = settings;
        this.clock = clock;
        this.name = name;
    }

    /** Invokes the function and waits for its answer, up to the function's timeout. */
    InvocationResult invoke(EventBuilder batch) throws InterruptedException {
        var answer = new ByteArrayOutputStream();
        var context = new LocalLambdaContext(
                settings.functionName(),
                UUID.randomUUID().toString(),
                clock.instant().plus(settings.functionTimeout()),
                clock);
        var invocation = new FutureTask<byte[]>(() -> {
            function.handleRequest(batch.event(), answer, context);
            return answer.toByteArray();
        });
        Thread.ofPlatform().daemon().name(name).start(invocation);
        try {
            byte[] answered = invocation.get(settings.functionTimeout().toMillis(), TimeUnit.MILLISECONDS);
            return InvocationResult.read(answered, batch.receiptHandles().keySet());
        } catch (ExecutionException e) {
            return new InvocationResult.TotalFailure("the function threw", e.getCause());
        } catch (TimeoutException _) {
            invocation.cancel(true);
            return new InvocationResult.TotalFailure(
                    "the function timed out after " + settings.functionTimeout().toSeconds() + " s", null);
        } catch (InterruptedException e) {
            invocation.cancel(true);
            throw e;
        }
    }
}
