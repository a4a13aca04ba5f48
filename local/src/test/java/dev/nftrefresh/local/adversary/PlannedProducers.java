package dev.nftrefresh.local.adversary;

import dev.nftrefresh.bulkload.ObjectVersionId;
import dev.nftrefresh.local.adversary.PlannedFile.UploadMishap;
import dev.nftrefresh.local.adversary.PlannedMessage.VersionPlace;
import dev.nftrefresh.local.adversary.ProducedUpdates.ProducedUpdate;
import dev.nftrefresh.local.sqs.SimulatedQueue;
import dev.nftrefresh.local.virtualtime.VirtualTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Sends and uploads what was planned, and remembers it. */
final class PlannedProducers {
    static final String BUCKET = "bulk";
    /** What only the stack writes; a producer may try it to jump the queue. */
    private static final Map<String, String> FORGED =
            Map.of("FirstSentAt", "1577836800000", "Attempts", "949", "SendAlone", "true");

    private final VirtualTime time;
    private final AdverseQueues queues;
    private final ReportedStore store;
    private final ProducedUpdates updates;
    private final HistoryTrace trace;
    private final Map<String, HostileContent> hostile = new HashMap<>();
    private final Set<Integer> inLostFiles = new HashSet<>();
    private final Map<Integer, Instant> redriven = new HashMap<>();
    private final Set<Integer> live = new HashSet<>();
    private final List<Uploaded> uploads = new ArrayList<>();
    private int left;

    PlannedProducers(
            VirtualTime time, AdverseQueues queues, ReportedStore store, ProducedUpdates updates, HistoryTrace trace) {
        this.time = time;
        this.queues = queues;
        this.store = store;
        this.updates = updates;
        this.trace = trace;
    }

    /**
     * A file that somebody uploaded.
     *
     * @param updates in its order
     * @param damaged the number of the element that is no update; {@link #NO_ELEMENT} if there is none
     */
    record Uploaded(ObjectVersionId id, Instant at, List<ProducedUpdate> updates, int damaged) {
        static final int NO_ELEMENT = Integer.MAX_VALUE;

        boolean hasSameKey(Uploaded other) {
            return id.key().equals(other.id.key());
        }

        int elements() {
            return damaged == NO_ELEMENT ? updates.size() : updates.size() + 1;
        }

        /** The update that is this element of the file; null if it is the damaged one. */
        @Nullable
        ProducedUpdate update(int element) {
            return element == damaged ? null : updates.get(element < damaged ? element : element - 1);
        }
    }

    /** Lets everything happen at its time. */
    void start(ProducerPlan plan) {
        for (PlannedMessage message : plan.messages()) {
            for (int i = 0; i <= message.newer(); i++) {
                startAt(message.at().plus(message.newerAfter().multipliedBy(i)), () -> send(message));
            }
        }
        for (int i = 0; i < plan.files().size(); i++) {
            PlannedFile file = plan.files().get(i);
            String key = "incoming/%s/%s/file-%d.ndjson%s"
                    .formatted(UpdateText.CHAIN, UpdateText.address(file.collection()), i, file.packed() ? ".gz" : "");
            startAt(file.at(), () -> upload(file, key));
        }
    }

    boolean areDone() {
        return left == 0;
    }

    /** What is wrong with hostile messages, by their ids. */
    Map<String, HostileContent> hostile() {
        return hostile;
    }

    /** When each update that was in a letter then was put back into the queue. */
    Map<Integer, Instant> redriven() {
        return redriven;
    }

    /** Puts all letters back into the queue, as an operator does. */
    void redrive() {
        SimulatedQueue letters = queues.queues().deadLetters();
        letters.held()
                .forEach(letter ->
                        UpdateText.serials(letter.body()).forEach(serial -> redriven.put(serial, time.now())));
        Map<String, String> newIds = letters.redriveTo(queues.live());
        trace.line("operator", () -> "redrives " + newIds.size() + " dead letters");
        queues.bell().ring();
        newIds.forEach((source, id) -> {
            HostileContent kind = hostile.remove(source);
            if (kind != null) {
                hostile.put(id, kind);
            }
        });
    }

