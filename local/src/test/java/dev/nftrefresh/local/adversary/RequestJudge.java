package dev.nftrefresh.local.adversary;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.nftrefresh.local.adversary.HistoryFindings.JudgementKind;
import dev.nftrefresh.local.adversary.ProducedUpdates.ProducedUpdate;
import dev.nftrefresh.update.CollectionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Looks at each request as the API gets it: what is in it, and whether it may be. */
final class RequestJudge {
    private static final int MOST_TOKENS = 250;
    private static final int MOST_BYTES = 228 * 1024;
    private static final JsonFactory JSON = new JsonFactory();

    private final ProducedUpdates updates;
    private final HistoryFindings findings;

    RequestJudge(ProducedUpdates updates, HistoryFindings findings) {
        this.updates = updates;
        this.findings = findings;
    }

    int collection(CollectionId id) {
        int collection = UpdateText.collection(id.contractAddress());
        expect(id.chainName().equals(UpdateText.CHAIN) && collection >= 0, "it went to the collection " + id);
        return collection;
    }

    /** The updates that a request of this collection carries. */
    List<ProducedUpdate> updates(int collection, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        List<ProducedUpdate> found = read(text);
        expect(body.length <= MOST_BYTES, "it has " + body.length + " bytes");
        expect(!found.isEmpty() && found.size() <= MOST_TOKENS, "it has " + found.size() + " tokens");
        var tokens = new HashSet<String>();
        for (ProducedUpdate update : found) {
            expect(tokens.add(update.token()), "it has the token " + update.token() + " twice");
            expect(update.token().startsWith(collection + "/"), "it has " + update.token() + " in another collection");
        }
        return found;
    }

    private List<ProducedUpdate> read(String text) {
        var found = new ArrayList<ProducedUpdate>();
        try (JsonParser json = JSON.createParser(text)) {
            expect(
                    json.nextToken() == JsonToken.START_OBJECT
                            && "nft_metadata".equals(json.nextFieldName())
                            && json.nextToken() == JsonToken.START_ARRAY,
                    "it begins with " + text.substring(0, Math.min(40, text.length())));
            while (json.nextToken() == JsonToken.START_OBJECT) {
                int start = (int) json.currentTokenLocation().getCharOffset();
                json.skipChildren();
                add(text.substring(start, (int) json.currentLocation().getCharOffset()), found);
            }
            expect(
                    json.nextToken() == JsonToken.END_OBJECT && json.nextToken() == null,
                    "something follows its tokens");
        } catch (IOException e) {
            expect(false, "it is not JSON: " + e.getMessage());
        }
        return found;
    }

    private void add(String token, List<ProducedUpdate> found) {
        List<Integer> serials = UpdateText.serials(token);
        if (serials.size() == 1 && updates.has(serials.getFirst())) {
            ProducedUpdate update = updates.get(serials.getFirst());
            expect(token.equals(update.json()), "update " + update.serial() + " was altered to " + token);
            found.add(update);
        } else {
            expect(false, "it has the token " + token);
        }
    }

    private void expect(boolean holds, String otherwise) {
        if (!holds) {
            findings.add(JudgementKind.REQUESTS_CONFORM, "A request does not conform: " + otherwise + ".");
        }
    }
}
