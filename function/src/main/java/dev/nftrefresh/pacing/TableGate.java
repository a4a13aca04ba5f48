package dev.nftrefresh.pacing;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.table.Notes;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.Table.Item;
import dev.nftrefresh.table.Table.Write;
import dev.nftrefresh.table.Table.Written;
import dev.nftrefresh.table.TableUnavailable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The gate that all copies of the function share: one item of the table, replaced by each step that changes it. Of two
 * copies that decide at once, one looks again. Where the table cannot be reached, a copy goes on by what it knows alone.
 */
public final class TableGate implements RefreshGate {
    private static final Table.Key KEY = new Table.Key("gate", "quota");
    private static final String WRITER = "writer";
    /** The longest thing that a gate remembers is the time until its line's end. */
    private static final Duration KEPT = Duration.ofDays(2);
    /** So long a table that failed is left alone: a step must not wait for it each time. */
    private static final Duration LEFT_ALONE = Duration.ofSeconds(5);
    /** Each round that fails is another copy's success. */
    private static final int ROUNDS = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Table table;
    private final GateSettings settings;
    private final String copy;
    private long writes;
    private @Nullable Item seen;
    private Notes known = new Notes();
    private Instant tableLeftAloneUntil = Instant.MIN;

    /**
     * A gate of one copy.
     *
     * @param copy a name that no other copy has
     */
    public TableGate(Table table, GateSettings settings, String copy) {
        this.table = table;
        this.settings = settings;
        this.copy = copy;
    }

    @Override
    public Answer ask(Request request, Instant now) {
        return step(now, state -> state.ask(request, now));
    }

    @Override
    public void answered(Permit permit, RefreshOutcome outcome, Instant now) {
        step(now, state -> {
            state.answered(permit, outcome, now);
            return permit;
        });
    }

    @Override
    public void unused(Permit permit) {
        step(permit.grantedAt(), state -> {
            state.unused(permit);
            return permit;
        });
    }

    @Override
    public List<Duration> appointments(List<Request> requests, Instant now) {
        return step(
                now,
                state -> requests.stream()
                        .map(request -> state.appointment(request, now))
                        .toList());
    }

    /** Takes a step from what is newest, and writes down what it changed. */
    private synchronized <T> T step(Instant now, Function<GateState, T> step) {
        if (now.isBefore(tableLeftAloneUntil)) {
            return alone(step);
        }
        boolean fresh = false;
        for (int round = 0; round < ROUNDS; round++) {
            try {
                if (seen == null && !fresh) {
                    read();
                    fresh = true;
                }
            } catch (TableUnavailable _) {
                return withoutTable(now, step);
            }
            GateState state = state();
            String before = state.notes().text();
            T result = step.apply(state);
            Notes after = state.notes();
            if (after.text().equals(before)) {
                if (fresh) {
                    return result;
                }
                // A refusal may rest on what another copy has changed meanwhile.
                seen = null;
                continue;
            }
            after.put(WRITER, copy + "/" + ++writes);
            switch (write(after.text(), now)) {
                case Written.Done() -> {
                    known = after;
                    return result;
                }
                case Written.Conflict(Item current) -> {
                    take(current);
                    fresh = true;
                    if (current != null && (copy + "/" + writes).equals(known.text(WRITER))) {
                        return result; // written, although the first answer was lost
                    }
                }
                case Written.Failed _ -> {
                    return withoutTable(now, step);
                }
            }
        }
        return withoutTable(now, step);
    }

    /** What another revision wrote and this one cannot read is worth no more than nothing. */
    private GateState state() {
        try {
            return new GateState(settings, known);
        } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException _) {
            return new GateState(settings, new Notes());
        }
    }

    private void read() throws TableUnavailable {
        take(table.read(List.of(KEY), PATIENCE).get(KEY));
    }

    private void take(@Nullable Item current) {
        seen = current;
        known = current == null ? new Notes() : Notes.of(current.content());
    }

    private Written write(String text, Instant now) {
        Written written = table.write(List.of(new Write(KEY, seen, text, now.plus(KEPT))), PATIENCE)
                .getFirst();
        if (written instanceof Written.Done) {
            seen = new Item(seen == null ? 1 : seen.revision() + 1, text);
        }
        return written;
    }

    private <T> T withoutTable(Instant now, Function<GateState, T> step) {
        tableLeftAloneUntil = now.plus(LEFT_ALONE);
        seen = null;
        return alone(step);
    }

    private <T> T alone(Function<GateState, T> step) {
        GateState state = state();
        T result = step.apply(state);
        known = state.notes();
        return result;
    }
}
