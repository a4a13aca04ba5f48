package dev.nftrefresh.local.command;

import dev.nftrefresh.local.flow.BulkUpload;
import dev.nftrefresh.local.flow.Figures;
import dev.nftrefresh.local.flow.LocalFlow;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Optional;

/** The work of {@code load}. */
final class Load implements FlowRun.Work {
    private final BulkUpload upload;
    private final Optional<LiveOptions.Live> live;
    private final long size;
    private final LoadLine line;

    Load(BulkUpload upload, Optional<LiveOptions.Live> live, InstantSource clock) throws IOException {
        this.upload = upload;
        this.live = live;
        size = upload.size();
        line = new LoadLine(clock);
    }

    @Override
    public void queue(LocalFlow flow) {
        flow.upload(upload);
        live.ifPresent(messages -> flow.sendBeside(messages.file(), messages.rate()));
    }

    @Override
    public ProgressLine progress(LocalFlow flow, RunStanding standing) {
        Figures figures = flow.figures();
        if (!upload.metrics().hasEnded()) {
            return line.reading(upload.position(), size, upload.metrics().tokens(), figures.live());
        }
        if (figures.live() != null && flow.isFileThrough()) {
            return line.onlyLive(figures.live());
        }
        return line.sending(
                flow.tokensThrough(), figures.tokensSent(), figures.tokensPerRequest(), figures.live(), standing);
    }

    @Override
    public void tell(LocalFlow flow, PrintWriter out, int columns) {
        new LoadReport(upload, out, columns).print();
    }
}
