package dev.nftrefresh.local.adversary;

import dev.nftrefresh.seeded.ChoiceSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An update of one token in a message.
 *
 * @param token which one of its collection
 * @param fault what is wrong with it
 */
record PlannedToken(int token, TokenFault fault) {
    private static final int FEW = 3;
    private static final int MANY = 300;

    /** What is wrong with an update. */
    enum TokenFault {
        NONE,
        /** The API answers 400 with the code. */
        REFUSED,
        /** The API answers 500. */
        POISONOUS,
        /** The API answers 400 without the code. */
        REFUSED_WITHOUT_CODE,
        /** The function can see it. */
        INVALID
    }

    /** Of those that other messages have too; most of them good. */
    static List<PlannedToken> few(ChoiceSequence choices) {
        return choices.listOf(
                1,
                5,
                each -> new PlannedToken(each.below(FEW), each.weighted(12, 1) == 0 ? TokenFault.NONE : fault(each)));
    }

    /** So many of which nothing is wrong. */
    static List<PlannedToken> good(int first, int count) {
        return with(TokenFault.NONE, first, count);
    }

    static List<PlannedToken> with(TokenFault fault, int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(token -> new PlannedToken(token, fault))
                .toList();
    }

    /** So many that they fill requests. */
    static List<PlannedToken> many(ChoiceSequence choices) {
        int first = choices.below(MANY);
        int count = choices.between(1, MANY);
        int percent = choices.oneOf(0, 1, 5, 10, 50, 100);
        TokenFault fault = fault(choices);
        var random = choices.random();
        var tokens = new ArrayList<PlannedToken>(count);
        for (int i = 0; i < count; i++) {
            tokens.add(new PlannedToken(first + i, random.nextInt(100) < percent ? fault : TokenFault.NONE));
        }
        return tokens;
    }

    private static TokenFault fault(ChoiceSequence choices) {
        return choices.oneOf(
                TokenFault.REFUSED, TokenFault.POISONOUS, TokenFault.REFUSED_WITHOUT_CODE, TokenFault.INVALID);
    }
}