    /** Updates of files that cannot be loaded to their end. */
    Set<Integer> inLostFiles() {
        return inLostFiles;
    }

    /** All files, the first uploaded first. */
    List<Uploaded> uploads() {
        return uploads;
    }

    /** Updates that were sent to the live queue. */
    Set<Integer> live() {
        return live;
    }

    private void startAt(Duration at, Runnable work) {
        left++;
        time.start(() -> {
            time.sleepUntil(VirtualTime.START.plus(at));
            work.run();
            left--;
        });
    }

    private void send(PlannedMessage message) {
        Instant now = time.now();
        boolean saysIt = message.version() != VersionPlace.NOWHERE;
        Instant version = saysIt ? now.minus(message.age()) : now;
        if (message.hostile() == HostileContent.NONE) {
            List<ProducedUpdate> made =
                    UpdateText.updates(message.collection(), message.tokens(), message.filler(), version, now, updates);
            if (!message.bulk()) {
                made.forEach(update -> live.add(update.serial()));
            }
            String body = UpdateText.message(message.collection(), made, message.version());
            for (int i = 0; i < message.times(); i++) {
                queue(message).send(body, message.forged() ? FORGED : Map.of());
            }
            trace.line(
                    "producer",
                    () -> "sends " + made.stream().map(ProducedUpdate::serial).toList() + " of " + version);
        } else {
            var scratch = new ProducedUpdates();
            List<ProducedUpdate> made =
                    UpdateText.updates(message.collection(), message.tokens(), 0, version, now, scratch);
            String body = message.hostile()
                    .of(UpdateText.message(message.collection(), made, message.version())
                            .replaceAll("\"serial\":\\d+,", ""));
            hostile.put(queue(message).send(body, Map.of()), message.hostile());
            trace.line("producer", () -> "sends a hostile message: " + message.hostile());
        }
        queues.bell().ring();
    }

    private SimulatedQueue queue(PlannedMessage message) {
        return message.bulk() ? queues.queues().bulk() : queues.live();
    }

    private void upload(PlannedFile file, String key) {
        ObjectVersionId id = upload(file, key, file.mishap());
        if (file.mishap() == UploadMishap.NONE) {
            return;
        }
        time.sleep(file.later());
        switch (file.mishap()) {
            case UPLOADED_TWICE, REPLACED -> upload(file, key, UploadMishap.NONE);
            case NOTICE_TWICE -> notifyLoader(id);
            case DELETED -> store.delete(BUCKET, key);
            case NONE, DAMAGED_LINE, CUT_OFF -> {}
        }
    }

    private ObjectVersionId upload(PlannedFile file, String key, UploadMishap mishap) {
        Instant now = time.now();
        List<ProducedUpdate> made = UpdateText.updates(file.collection(), file.tokens(), 0, now, now, updates);
        List<String> lines =
                new ArrayList<>(made.stream().map(ProducedUpdate::json).toList());
        int damaged = mishap == UploadMishap.DAMAGED_LINE ? lines.size() / 2 : Uploaded.NO_ELEMENT;
        if (mishap == UploadMishap.DAMAGED_LINE) {
            lines.add(damaged, "{\"token_id\":");
        }
        if (mishap == UploadMishap.CUT_OFF || mishap == UploadMishap.DELETED) {
            made.forEach(update -> inLostFiles.add(update.serial()));
        }
        byte[] bytes = lines.stream().collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8);
        byte[] content = file.packed() ? packed(bytes) : bytes;
        int length = mishap == UploadMishap.CUT_OFF ? content.length / 2 : content.length;
        ObjectVersionId id = store.upload(BUCKET, key, Arrays.copyOf(content, length));
        uploads.add(new Uploaded(id, now, made, damaged));
        trace.line("producer", () -> "uploads " + id + " with " + made.size() + " updates");
        notifyLoader(id);
        return id;
    }

    private void notifyLoader(ObjectVersionId id) {
        queues.queues()
                .files()
                .send(
                        "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"%s\"},\"object\":{\"key\":\"%s\",\"versionId\":\"%s\"}}}]}"
                                .formatted(id.bucket(), id.key(), id.version()));
        queues.bell().ring();
    }

    private static byte[] packed(byte[] bytes) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
