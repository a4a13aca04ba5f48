package dev.nftrefresh.local.command;

import dev.nftrefresh.local.flow.FunctionCopies;
import dev.nftrefresh.local.flow.LocalFlow;
import dev.nftrefresh.local.flow.LocalFlowSettings;
import dev.nftrefresh.local.flow.QueueAccess;
import dev.nftrefresh.local.flow.RunCredentials;
import dev.nftrefresh.local.flow.RunSummary;
import dev.nftrefresh.local.queue.EventSourceMappingSettings;
import dev.nftrefresh.operator.InterruptSignal;
import dev.nftrefresh.operator.TerminalSafeText;
import dev.nftrefresh.operator.TerminalWidth;
import dev.nftrefresh.operator.WrappedText;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A run of the whole flow on this machine: its options, and how it goes from what is queued to the figures. */
final class LocalFlowRunner {
    private static final String KEY_VARIABLE = "IMMUTABLE_API_KEY";
    private static final int INTERRUPTED = 130;
    private static final int FAILURE = 1;
    private static final int KEY_REFUSED = 3;
    /** Shorter pauses need no reason. */
    private static final Duration IDLE = Duration.ofSeconds(3);

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(
            names = "--api",
            paramLabel = "URL",
            description = "Send to this API instead of the stand-in; the key is $" + KEY_VARIABLE + ".")
    private @Nullable String api;

    @Option(
            names = "--allow-http",
            description = "Let --api be http:// beyond this machine: the key goes in the clear.")
    private boolean allowHttp;

