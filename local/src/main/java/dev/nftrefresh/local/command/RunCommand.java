package dev.nftrefresh.local.command;

import dev.nftrefresh.local.flow.LocalFlow;
import dev.nftrefresh.local.flow.LocalFlowSettings;
import dev.nftrefresh.local.flow.RunSummary;
import dev.nftrefresh.operator.InterruptSignal;
import dev.nftrefresh.operator.TerminalSafeText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./nft-refresh run}. */
@Command(
        name = "run",
        sortOptions = false,
        description = "Queues a file of token updates and runs the whole flow, as sandbox, until each is accepted, "
                + "superseded or rejected.")
final class RunCommand implements Callable<Integer> {
    private static final String DEFAULT_FILE = "events/token-updates.ndjson";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "One queue message a line. Default: the project's " + DEFAULT_FILE + "; none with --listen.")
    private @Nullable Path file;

    @Mixin
    private final LocalFlowRunner run = new LocalFlowRunner();

    @Override
    public Integer call() throws IOException, InterruptedException {
        LocalFlowSettings settings = run.settings();
        @Nullable Path messages = file == null && run.listens() ? null : messages();
        var files = new OutputFiles(command);
        files.reads("FILE", messages);
        run.check(files);
        if (messages != null) {
            MessageFileCheck.check(command, messages);
        }
        @Nullable String otherKind = messages == null ? null : FileContentGuess.of(messages);
        if (otherKind != null) {
            command.commandLine().getErr().println(TerminalSafeText.line(otherKind));
            command.commandLine().getErr().flush();
        }
        try (var interruption = InterruptSignal.awaited()) {
            return run.of(
                    settings,
                    interruption,
                    new MessageRun(messages, file == null, otherKind, nextStep(settings), Clock.systemUTC()));
        }
    }

    /** What a newcomer has not done yet: neither a limit nor the stand-in itself is proposed to who has chosen otherwise. */
    static String nextStep(LocalFlowSettings settings) {
        boolean limited = settings.api() != null || settings.standIn().limit() != null;
        return limited
                ? "load a bulk file (docs/bulk.md explains how)"
                : "see how it keeps to a quota (./nft-refresh run --limit 1 --window 5)";
    }

    private Path messages() {
        return file == null ? Path.of(System.getProperty("nft-refresh.home", "."), DEFAULT_FILE) : file;
    }

    /** The work of {@code run}. */
    private static final class MessageRun implements LocalFlowRunner.FlowTask {
        private final @Nullable Path messages;
        private final boolean samples;
        private final @Nullable String otherKind;
        private final String nextStep;
        private final GrowthRateMeter rate;

        MessageRun(
                @Nullable Path messages,
                boolean samples,
                @Nullable String otherKind,
                String nextStep,
                InstantSource clock) {
            this.messages = messages;
            this.samples = samples;
            this.otherKind = otherKind;
            this.nextStep = nextStep;
            rate = new GrowthRateMeter(clock);
        }

        @Override
        public void queue(LocalFlow flow) throws IOException {
            if (messages != null) {
                flow.send(messages);
            }
        }

        @Override
        public ProgressText progress(LocalFlow flow, RunStatus standing) {
            RunSummary counts = flow.figures();
            long through = Math.min(flow.tokensThrough(), counts.tokensSent());
            Duration left = standing.timeLeft(
                    counts.tokensSent() - through, counts.tokensPerRequest(), rate.perSecond(through));
            return RunProgressLine.of(counts, flow.tokensTaken(), flow.depth(), standing, left);
        }

        @Override
        public void tell(LocalFlow flow, PrintWriter out, int columns) {
            if (messages != null) {
                String shown = samples ? DEFAULT_FILE : messages.toString();
                flow.outcome()
                        .ifPresent(outcome -> new OutcomeReport(shown, out, columns).print(outcome, flow.figures()));
            }
        }

        @Override
        public @Nullable String advice(RunSummary counts) {
            if (samples && counts.tokensAccepted() > 0) {
                return "events/README.md explains each line. Next: run a file of your own (./nft-refresh run FILE), or "
                        + nextStep + ".";
            }
            boolean nothing = counts.messagesSent() > 0
                    && counts.messagesDeadLettered() == counts.messagesSent()
                    && counts.tokensAccepted() == 0;
            if (!nothing) {
                return null;
            }
            String sentence = "Every message of the file was rejected.";
            return otherKind == null ? sentence : sentence + " " + otherKind;
        }
    }
}
