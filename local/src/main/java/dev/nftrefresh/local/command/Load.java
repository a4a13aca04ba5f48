package dev.nftrefresh.local.command;

import dev.nftrefresh.local.flow.BulkUpload;
import dev.nftrefresh.local.flow.Figures;
import dev.nftrefresh.local.flow.LocalFlow;
import java.io.IOException;
import java.time.InstantSource;

/** The work of {@code load}. */
final class Load implements FlowRun.Work {
    private final BulkUpload upload;
    private final long size;
    private final LoadLine line;

    Load(BulkUpload upload, InstantSource clock) throws IOException {
        this.upload = upload;
        size = upload.size();
        line = new LoadLine(clock);
    }

    @Override
    public int queue(LocalFlow flow) {
        flow.upload(upload);
        return 0;
    }

    @Override
    public String progress(LocalFlow flow) {
        if (!upload.metrics().hasEnded()) {
            return line.reading(upload.position(), size, upload.metrics().tokens());
        }
        Figures figures = flow.figures();
        long settled = figures.tokensAccepted() + figures.tokensSuperseded() + figures.tokensRejected();
        return line.sending(settled, figures.tokensSent());
    }
}