    @Mixin
    private final StandInOptions standIn = new StandInOptions();

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "" + LocalFlowSettings.CONCURRENCY,
            description = "How many copies of the function run at once. Default: ${DEFAULT-VALUE}.")
    private int concurrency;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "" + EventSourceMappingSettings.MAX_BATCH_SIZE,
            description = "Messages in an event at most. Default: ${DEFAULT-VALUE}.")
    private int batchSize;

    @Option(
            names = "--batching-window",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description =
                    "How long an event waits for more messages; after a quiet second it goes. Default: ${DEFAULT-VALUE}.")
    private BigDecimal batchingWindow = BigDecimal.valueOf(5);

    @Option(
            names = "--max-requests-per-second",
            paramLabel = "N",
            defaultValue = "50",
            description = "Of all copies together; decimals are allowed. Default: ${DEFAULT-VALUE}.")
    private double maxRequestsPerSecond;

    @Option(names = "--summary", paramLabel = "FILE", description = "Write the figures there as JSON.")
    private @Nullable Path summary;

    @Option(names = "--json", description = "Print the figures as JSON, and nothing else on stdout.")
    private boolean json;

    @Option(
            names = "--dead-letters",
            paramLabel = "FILE",
            description = "Write what landed in the dead-letter queue there, one JSON a line.")
    private @Nullable Path deadLetters;

    @Option(names = "--log", paramLabel = "FILE", description = "Write the function's log there, one JSON a line.")
    private @Nullable Path log;

    @Option(names = "--fail-on-rejected", description = "Exit status 1 if any token was rejected.")
    private boolean failOnRejected;

    @Option(
            names = "--listen",
            paramLabel = "PORT",
            description =
                    "Open the queue to SQS clients on 127.0.0.1 until Ctrl-C, and print what they need; 0 takes a "
                            + "free port.")
    private @Nullable Integer listen;

    @Option(names = "--verbose", description = "Show the function's warnings and errors.")
    private boolean verbose;

    /** What there is to do. */
    interface FlowTask {
        /** Queues it. */
        void queue(LocalFlow flow) throws IOException;

        /** How it goes. */
        ProgressText progress(LocalFlow flow, RunStatus standing);

        /** Prints what became of it, before the figures. */
        void tell(LocalFlow flow, PrintWriter out, int columns);

        /** What the user might do next, in a sentence after the figures; null for nothing. */
        default @Nullable String advice(RunSummary counts) {
            return null;
        }
    }

    /**
     * Runs until each message has an outcome, prints the figures, and returns the exit status.
     *
     * @param settings what {@link #settings()} read
     * @param interruption ends the run early
     */
    int of(LocalFlowSettings settings, InterruptSignal interruption, FlowTask work)
            throws IOException, InterruptedException {
        PrintWriter err = command.commandLine().getErr();
        PrintWriter out = command.commandLine().getOut();
        boolean terminal = TerminalWidth.isTerminal() && !json;
        int columns = terminal ? TerminalWidth.ofOutput(System.getenv()) : TerminalWidth.UNLIMITED;
        var clock = Clock.systemUTC();
        var answers = new LastApiResponse(clock);
        var keyRefused = new AtomicBoolean();
        var keyForbidden = new AtomicBoolean();
        var failures = new ArrayList<String>();
        var progress = new ProgressDisplay(out, err, terminal);
        try (PrintStream functionLog = FunctionLogStream.open(log, answers, verbose ? progress::say : null);
                var flow = LocalFlow.start(
                        settings,
                        new FunctionCopies(functionLog, clock, RandomGenerator.getDefault()),
                        complaint -> progress.say(TerminalSafeText.line(complaint)),
                        clock)) {
            interruption.calls(flow::stop);
            flow.whenKeyRefused(() -> {
                keyRefused.set(true);
                flow.stop();
            });
            if (listen != null) {
                tell(open(flow, listen));
            }
            var notice = new StallNotice(clock);
            try (progress) {
                progress.show(() -> {
                    // Who listens waits for messages of others, perhaps of a collection that the key may refresh.
                    if (listen == null && answers.isForbiddenEverywhere() && flow.isAllWaiting()) {
                        keyForbidden.set(true);
                        flow.stop();
                    }
                    boolean isIdle = notice.idle(flow.tokensThrough()).compareTo(IDLE) >= 0;
                    var standing = new RunStatus(
                            answers.quota(),
                            answers.failure(),
                            settings.api() == null ? settings.standIn() : null,
                            isIdle ? flow.nextReturn() : null,
                            clock.instant());
                    String stall = terminal ? null : notice.of(standing);
                    if (stall != null) {
                        progress.say(stall);
                    }
                    // The cursor needs a column of its own.
                    return work.progress(flow, standing).fit(Math.max(1, columns - 1));
                });
                work.queue(flow);
                flow.process();
            }
            drain(flow, failures);
            RunSummary counts = flow.figures();
            boolean interrupted = interruption.happened();
            if (json) {
                SummaryPrinter.printJson(counts, interrupted, out);
            } else {
                work.tell(flow, out, columns);
                SummaryPrinter.print(counts, out, columns);
            }
            if (summary != null) {
                try {
                    SummaryPrinter.write(counts, interrupted, summary);
                } catch (IOException e) {
                    failures.add("The summary could not be written to " + summary + ": " + OutputFiles.why(e) + ".");
                }
            }
            if (functionLog.checkError()) {
                failures.add("The function's log could not be written whole to " + log + ".");
            }
            say(interrupted && listen == null ? interruptedAfter(counts) : null, columns);
            say(keyRefused.get() ? keyRefused(answers, settings) : null, columns);
            say(keyForbidden.get() ? keyForbidden(answers, settings) : null, columns);
            say(json ? null : work.advice(counts), columns);
            failures.forEach(failure -> say(failure, columns));
            if (interrupted) {
                return INTERRUPTED;
            }
            if (keyRefused.get() || keyForbidden.get()) {
                return KEY_REFUSED;
            }
            boolean rejected = counts.tokensRejected() > 0 || counts.messagesDeadLettered() > 0;
            return !failures.isEmpty() || !flow.isAllQueued() || (failOnRejected && rejected) ? FAILURE : 0;
        }
    }

    private void drain(LocalFlow flow, List<String> failures) {
        try (Writer letters = deadLetters == null ? Writer.nullWriter() : Files.newBufferedWriter(deadLetters)) {
            flow.drainDeadLetters(letters);
        } catch (IOException e) {
            failures.add("The dead letters could not be written to " + deadLetters + ": " + OutputFiles.why(e) + ".");
        }
    }

    /** On stderr, as stdout has the figures. */
    private void say(@Nullable String sentence, int columns) {
        if (sentence != null) {
            PrintWriter err = command.commandLine().getErr();
            WrappedText.lines(TerminalSafeText.line(sentence), "", columns).forEach(err::println);
            err.flush();
        }
    }

    private static String interruptedAfter(RunSummary counts) {
        long settled = counts.tokensAccepted() + counts.tokensSuperseded() + counts.tokensRejected();
        return String.format(
                Locale.ROOT,
                "Interrupted: %,d of %,d tokens were accepted, superseded or rejected; the others waited in "
                        + "this run's own queue, which is gone. To send them, run the file again.",
                Math.min(settled, counts.tokensSent()),
                counts.tokensSent());
    }

    private static String keyRefused(LastApiResponse answers, LocalFlowSettings settings) {
        return settings.api() + " refused the key" + said(answers) + ", and $" + KEY_VARIABLE
                + " has no other: export a valid key, and run this again.";
    }

    private static String keyForbidden(LastApiResponse answers, LocalFlowSettings settings) {
        return settings.api() + " answers 403" + said(answers) + " for every collection that was tried: the key in $"
                + KEY_VARIABLE
                + " may refresh none of them. Export a key of the project that owns them, and run this again.";
    }

    /** What the API said last, in parentheses; empty if nothing. */
    private static String said(LastApiResponse answers) {
        LastApiResponse.Failure last = answers.failure();
        return last == null || last.text().isEmpty() ? "" : " (" + last.text().replaceFirst("\\.$", "") + ")";
    }

    /** Whether a rejected token makes the exit status 1. */
    boolean failsOnRejected() {
        return failOnRejected;
    }

    /** Whether the queue is open to others, and may stay empty until they come. */
    boolean listens() {
        return listen != null;
    }

    private QueueAccess open(LocalFlow flow, int port) throws IOException {
        try {
            return flow.listen(port);
        } catch (BindException _) {
            throw wrong("Port " + port + " is taken; name another one, or 0 for any free one.");
        }
    }

    private void tell(QueueAccess queue) {
        PrintWriter to =
                json ? command.commandLine().getErr() : command.commandLine().getOut();
        queue.variables().forEach(to::println);
        to.flush();
    }

    /**
     * Refuses the command line unless each output can be written: after the run it would be too late.
     *
     * @param files knows what the command reads and writes beside these
     */
    void check(OutputFiles files) {
        files.check("--summary", summary);
        files.check("--dead-letters", deadLetters);
        files.check("--log", log);
    }

    /** The options, if they make sense. */
    LocalFlowSettings settings() {
        if (concurrency < 1 || concurrency > 1_000) {
            throw wrong("--concurrency must be 1 to 1000, not " + concurrency + ".");
        }
        if (batchSize < 1 || batchSize > EventSourceMappingSettings.MAX_BATCH_SIZE) {
            throw wrong("--batch-size must be 1 to " + EventSourceMappingSettings.MAX_BATCH_SIZE + ", not " + batchSize
                    + ".");
        }
        if (!(maxRequestsPerSecond > 0)) {
            throw wrong("--max-requests-per-second must be above 0, not " + maxRequestsPerSecond + ".");
        }
        if (listen != null && (listen < 0 || listen > ApiCommand.HIGHEST_PORT)) {
            throw wrong("--listen must be 0 to " + ApiCommand.HIGHEST_PORT + ", not " + listen + ".");
        }
        URI address = address();
        return new LocalFlowSettings(
                address,
                address == null ? RunCredentials.apiKey() : key(),
                standIn.settings(),
                concurrency,
                batchSize,
                SecondsOption.batchingWindow(command, "--batching-window", batchingWindow),
                maxRequestsPerSecond);
    }

    private @Nullable URI address() {
        if (api == null) {
            return null;
        }
        URI address = ApiBaseUrl.of(api)
                .orElseThrow(
                        () -> wrong("--api must be an address such as https://api.sandbox.immutable.com, without a "
                                + "path, not " + api + "."));
        if (!allowHttp && ApiBaseUrl.isInTheClear(address)) {
            throw wrong("--api " + api + " would send the key unencrypted to another machine; use https://, or "
                    + "--allow-http if you mean it.");
        }
        return address;
    }

    private String key() {
        String key = System.getenv(KEY_VARIABLE);
        if (key == null || key.isBlank()) {
            throw wrong("With --api the key is read from $" + KEY_VARIABLE + ", which is not set; export it first.");
        }
        return key.strip();
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }
}
