package dev.nftrefresh.local.command;

import dev.nftrefresh.local.flow.LocalBulkUpload;
import dev.nftrefresh.local.flow.LocalFlow;
import dev.nftrefresh.local.flow.RunSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Optional;

/** The work of {@code load}. */
final class LoadTask implements LocalFlowRunner.FlowTask {
    private final LocalBulkUpload upload;
    private final Optional<LiveMessageOptions.LiveMessageSource> live;
    private final long size;
    private final LoadProgressLine line;

    LoadTask(LocalBulkUpload upload, Optional<LiveMessageOptions.LiveMessageSource> live, InstantSource clock)
            throws IOException {
        this.upload = upload;
        this.live = live;
        size = upload.size();
        line = new LoadProgressLine(clock);
    }

    @Override
    public void queue(LocalFlow flow) {
        flow.upload(upload);
        live.ifPresent(messages -> flow.sendBeside(messages.file(), messages.rate()));
    }

    @Override
    public ProgressText progress(LocalFlow flow, RunStatus standing) {
        RunSummary counts = flow.figures();
        if (!upload.metrics().hasEnded()) {
            return line.reading(upload.position(), size, upload.metrics().tokens(), counts.live());
        }
        if (counts.live() != null && flow.isFileThrough()) {
            return line.onlyLive(counts.live());
        }
        return line.sending(
                flow.tokensThrough(), counts.tokensSent(), counts.tokensPerRequest(), counts.live(), standing);
    }

    @Override
    public void tell(LocalFlow flow, PrintWriter out, int columns) {
        new LoadReport(upload, out, columns).print();
    }
}
