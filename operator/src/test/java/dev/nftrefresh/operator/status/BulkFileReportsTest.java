package dev.nftrefresh.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BulkFileReportsTest {
    @Test
    void showsAFileThatIsBeingLoaded() {
        assertThat(BulkFileReports.unfinished("a", """
                {"status":"running","tokens_queued":120,"tokens_rejected":3}"""))
                .isEqualTo(new BulkFileStatus("a", "running", 120, 3, null, null));
    }

    @Test
    void showsAFileWhoseUpdatesAreNotAllSettled() {
        assertThat(BulkFileReports.unfinished("a", """
                {"status":"done","tokens_queued":120,"tokens_rejected":0,"tokens_accepted":80,"tokens_superseded":5,\
                "tokens_dead_lettered":1}""")).isEqualTo(new BulkFileStatus("a", "done", 120, 0, 80L, 86L));
    }

    @Test
    void leavesOutFinishedFilesAndOtherObjects() {
        assertThat(BulkFileReports.unfinished("a", """
                {"status":"done","tokens_queued":1,"tokens_accepted":1,"settled_at":"2026-11-30T14:00:00Z"}""")).isNull();
        assertThat(BulkFileReports.unfinished("a", "{\"status\":\"done\",\"tokens_queued\":1}"))
                .isNull();
        assertThat(BulkFileReports.unfinished("a", "{\"status\":")).isNull();
    }
}
